import Dispatch
import Glibc
import Logging
import SettingsFiles

/// Reads the configuration again on SIGHUP. The level of the logs changes; of what else differs the log says that it
/// needs a restart.
final class Reloading {
    private let source: any DispatchSourceSignal

    init(
        _ settings: DaemonSettings, level: SharedLogLevel, logger: Logger,
        read: @escaping @Sendable () throws(SettingsFault) -> DaemonSettings
    ) {
        signal(SIGHUP, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGHUP)
        source.setEventHandler {
            do throws(SettingsFault) {
                Self.apply(try read(), over: settings, level: level, logger: logger)
            } catch {
                logger.error("the configuration was not reloaded", metadata: ["error": "\(error)"])
            }
        }
        source.resume()
    }

    static func apply(_ new: DaemonSettings, over old: DaemonSettings, level: SharedLogLevel, logger: Logger) {
        level.level = Logger.Level(rawValue: new.text("log.level")) ?? level.level
        let others = old.changes(to: new).filter { $0 != "log.level" }
        logger.notice(
            "the configuration was reloaded",
            metadata: [
                "log.level": "\(level.level)",
                "needsRestart": "\(others.isEmpty ? "nothing" : others.joined(separator: ","))",
            ])
    }

    func stop() {
        source.cancel()
    }
}
