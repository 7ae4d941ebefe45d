package import FoundationEssentials
import GRDB
import LedgerAPI

/// What the table of events wants of a recorded event's JSON.
package struct RecordedEvent: Sendable {
    /// In the log, from 1.
    package let position: UInt64
    let attributes: Attributes
    let text: String

    struct Attributes: Decodable, Sendable {
        var source: String
        var id: String
        var type: String
        var time: String
        var subject: String
        var sequence: String
        var recordedtime: String
        var data: Things
    }

    struct Things: Decodable, Sendable {
        var influencerId: String?
        var campaignId: String?
        /// Of a retraction: the position of the event that it makes count nowhere. What others have of that name is
        /// theirs.
        var position: UInt64?

        private enum CodingKeys: String, CodingKey {
            case influencerId, campaignId, position
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            influencerId = try container.decodeIfPresent(String.self, forKey: .influencerId)
            campaignId = try container.decodeIfPresent(String.self, forKey: .campaignId)
            position = try? container.decode(UInt64.self, forKey: .position)
        }
    }

    /// The position of the event that it retracts; nil for what is no retraction.
    var retracted: UInt64? { attributes.type == "event.retracted" ? attributes.data.position : nil }

    /// - Parameter line: A line of `/v1/events`.
    package init(line: Data, number: Int) throws(ExportFault) {
        let attributes: Attributes
        do {
            attributes = try WireCoding.decode(Attributes.self, from: line)
        } catch {
            throw .unexpectedLine(stream: "events", line: number, "it does not read as a recorded event: \(error).")
        }
        guard let position = UInt64(attributes.sequence) else {
            throw .unexpectedLine(stream: "events", line: number, "its sequence is no position.")
        }
        self.position = position
        self.attributes = attributes
        text = String(decoding: line, as: UTF8.self)
    }

    var row: SQLiteRow {
        SQLiteRow(
            "events",
            [
                Int64(clamping: position), attributes.source, attributes.id, attributes.type, attributes.time,
                attributes.recordedtime, attributes.subject, attributes.data.influencerId, attributes.data.campaignId,
                text,
            ])
    }
}
