/// Why the socket cannot be served: what, where, and what to do.
package struct ListenerFault: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Reason: Sendable, Equatable {
        /// Another daemon answers there.
        case inUse
        /// The path or descriptor cannot be used as it is.
        case unusable
        /// A system call failed.
        case system(errno: Int32)
    }

    package let reason: Reason
    package let path: String
    package let remedy: String
    private let sentence: String

    init(_ reason: Reason, path: String, _ sentence: String, remedy: String) {
        self.reason = reason
        self.path = path
        self.sentence = sentence
        self.remedy = remedy
    }

    package var description: String {
        "socket \(path): \(sentence). \(remedy)"
    }
}
