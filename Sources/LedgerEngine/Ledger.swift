import CampaignCoding
import CampaignDomain
import EventLog
package import LedgerStore
package import Logging
import Synchronization

/// The ledger: one log, its folds, and the threads that keep them. What the routes and the command line's daemon use.
///
///     append ──► AdmissionPool ──► AppendQueue ──► Writer ──► log/
///                                                    ├──► IndexTail ──► Indexer ──► index/
///                                                    └──► BatchHandover ──► Projector ──► Projection ──► Checkpointer ──► views/
///     queries ──► Reading of Projection ──► InfluencerLists
///
/// Arrows go one way; nothing behind the writer holds it up.
package final class Ledger: Sendable {
    let configuration: LedgerConfiguration
    let clock: any LedgerClock
    let logger: Logger
    let tables = CatalogueTables()
    let directory: LedgerDirectory
    let log: any LogStorage
    let index: any IndexStorage
    let tail: IndexTail
    let projection: Projection
    let directoryViews = DirectoryViews()
    let lists = InfluencerLists()
    let exceptionRegister = ExceptionRegister()
    let health: Health
    /// What the threads count, for `/metrics`.
    package let metrics = LedgerMetrics()
    let space: SpaceWatch
    /// What can be changed while the ledger is open.
    let live: Mutex<LiveSettings>
    let queue: AppendQueue
    let admissions: AdmissionPool
    let handover: BatchHandover
    let headWaiters: PositionWaiters
    let viewWaiters: PositionWaiters
    package let replays: ReplayCenter
    let startedNanoseconds = monotonicNanoseconds()
    /// The log's head when the ledger was opened.
    private let headAtStart: Position
    /// Who takes what is folded to the disk: a take-over has them pause.
    let folding = Monitor(Folding())
    private let threads: Monitor<Threads>

    struct Folding {
        var checkpointer: Checkpointer?
        var indexer: Indexer?
    }

    /// What runs, in the order in which it is stopped.
    private struct Threads {
        var writer: WorkerThread?
        var projector: WorkerThread?
        var checkpointer: WorkerThread?
        var indexer: WorkerThread?
        var lists: WorkerThread?
        var watch: WorkerThread?
        var checkpointing: Checkpointer?
        var indexing: Indexer?
        var isClosed = false
    }

    /// Niceness of the threads that follow the log at leisure: what they do can wait some milliseconds, a post or an
    /// answer should not wait for it. Not more, or a busy machine would leave them too far behind.
    private static let behindTheLog: Int32 = 5

    /// Opens a ledger and starts its threads; a new one first records the default policies.
    ///
    /// - Parameters:
    ///   - wrapping: puts something around the log's storage; tests let it hang or fail.
    ///   - onFatal: called once if the storage fails so that nothing may be committed any more; the process must end
    ///     then.
    /// - Throws: `LedgerOpeningError`.
    package static func open(
        _ configuration: LedgerConfiguration, clock: any LedgerClock = SystemClock(), logger: Logger,
        wrapping: (any LogStorage) -> any LogStorage = { $0 },
        onFatal: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> Ledger {
        var options = LedgerDirectoryOptions(
            viewsVersion: configuration.rowsVersion, newLedgerIdentity: Ledger.newIdentity())
        options.readableViewsVersions = configuration.readableRowsVersions
        options.logMapSizeBytes = min(configuration.logMapBytes, configuration.logMapBytesMax)
        options.logMapSizeBytesMax = configuration.logMapBytesMax
        // Readers of these two hold snapshots at all times, so they are mapped whole: growing would have to wait for them.
        options.viewsMapSizeBytes = configuration.viewsMapBytesMax
        options.indexMapSizeBytes = configuration.indexMapBytesMax
        options.indexMapSizeBytesMax = configuration.indexMapBytesMax
        do {
            let directory = try LedgerDirectory.open(path: configuration.dataDirectory, options: options)
            for notice in directory.notices { logger.notice("set right at the start", metadata: ["what": "\(notice)"]) }
            let ledger = try Ledger(
                configuration, directory: directory, log: wrapping(directory.log), clock: clock, logger: logger)
            try ledger.start(onFatal: onFatal)
            try ledger.recordDefaultPolicies()
            ledger.prepareRebuild()
            ledger.replays.begin(ledger)
            return ledger
        } catch let error as LedgerOpeningError {
            throw error
        } catch StoreError.inUse(let path, let processID) {
            throw LedgerOpeningError.inUse("\(StoreError.inUse(path: path, processID: processID))")
        } catch {
            throw LedgerOpeningError.refused("\(error)")
        }
    }

    private init(
        _ configuration: LedgerConfiguration, directory: LedgerDirectory, log: any LogStorage, clock: any LedgerClock,
        logger: Logger
    ) throws {
        var configuration = configuration
        configuration.checkpointBytesMax = min(
            configuration.checkpointBytesMax, LedgerConfiguration.checkpointBytesLimit)
        self.configuration = configuration
        self.directory = directory
        self.clock = clock
        self.logger = logger
        self.log = log
        headAtStart = directory.log.head
        index = directory.index
        tail = IndexTail()
        projection = try Self.projection(directory.views, configuration, logger)
        let health = Health()
        self.health = health
        live = Mutex(LiveSettings(configuration))
        queue = AppendQueue(requestsMax: configuration.queueRequestsMax, bytesMax: configuration.queueBytesMax)
        admissions = AdmissionPool(tables: tables)
        handover = BatchHandover(bytesMax: configuration.handoverBytesMax)
        headWaiters = PositionWaiters(reached: directory.log.head)
        viewWaiters = PositionWaiters(reached: directory.views.position)
        replays = try Self.replays(configuration, clock, logger)
        threads = Monitor(Threads())
        space = Self.spaceWatch(configuration, directory, health: health, logger: logger)
    }

    /// The read models as they were left; from nothing if their campaigns and policies cannot be read.
    private static func projection(
        _ views: any ViewStorage, _ configuration: LedgerConfiguration, _ logger: Logger
    ) throws(StoreError) -> Projection {
        do throws(StoreError) {
            return try Projection(views: views, overlayBytesMax: configuration.checkpointBytesMax)
        } catch .corruptFold(let place, let reason) {
            logger.notice("damaged: rebuilt from the log", metadata: ["place": "\(place)", "reason": "\(reason)"])
            try views.reset()
            return try Projection(views: views, overlayBytesMax: configuration.checkpointBytesMax)
        }
    }

    /// Starts the threads: first those of the read models, which fold what they lack while the index is brought near the
    /// head; the writer needs the index.
    private func start(onFatal: @escaping @Sendable (String) -> Void) throws {
        startProjecting()
        do {
            let start = try IndexCatchUp(
                log: log, index: index, checkpointEvents: configuration.indexCheckpointEvents
            ).run()
            startWriting(start, onFatal: onFatal)
        } catch {
            close()
            throw error
        }
    }

    /// Events to be folded from which on the read models are far behind: about a second's work.
    private static let farBehindEvents = 1_000_000

    var isFarBehind: Bool {
        // The position first: the head only grows, so it is never the smaller one.
        let position = projection.position
        return log.head > position.advanced(by: Self.farBehindEvents)
    }

    var wasEmptyAtStart: Bool { headAtStart == .beforeFirst }

    /// Whether the read models have folded what there was at the start.
    var hasCaughtUp: Bool { projection.position >= headAtStart }

    private func startProjecting() {
        let checkpointing = Checkpointer(
            projection: projection, bytesMax: configuration.checkpointBytesMax,
            intervalNanoseconds: UInt64(configuration.checkpointMilliseconds) * 1_000_000, health: health,
            metrics: metrics, logger: logger,
            isFarBehind: { [self] in isFarBehind }, onTick: { [self] in noteHead() })
        folding.withLock { $0.checkpointer = checkpointing }
        for component in [Heartbeats.Component.projector, .checkpointer, .lists] { health.beat(component) }
        threads.withLock { threads in
            threads.checkpointing = checkpointing
            threads.projector = WorkerThread(name: "projector") { [self] in
                Projector(
                    projection: projection, log: log, handover: handover, tables: tables,
                    waiters: viewWaiters, health: health, logger: logger
                ).run()
            }
            threads.checkpointer = WorkerThread(name: "checkpointer", niceness: Self.behindTheLog) {
                checkpointing.run()
            }
            threads.lists = WorkerThread(name: "lists", niceness: Self.behindTheLog) { [self] in
                ListRefresher(self).run()
            }
            threads.watch = WorkerThread(name: "watch") { [self] in space.run() }
        }
    }

    private func startWriting(_ start: IndexCatchUp.Start, onFatal: @escaping @Sendable (String) -> Void) {
        if let batch = start.tail { tail.add(batch) }
        let indexing = Indexer(
            index: index, tail: tail, thresholdEvents: configuration.indexCheckpointEvents, health: health,
            metrics: metrics, logger: logger)
        folding.withLock { $0.indexer = indexing }
        health.beat(.writer)
        health.beat(.indexer)
        threads.withLock { threads in
            threads.indexing = indexing
            threads.writer = WorkerThread(name: "ledger-writer") { [self] in
                runWriter(start, onFatal: onFatal)
            }
            threads.indexer = WorkerThread(name: "indexer", niceness: Self.behindTheLog) { indexing.run() }
        }
    }

    /// The writer is made on its own thread: what it holds may not leave it.
    private func runWriter(_ start: IndexCatchUp.Start, onFatal: @escaping @Sendable (String) -> Void) {
        do {
            var recorded = try RecordedEvents(log: log, index: index, tables: tables)
            recorded.load(start.tail.map { [$0] } ?? [])
            Writer(
                queue: queue, log: log, tail: tail, recorded: recorded, lastRecordedTime: start.lastRecordedTime,
                clock: clock, health: health, metrics: metrics, logger: logger,
                onCommit: { [self] batch in
                    handover.put(batch)
                    headWaiters.reached(batch.last)
                }, onFatal: onFatal
            ).run()
        } catch {
            health.setFatal("\(error)")
            onFatal("\(error)")
            while let requests = queue.takeAll(waitingAtMost: .max / 2) {
                for request in requests { request.completion(.failure(.failed("\(error)"))) }
            }
        }
    }

    /// Takes no more events, serves what was taken, checkpoints what is folded, closes. What is not folded by then is at the
    /// next start. Later calls wait for the first.
    package func close() {
        threads.withLock { threads in
            guard !threads.isClosed else { return }
            threads.isClosed = true
            // First, because a replay may be about to take over from what the others keep.
            replays.close()
            queue.close()
            space.close()
            threads.watch?.join()
            lists.close()
            threads.lists?.join()
            threads.writer?.join()
            handover.close()
            threads.checkpointing?.close()
            threads.checkpointer?.join()
            projection.room.close()
            threads.projector?.join()
            threads.checkpointing?.step()
            tail.close()
            threads.indexer?.join()
            threads.indexing?.finish()
            headWaiters.close()
            viewWaiters.close()
            noteHead()
            directory.close()
        }
    }

    /// Takes what is folded to `views/` now.
    func checkpointNow() {
        threads.withLock { _ = $0.checkpointing?.step() }
    }

    /// Notes the head in the ledger's marker, so that a log from before it is noticed at the next start.
    private func noteHead() {
        do {
            try directory.noteHead()
        } catch {
            logger.warning("the head could not be noted", metadata: ["error": "\(error)"])
        }
    }

    static func newIdentity() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
