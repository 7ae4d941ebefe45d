import CampaignCoding
import CampaignDomain
package import EventLog
package import LedgerStore
import Logging

/// Records events of an export into a ledger that no daemon has open, with the identities, times, recorded times,
/// posters and positions they had. The writer's own decisions hold: repeats and conflicts, versions of policies, what may
/// be retracted.
///
/// Each call commits what it was given, or nothing of it. Not for use by two threads.
package final class LedgerImporter {
    /// What was done so far.
    package struct Totals: Sendable, Equatable {
        /// Events that were new.
        package var recorded = 0
        /// Events that were there.
        package var repeats = 0
        /// New events that did not say who posted them.
        package var withoutPoster = 0
        /// New events whose position is another than in the file.
        package var moved = 0

        package init() {}
    }

    private let directory: LedgerDirectory
    private let admission: EventAdmission
    private let tail: IndexTail
    private let indexer: Indexer
    private let poster: Poster
    private var recorded: RecordedEvents
    private var order: ImportOrder

    /// Entries after which the index is checkpointed.
    private static let indexCheckpointEvents = 500_000

    private init(
        _ directory: LedgerDirectory, _ start: IndexCatchUp.Start, _ recorded: consuming RecordedEvents,
        tables: CatalogueTables, isAppending: Bool, poster: Poster
    ) {
        self.directory = directory
        self.recorded = recorded
        self.poster = poster
        admission = EventAdmission(tables: tables, takesRecorded: true)
        order = ImportOrder(isAppending: isAppending, lastRecordedTime: start.lastRecordedTime)
        tail = IndexTail()
        if let batch = start.tail { tail.add(batch) }
        // What it could not do is done at the daemon's start; its errors show there.
        indexer = Indexer(
            index: directory.index, tail: tail, thresholdEvents: Self.indexCheckpointEvents, health: Health(),
            logger: Logger(label: "import") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Opens a ledger, or begins one in an absent or empty directory.
    ///
    /// - Parameters:
    ///   - isAppending: whether the ledger may hold events.
    ///   - uid: the user who counts as the poster of events that name none.
    package static func open(
        directory path: String, isAppending: Bool, uid: UInt32, userName: String
    ) throws(ImportFault) -> LedgerImporter {
        let options = LedgerDirectoryOptions(
            viewsVersion: ViewKeys.rowsVersion, newLedgerIdentity: Ledger.newIdentity())
        let directory: LedgerDirectory
        do throws(StoreError) {
            directory = try LedgerDirectory.open(path: path, options: options)
        } catch {
            throw .storage(error)
        }
        let head = directory.log.head
        guard isAppending || head == .beforeFirst else {
            directory.close()
            throw .notEmpty(head: head)
        }
        do throws(StoreError) {
            let tables = CatalogueTables()
            let start = try IndexCatchUp(
                log: directory.log, index: directory.index, checkpointEvents: indexCheckpointEvents
            ).run()
            var recorded = try RecordedEvents(log: directory.log, index: directory.index, tables: tables)
            recorded.load(start.tail.map { [$0] } ?? [])
            return LedgerImporter(
                directory, start, recorded, tables: tables, isAppending: isAppending,
                poster: Poster(uid: uid, userName: userName))
        } catch {
            directory.close()
            throw .storage(error)
        }
    }

    package var head: Position { directory.log.head }
    package var log: any LogStorage { directory.log }
    package var totals: Totals { order.totals }
    /// Whether this began the ledger.
    package var isFirstStart: Bool { directory.isFirstStart }

    /// Records some events.
    ///
    /// - Parameter lines: one event a line and no blank ones, at most `CodingLimits.requestEventsMax` of them;
    ///   `CodingLimits.paddingSizeBytes` bytes must be readable behind their end.
    /// - Throws: nothing of the lines is recorded then.
    package func record(_ lines: UnsafeRawBufferPointer) throws(ImportFault) {
        let batch = admission.admit(body: lines, format: .ndjson, now: .latest, poster: poster)
        if let fault = batch.faults.first { throw ImportFault(fault) }
        var order = order
        do throws(ImportFault) {
            try decide(batch, &order)
        } catch {
            recorded.truncateGroup(toCount: 0)
            throw error
        }
        try commit()
        self.order = order
    }

    /// Adds the new events to the group.
    private func decide(_ batch: AdmittedBatch, _ order: inout ImportOrder) throws(ImportFault) {
        let decision: AppendDecision
        do throws(StoreError) {
            decision = try AppendDecision(batch, recordedTime: .latest, recorded: &recorded)
        } catch {
            throw .storage(error)
        }
        // An event out of order explains what does not fit behind it, so it is told first.
        var repeats = decision.repeats.makeIterator()
        var repeated = repeats.next()
        var position = recorded.group.first
        for (number, event) in batch.events.enumerated() {
            var item = ImportOrder.Item(
                index: event.index, mark: batch.marks[number], time: event.time, target: event.retractionTarget,
                position: position, isNew: repeated?.index != event.index)
            if let found = repeated, !item.isNew {
                item.position = found.position
                repeated = repeats.next()
            } else {
                position = position.next
            }
            try order.take(item)
            if let fault = decision.faults.first(where: { $0.index == event.index }) { throw ImportFault(fault) }
        }
    }

    private func commit() throws(ImportFault) {
        guard recorded.group.count > 0 else { return }
        let batch = recorded.takeGroup()
        do throws(StoreError) {
            try directory.log.append(batch)
        } catch {
            recorded.discard(batch)
            throw .storage(error)
        }
        tail.add(recorded.committed(batch))
        guard tail.count >= Self.indexCheckpointEvents else { return }
        do throws(StoreError) {
            guard indexer.step(tail.batches) else {
                throw .storage(operation: "bringing index/ on", cause: "the disk or its permissions")
            }
            try recorded.followIndex(tail: tail, always: true)
            try directory.noteHead()
        } catch {
            throw .storage(error)
        }
    }

    /// Notes the head, takes the rest to the index and closes the ledger; nothing may be called afterwards.
    package func close() {
        indexer.finish()
        tail.close()
        // If it cannot be noted, the next start finds the log ahead of what is noted, which is sound.
        try? directory.noteHead()
        directory.close()
    }
}
