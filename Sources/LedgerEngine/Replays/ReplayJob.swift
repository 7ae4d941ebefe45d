package import CampaignDomain
import EventLog

/// A replay that was asked for: what, how far it is, how it ended.
package struct ReplayJob: Sendable, Equatable {
    package enum State: String, CaseIterable, Sendable {
        case waiting, running
        case succeeded, failed, cancelled
        /// The daemon ended in the middle as often as a job is tried.
        case interrupted

        /// Whether nothing of it will change any more.
        package var isEnded: Bool { self != .waiting && self != .running }
    }

    /// From 1; later jobs have greater numbers.
    package let number: UInt64
    package let request: ReplayRequest
    package let created: Instant
    package var state = State.waiting
    /// When its last attempt began; nil before the first.
    package var started: Instant?
    package var ended: Instant?
    /// Which attempt it is at: 1 for the first, also while it waits for it.
    package var attempt = 1
    /// How far it is; of an ended one how far it came. Its findings are the job's.
    package var progress = ReplayProgress.State()
    /// Steps of the phase a second, and the seconds that are left of the phase at that rate; nil where nobody knows.
    package var stepsPerSecond: UInt64?
    package var secondsLeft: UInt64?
    /// Why it did not succeed: what, and what to do.
    package var error: String?
    package var result: ReplayResult?
    /// What it replaced is still there, and removing the job removes that.
    package var keepsPrevious = false
    /// Somebody called it off; it ends at its next pause.
    package var isCalledOff: Bool { progress.isCancelled }

    package init(number: UInt64, request: ReplayRequest, created: Instant) {
        self.number = number
        self.request = request
        self.created = created
    }

    /// The phase it is at; nil unless it runs.
    package var phase: ReplayPhase? { state == .running ? progress.phase : nil }

    /// The file with the rows of a whatif's changes, in a ledger's data directory.
    package var changesName: String { "replays/\(number).changes" }
}
