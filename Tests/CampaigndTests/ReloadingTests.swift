import LedgerEngine
import LedgerHTTP
import Logging
import NIOCore
import SettingsFiles
import Synchronization
import Testing

@testable import campaignd

struct ReloadingTests {
    private static func settings(_ environment: [String: String] = [:]) throws -> DaemonSettings {
        try DaemonSettings(file: nil, environment: environment, flags: [:])
    }

    /// What was logged and what was taken over.
    private final class Seen: Sendable {
        let entries = Mutex<[String]>([])
        let taken = Mutex<[DaemonSettings]>([])

        var logger: Logger { Logger(label: "test") { _ in Handler(seen: self) } }
        var last: String { entries.withLock { $0.last ?? "" } }
    }

    private struct Handler: LogHandler {
        let seen: Seen
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        init(seen: Seen) { self.seen = seen }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
            seen.entries.withLock { $0.append("\(event.level) \(event.message)\(fields.joined())") }
        }
    }

    @Test func whatCanChangeIsAppliedAndNamedAndTheRestNeedsARestart() throws {
        let seen = Seen()
        let reloading = Reloading(
            try Self.settings(), level: SharedLogLevel(.info), logger: seen.logger,
            take: { settings in seen.taken.withLock { $0.append(settings) } })
        let new = try Self.settings([
            "CAMPAIGN_LEDGER_HTTP_IDLE_TIMEOUT_SECONDS": "7", "CAMPAIGN_LEDGER_HTTP_THREADS": "3",
            "CAMPAIGN_LEDGER_LEDGER_MIN_POSITION_TIMEOUT_SECONDS": "4", "CAMPAIGN_LEDGER_DATA": "elsewhere",
        ])
        reloading.reload { new }
        #expect(
            seen.last
                == "notice the configuration was reloaded "
                + "changed=http.idleTimeoutSeconds=7,ledger.minPositionTimeoutSeconds=4 needsRestart=data,http.threads")
        let taken = try #require(seen.taken.withLock { $0.last })
        #expect(taken.httpLimits.idleTimeout == .seconds(7))
        #expect(taken.ledgerConfiguration.minPositionTimeoutSeconds == 4)
        #expect(taken.text("data") == "data", "what needs a restart stays as it is")
        reloading.reload { new }
        #expect(seen.last.contains("changed=nothing needsRestart=data,http.threads"))
        let back = try Self.settings()
        reloading.reload { back }
        #expect(seen.last.contains("changed=http.idleTimeoutSeconds=300,ledger.minPositionTimeoutSeconds=10"))
        #expect(seen.last.contains("needsRestart=nothing"))
    }

    @Test func aBadFileKeepsWhatHeldAndSaysWhy() throws {
        let seen = Seen()
        let level = SharedLogLevel(.info)
        let reloading = Reloading(
            try Self.settings(), level: level, logger: seen.logger,
            take: { settings in seen.taken.withLock { $0.append(settings) } })
        let file = try TestFile("log:\n  level: loud\n")
        reloading.reload { () throws(SettingsFault) in
            try DaemonSettings(file: file.path, environment: [:], flags: [:])
        }
        #expect(seen.last.hasPrefix("error the configuration was not reloaded: what held before holds on error="))
        #expect(seen.last.contains(":2:10: log.level is \"loud\""))
        #expect(seen.taken.withLock { $0.isEmpty })
        #expect(level.level == .info)
    }

    @Test func everythingThatIsNotReloadedIsNamed() {
        #expect(
            Setting.all.filter { !$0.isReloadable }.map(\.key) == [
                "data", "socket", "policy", "stop.timeoutSeconds", "log.format", "http.threads", "http.sendBufferBytes",
                "ledger.logMapBytes", "ledger.logMapBytesMax", "ledger.viewsMapBytesMax", "ledger.indexMapBytesMax",
                "ledger.handoverBytesMax", "ledger.checkpointBytesMax", "ledger.checkpointMilliseconds",
                "ledger.indexCheckpointEvents", "replays.cores", "replays.sharePercent", "replays.diskBytesPerSecond",
            ])
    }
}
