import ArgumentParser
import Glibc
import Logging
import SettingsFiles

/// Serves the ledger. Everything that has no flag is configured in the file and the environment.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the ledger until SIGTERM; what campaignd does without a subcommand.",
        discussion: """
            Settings come from the defaults, the file, CAMPAIGN_LEDGER_… variables and these flags, the later over the \
            earlier. SIGTERM and SIGINT stop it after what was accepted is recorded; SIGHUP reads the settings again, \
            applies what can change while it runs and says what cannot.

            Exit codes: 0 stopped as asked, 1 failed while it ran, 64 usage, 74 data directory refused or unreadable, 75 \
            data directory or socket in use, 78 bad configuration.
            """)

    @Option(help: "The configuration file, such as config/campaignd.yaml.")
    var config: String?

    @Option(help: "The data directory.")
    var data: String?

    @Option(help: "The Unix socket.")
    var socket: String?

    @Option(help: "The default policies of a new ledger: a file, or none.")
    var policy: String?

    func run() async throws {
        let environment = Self.environment()
        let flags = ["data": data, "socket": socket, "policy": policy].compactMapValues { $0 }
        let file = config
        let read: @Sendable () throws(SettingsFault) -> DaemonSettings = { () throws(SettingsFault) in
            try DaemonSettings(file: file, environment: environment, flags: flags)
        }
        let settings: DaemonSettings
        do throws(SettingsFault) {
            settings = try read()
        } catch {
            Self.say("campaignd: \(error)")
            throw DaemonExit.configuration.code
        }
        // A client that goes away is a failed write, not the end.
        signal(SIGPIPE, SIG_IGN)
        // Until the settings can be read again, a hangup is no reason to end.
        signal(SIGHUP, SIG_IGN)
        let level = SharedLogLevel(Logger.Level(rawValue: settings.text("log.level")) ?? .info)
        let format = StructuredLogHandler.Format(rawValue: settings.text("log.format")) ?? .text
        LoggingSystem.bootstrap { StructuredLogHandler(label: $0, format: format, shared: level) }
        let daemon = Daemon(
            settings: settings, environment: environment, level: level, logger: Logger(label: "campaignd"), reread: read
        )
        let exit = await daemon.run()
        if exit != .success { throw exit.code }
    }

    private static func say(_ text: String) {
        var line = text + "\n"
        line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// The variables of the process.
    private static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let parts = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            next += 1
        }
        return variables
    }
}
