package import FoundationEssentials
import LedgerAPI

/// An answer of status 2xx, whole.
package struct LedgerAnswer: Sendable {
    package let status: Int
    package let contentType: String?
    package let body: Data

    package init(status: Int, contentType: String?, body: Data) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// The answer's JSON as a value.
    package func decode<Value: Decodable>(_ type: Value.Type) throws(LedgerClientError) -> Value {
        do {
            return try WireCoding.decode(type, from: body)
        } catch {
            throw .unexpectedAnswer(status: status, "it does not read as \(Value.self): \(error)")
        }
    }
}
