package import EventLog
package import LedgerStore

/// Makes an index beside the one that serves: in a directory of its own, with bounded memory, at a pace, able to go on
/// where an earlier one ended. Used by one thread.
package final class IndexBeside {
    private let log: any LogStorage
    private let index: any IndexStorage
    private let progress: ReplayProgress
    private let checkpointEvents: Int
    private var entries = IndexEntries()
    private var meter: ReplayMeter

    /// What an event's two entries and their part of the filters take on disk, about.
    private static let bytesPerEvent = 40
    /// What a step of merging writes at most, about.
    private static let mergeStepBytes = 17 << 20

    /// - Parameters:
    ///   - index: where to; it goes on at its position. Nobody else writes to it.
    ///   - progress: is advanced by the events read, and says how fast. Its phase is the caller's to begin.
    ///   - checkpointEvents: events whose entries are held in memory, 32 bytes each.
    package init(
        log: any LogStorage, index: any IndexStorage, progress: ReplayProgress, checkpointEvents: Int = 500_000
    ) {
        self.log = log
        self.index = index
        self.progress = progress
        self.checkpointEvents = max(1, checkpointEvents)
        meter = ReplayMeter(progress)
    }

    /// Where the index stands.
    package var position: Position { index.position }

    /// Whether it no longer rests: see `ReplayMeter.isHurried`.
    var isHurried: Bool {
        get { meter.isHurried }
        set { meter.isHurried = newValue }
    }

    /// Takes in the events up to exactly `target`. Call it again to go on, also after it threw.
    ///
    /// - Parameter target: from `position` on, at most the log's head.
    /// - Throws: `ReplayFault`: `.cancelled` between pieces of some milliseconds, `.failed` for a target that cannot be
    ///   reached; `StoreError`.
    package func fold(through target: Position) throws {
        guard target >= position, target <= log.head else {
            throw ReplayFault.failed(
                "an index at position \(position) cannot go to \(target) in a log whose head is \(log.head)")
        }
        meter.begin()
        while position < target {
            let end = min(target, position.advanced(by: checkpointEvents))
            try read(through: end)
            try index.checkpoint(identity: entries.identity, stream: entries.stream, position: end)
            meter.wrote(entries.identity.count * Self.bytesPerEvent)
            try meter.pause()
            while try index.mergeStep() {
                meter.wrote(Self.mergeStepBytes)
                try meter.pause()
            }
        }
    }

    private func read(through end: Position) throws {
        entries.begin(after: position, count: Int(end.rawValue - position.rawValue))
        while entries.last < end {
            let before = entries.last
            try entries.readPage(of: log, through: end)
            progress.advance(by: entries.last.rawValue - before.rawValue, to: entries.last)
            try meter.pause()
        }
    }
}
