import EventLog
import FoundationEssentials
package import LedgerEngine

/// What the process that reads tells the one that shows: a line of JSON each.
package enum VerificationMessage: Codable, Equatable, Sendable {
    /// How far it is, and whose files it reads.
    case at(Place)
    case found(Finding)
    /// A sentence about what is no finding.
    case remark(String)
    case ended(End)
    /// It cannot be done.
    case failed(String)
    case cancelled(String)

    package struct Place: Codable, Equatable, Sendable {
        var phase: String
        var place: String
        var done: UInt64
        var total: UInt64
    }

    package struct Finding: Codable, Equatable, Sendable {
        package var place: String
        package var kind: String
        package var position: UInt64?
        package var subject: String?
        package var text: String
    }

    package struct End: Codable, Equatable, Sendable {
        struct ReadModel: Codable, Equatable, Sendable {
            var name: String
            var position: UInt64
            var rows: UInt64
            var sha256: String
            var expectedSha256: String
        }

        var position: UInt64
        var isSound: Bool
        var records: UInt64
        var recordsSha256: String
        var readModels: [ReadModel]
        /// Also those that were not told.
        var findings: Int
    }

    /// The longest line that is read, in bytes.
    static let lineBytesMax = 1 << 20

    init?(line: some Sequence<UInt8>) {
        guard let message = try? JSONDecoder().decode(Self.self, from: Data(line)) else { return nil }
        self = message
    }

    var line: [UInt8] {
        // Of numbers and text alone: there is nothing in it that JSON cannot say.
        ((try? JSONEncoder().encode(self)).map { Array($0) } ?? []) + [UInt8(ascii: "\n")]
    }
}

extension VerificationMessage.Place {
    init(_ state: ReplayProgress.State) {
        self.init(phase: state.phase.rawValue, place: state.place.rawValue, done: state.done, total: state.total)
    }

    /// Whether it is no mere progress.
    func isElsewhere(than other: Self?) -> Bool {
        phase != other?.phase || place != other?.place || total != other?.total
    }

    /// As an operation shows it.
    var state: OperationState {
        let step: OperationStep =
            switch ReplayPhase(rawValue: phase) {
            case .records: .check
            case .compare: .compare
            default: .fold
            }
        return OperationState(step, done: done, total: total, events: done)
    }
}

extension VerificationMessage.Finding {
    /// A text can hold whatever an event holds.
    private static let textBytesMax = 4096

    package init(_ finding: ReplayFinding) {
        func kept(_ text: String) -> String {
            text.utf8.count <= Self.textBytesMax
                ? text : String(decoding: text.utf8.prefix(Self.textBytesMax), as: UTF8.self) + "…"
        }
        self.init(
            place: finding.place.rawValue, kind: finding.kind.rawValue, position: finding.position?.rawValue,
            subject: finding.subject.map(kept), text: kept(finding.text))
    }
}

extension VerificationMessage.End {
    init(_ result: VerificationResult, findings: Int) {
        self.init(
            position: result.position.rawValue, isSound: result.isSound, records: result.records,
            recordsSha256: result.recordsSHA256,
            readModels: result.readModels.map {
                ReadModel(
                    name: $0.name, position: $0.position.rawValue, rows: $0.rows, sha256: $0.sha256,
                    expectedSha256: $0.expectedSHA256)
            }, findings: findings)
    }

    var result: VerificationResult {
        VerificationResult(
            position: Position(position), isSound: isSound, records: records, recordsSHA256: recordsSha256,
            readModels: readModels.map {
                .init(
                    name: $0.name, position: Position($0.position), rows: $0.rows, sha256: $0.sha256,
                    expectedSHA256: $0.expectedSha256)
            })
    }
}
