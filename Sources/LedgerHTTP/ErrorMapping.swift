import CampaignCoding
import FoundationEssentials
import LedgerAPI
import LedgerEngine
import NIOCore

/// The one place where what went wrong becomes HTTP.
enum ErrorMapping {
    /// How long a client waits before it posts again, in seconds.
    private static let retryAfterSeconds = 1

    static func problem(for error: any Error) -> ProblemDetails {
        switch error {
        case let problem as ProblemDetails: problem
        case let fault as QueryFault: self.problem(for: fault)
        case let refusal as AppendRefusal: self.problem(for: refusal)
        case let refusal as ReplayRefusal: self.problem(for: refusal)
        case let faults as ReplayOrderFaults:
            self.problem(for: faults.faults, total: faults.total, title: "Refused: nothing was started")
        default: ProblemDetails(.internalFailure, detail: "The request could not be answered.")
        }
    }

    static func problem(for fault: QueryFault) -> ProblemDetails {
        switch fault {
        case .positionBeyondHead(let position, let head):
            ProblemDetails(.positionBeyondHead, detail: "position is \(position), the head is \(head).")
        case .unknownInfluencer(let id):
            ProblemDetails(.influencerNotFound, detail: "\(excerpt(id)) is not known.")
        case .unknownCampaign(let id):
            ProblemDetails(.campaignNotFound, detail: "\(excerpt(id)) is not known.")
        case .minPositionTimeout(let position, let stands):
            ProblemDetails(
                .minPositionTimeout, detail: "minPosition is \(position), the read model stands at \(stands).")
        case .listsBehind(let text):
            ProblemDetails(.listsBehind, detail: text)
        case .corruptRecord(let position, let text):
            ProblemDetails(.corruptRecord, detail: "The record at position \(position): \(text).")
        case .storage(let text):
            ProblemDetails(.storageFailure, detail: text)
        case .closed:
            ProblemDetails(.stopping, detail: "The ledger is being closed.")
        }
    }

    static func problem(for refusal: AppendRefusal) -> ProblemDetails {
        switch refusal {
        case .faults(let faults, let total):
            problem(for: faults, total: total)
        case .busy:
            ProblemDetails(.busy, detail: "The queue of posts is full.")
        case .readOnly(let reason):
            ProblemDetails(.readOnly, detail: reason)
        case .stopping:
            ProblemDetails(.stopping, detail: "The ledger is being closed and records nothing more.")
        case .failed(let text):
            ProblemDetails(.outcomeUnknown, detail: text)
        }
    }

    static func problem(for refusal: ReplayRefusal) -> ProblemDetails {
        switch refusal {
        case .busy(let waiting): ProblemDetails(.replaysBusy, detail: "\(waiting) replays wait already.")
        case .notFound(let number): ProblemDetails(.replayNotFound, detail: "There is no replay \(number).")
        case .notEnded(let number):
            ProblemDetails(.replayNotEnded, detail: "Replay \(number) is no whatif that has succeeded.")
        case .previousInUse(let running):
            ProblemDetails(.previousInUse, detail: "Replay \(running) runs and may replace them.")
        case .closed: ProblemDetails(.stopping, detail: "The ledger is being closed and starts no replay.")
        case .storage(let text): ProblemDetails(.storageFailure, detail: text)
        }
    }

    private static func problem(for faults: [Fault], total: Int, title: String? = nil) -> ProblemDetails {
        let items = faults.map { fault in
            ProblemFault(
                index: fault.index, code: fault.code.rawValue, pointer: fault.pointer, expected: fault.expected,
                found: fault.found, remedy: fault.code.remedy)
        }
        let (status, standard) = statusAndTitle(of: faults)
        let leading = faults.firstIndex { statusAndTitle(of: [$0]).0 == status } ?? 0
        return ProblemDetails(status: status, title: title ?? standard, faults: items, total: total, leading: leading)
    }

    private static func statusAndTitle(of faults: [Fault]) -> (Int, String) {
        if faults.contains(where: { $0.code == .requestTooLarge || $0.code == .tooManyEvents }) {
            return (413, "Request too large")
        }
        let isConflict = faults.allSatisfy { $0.code == .identityConflict || $0.code == .revisionMismatch }
        return isConflict ? (409, "In conflict with what is recorded") : (422, "Refused: nothing was recorded")
    }

    /// The header fields that a problem brings.
    static func headers(of problem: ProblemDetails) -> [(String, String)] {
        if let allow = problem.allow { return [("allow", allow)] }
        return problem.status == 429 || problem.status == 503 ? [("retry-after", String(retryAfterSeconds))] : []
    }

    static func body(of problem: ProblemDetails) -> ByteBuffer {
        guard let data = try? WireCoding.encode(problem) else {
            return ByteBuffer(string: #"{"code":"internalFailure","status":500,"title":"Internal failure"}"#)
        }
        return ByteBuffer(bytes: data)
    }
}
