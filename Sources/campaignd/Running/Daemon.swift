import Dispatch
import Glibc
import LedgerEngine
import LedgerHTTP
import Logging
import ServiceLifecycle
import SettingsFiles
import UnixSignals

/// The daemon from its settings to its end: ledger, HTTP server and notifications as services that start in this order
/// and stop in its reverse.
struct Daemon {
    let settings: DaemonSettings
    let environment: [String: String]
    let level: SharedLogLevel
    let logger: Logger
    /// Reads the settings again.
    let reread: @Sendable () throws(SettingsFault) -> DaemonSettings

    /// Runs until it is told to stop.
    ///
    /// - Returns: how to end; what went wrong is logged.
    func run() async -> DaemonExit {
        var configuration = settings.ledgerConfiguration
        do throws(SettingsFault) {
            let policy = settings.text("policy")
            if policy != "none" { configuration.defaultPolicies = try PolicyFile(path: policy).policies }
        } catch {
            return ended(.configuration, "the policies are refused", error)
        }
        let fatal = FatalFlag()
        let manager = ServiceManager(environment: environment)
        let ledger: Ledger
        do {
            let patience = Self.askForPatience(manager)
            defer { patience.cancel() }
            ledger = try Ledger.open(configuration, logger: logger, onFatal: { text in raise(text, fatal) })
        } catch {
            return ended(DaemonExit(opening: error), "the ledger was not opened", error)
        }
        do {
            try await serve(ledger, fatal, manager)
            await LedgerService.close(ledger)
            logger.notice("stopped")
            return .success
        } catch {
            await LedgerService.close(ledger)
            return ended(DaemonExit(error), "the daemon ends", error)
        }
    }

    /// While the log is read at the start, tells systemd every few seconds that it goes on.
    private static func askForPatience(_ manager: ServiceManager) -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "patience"))
        timer.schedule(deadline: .now(), repeating: .seconds(5))
        timer.setEventHandler { manager.starting("opening the ledger", secondsMore: 30) }
        timer.resume()
        return timer
    }

    private func serve(_ ledger: Ledger, _ fatal: FatalFlag, _ manager: ServiceManager) async throws {
        let server = LedgerServer(
            ledger: ledger, endpoint: try endpoint(), limits: settings.httpLimits,
            stopBoundSeconds: max(1, stopSeconds - Self.closingSeconds), threadCount: settings.number("http.threads"),
            logger: logger)
        let reloading = Reloading(settings, level: level, logger: logger) { settings in
            ledger.reload(settings.ledgerConfiguration)
            server.reload(settings.httpLimits)
        }
        let hangups = reloading.onHangup(manager: manager, reread)
        defer { hangups.cancel() }
        var group = ServiceGroupConfiguration(
            services: [
                LedgerService(ledger: ledger, fatal: fatal), HTTPService(server: server, manager: manager),
                NotifyService(
                    manager: manager, stopSeconds: stopSeconds, writerSilence: { ledger.writerSilenceNanoseconds },
                    status: { Self.status(of: ledger) }),
            ], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        group.maximumGracefulShutdownDuration = .seconds(stopSeconds)
        logger.notice(
            "started", metadata: ["data": "\(settings.text("data"))", "head": "\(ledger.head)", "pid": "\(getpid())"])
        try await ServiceGroup(configuration: group).run()
    }

    /// A line for `systemctl status`.
    private static func status(of ledger: Ledger) -> String {
        switch ledger.readiness {
        case .ready: "serving, head \(ledger.head)"
        case .notReady(let reasons): "not ready, head \(ledger.head): \(reasons.joined(separator: "; "))"
        }
    }

    /// Of the bound of stopping, what closing the ledger may take.
    private static let closingSeconds = 2

    private var stopSeconds: Int { settings.number("stop.timeoutSeconds") }

    /// The service group's own log says little to operators.
    private var quiet: Logger {
        var quiet = logger
        quiet.logLevel = max(level.level, .warning)
        return quiet
    }

    private func endpoint() throws(ListenerFault) -> LedgerServer.Endpoint {
        if let descriptor = try ActivatedSocket.descriptor(environment: environment) { return .descriptor(descriptor) }
        return .file(try SocketFile(path: settings.text("socket")))
    }

    /// The storage failed: the services stop, and if that takes too long the process ends all the same.
    private func raise(_ text: String, _ fatal: FatalFlag) {
        fatal.raise(text)
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(stopSeconds)) {
            _exit(DaemonExit.failure.rawValue)
        }
    }

    private func ended(_ exit: DaemonExit, _ what: String, _ error: any Error) -> DaemonExit {
        logger.critical("\(what)", metadata: ["error": "\(error)", "exit": "\(exit.rawValue)"])
        return exit
    }
}
