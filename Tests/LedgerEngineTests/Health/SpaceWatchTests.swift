import Logging
import Synchronization
import Testing

@testable import LedgerEngine

struct SpaceWatchTests {
    private static let second: UInt64 = 1_000_000_000

    @Test func aRateOverTheLastMinutesSaysWhenItIsFull() {
        var forecast = FillForecast()
        // 1 MiB a second of 3 GiB: at 60 s there are 3012 MiB left.
        for time in 0...60 as ClosedRange<UInt64> {
            forecast.note(roomBytes: (3 << 30) - time << 20, at: (100 + time) * Self.second)
        }
        let left = forecast.secondsUntilFull
        #expect(left.map { (3_010...3_013).contains($0) } == true, "\(left ?? 0)")
    }

    @Test func nothingIsSaidOfTooShortATimeNorOfWhatDoesNotShrink() {
        var forecast = FillForecast()
        forecast.note(roomBytes: 1000, at: Self.second)
        #expect(forecast.secondsUntilFull == nil)
        forecast.note(roomBytes: 10, at: 20 * Self.second)
        #expect(forecast.secondsUntilFull == nil, "19 s say nothing")
        forecast.note(roomBytes: 1000, at: 60 * Self.second)
        #expect(forecast.secondsUntilFull == nil, "it is as empty as before")
    }

    @Test func whatWasLongAgoDoesNotCount() {
        var forecast = FillForecast()
        forecast.note(roomBytes: 1 << 40, at: Self.second)
        for time in stride(from: 700, through: 1400, by: 5) as StrideThrough<UInt64> {
            forecast.note(roomBytes: 1 << 30, at: time * Self.second)
        }
        #expect(forecast.secondsUntilFull == nil)
    }

    @Test func hugeRoomAndASlowRateDoNotOverflow() {
        var forecast = FillForecast()
        forecast.note(roomBytes: .max, at: Self.second)
        forecast.note(roomBytes: .max - 1, at: 100 * Self.second)
        #expect(forecast.secondsUntilFull == nil)
    }

    @Test func itWarnsBeforeTheDiskIsFullInStatusAndOnceInTheLog() {
        let health = Health()
        let entries = LogEntries()
        let free = Atomic<UInt64>(4 << 30)
        let watch = SpaceWatch(health: health, logger: entries.logger, bounds: HealthBounds()) {
            SpaceMeasure(
                diskFreeBytes: free.load(ordering: .relaxed), diskBytes: 8 << 30,
                maps: [.init(name: "log", usedBytes: 71, bytesMax: 100)])
        }
        var look = SpaceWatch.Look()
        watch.step(&look, at: Self.second)
        #expect(health.warnings == ["log/ fills 71 % of what ledger.logMapBytesMax allows: raise that and restart"])
        free.store(100 << 20, ordering: .relaxed)
        for time in 2...40 as ClosedRange<UInt64> { watch.step(&look, at: time * Self.second) }
        #expect(
            health.warnings.first
                == "the disk has 100 MiB free, less than 1024 MiB: make room, or posts will be refused")
        #expect(health.warnings.contains { $0.hasPrefix("the disk is full in 0 minutes") })
        #expect(watch.latest?.diskSecondsUntilFull != nil)
        #expect(entries.all.filter { $0.contains("of=disk.free") }.count == 1)
        free.store(5 << 30, ordering: .relaxed)
        watch.step(&look, at: 60 * Self.second)
        #expect(health.warnings.count == 1)
        #expect(entries.all.last?.hasPrefix("notice that is over") == true)
        #expect(health.troubles.isEmpty)
    }

    @Test func aSilentComponentIsSaidInTheLog() {
        let health = Health()
        let entries = LogEntries()
        var bounds = HealthBounds()
        bounds.heartbeatSecondsMax = 0
        let watch = SpaceWatch(health: health, logger: entries.logger, bounds: bounds) { nil }
        health.beat(.writer)
        var look = SpaceWatch.Look()
        watch.step(&look, at: Self.second)
        watch.step(&look, at: 2 * Self.second)
        #expect(entries.all.count == 1)
        #expect(entries.all.first?.hasPrefix("critical a component is silent what=the writer") == true)
    }

    @Test func aReloadedBoundHoldsFromTheNextLookOn() throws {
        let test = try TestLedger()
        #expect(try test.ledger.status().space != nil || test.ledger.space.latest == nil)
        var configuration = test.configuration
        configuration.health.diskFreeBytesMin = .max
        configuration.queueRequestsMax = 1
        configuration.minPositionTimeoutSeconds = 3
        test.ledger.reload(configuration)
        var look = SpaceWatch.Look()
        test.ledger.space.step(&look, at: Self.second)
        #expect(test.ledger.health.warnings.contains { $0.hasPrefix("the disk has") })
        #expect(test.ledger.settings.minPositionTimeoutSeconds == 3)
    }
}

/// Keeps what is logged: level, message and fields.
final class LogEntries: Sendable {
    private let entries = Mutex<[String]>([])

    var all: [String] { entries.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: LogEntries
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        init(log: LogEntries) { self.log = log }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
            log.entries.withLock { $0.append("\(event.level) \(event.message)\(fields.joined())") }
        }
    }
}
