import Dispatch
import Glibc
import Logging
import SettingsFiles
import Synchronization

/// Reads the configuration again on SIGHUP and applies what can change while the daemon runs. The log says what changed
/// and what needs a restart; a file that is refused changes nothing.
final class Reloading: Sendable {
    private let running: Mutex<DaemonSettings>
    private let level: SharedLogLevel
    private let logger: Logger
    private let take: @Sendable (DaemonSettings) -> Void

    /// - Parameters:
    ///   - settings: what the daemon was started with.
    ///   - take: gives new settings to what they are for.
    init(
        _ settings: DaemonSettings, level: SharedLogLevel, logger: Logger,
        take: @escaping @Sendable (DaemonSettings) -> Void
    ) {
        running = Mutex(settings)
        self.level = level
        self.logger = logger
        self.take = take
    }

    /// Reloads at each SIGHUP, one after another, until what is returned is cancelled.
    func onHangup(
        manager: ServiceManager, _ read: @escaping @Sendable () throws(SettingsFault) -> DaemonSettings
    ) -> any DispatchSourceSignal {
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: DispatchQueue(label: "reloading"))
        source.setEventHandler { [self] in manager.whileReloading { reload(read) } }
        source.resume()
        return source
    }

    /// Reads the settings and applies them.
    func reload(_ read: () throws(SettingsFault) -> DaemonSettings) {
        do throws(SettingsFault) {
            apply(try read())
        } catch {
            logger.error(
                "the configuration was not reloaded: what held before holds on", metadata: ["error": "\(error)"])
        }
    }

    private func apply(_ read: DaemonSettings) {
        let (before, after) = running.withLock { running in
            defer { running = running.reloading(read) }
            return (running, running.reloading(read))
        }
        level.level = Logger.Level(rawValue: after.text("log.level")) ?? level.level
        take(after)
        let changed = before.changes(to: after).map { "\($0)=\(after.text($0))" }
        let others = after.changes(to: read)
        logger.notice(
            "the configuration was reloaded",
            metadata: [
                "changed": "\(changed.isEmpty ? "nothing" : changed.joined(separator: ","))",
                "needsRestart": "\(others.isEmpty ? "nothing" : others.joined(separator: ","))",
            ])
    }
}
