import Configuration
import LedgerEngine
import LedgerHTTP
import NIOCore
import SettingsFiles

/// What the daemon runs with: the defaults, over them the file, over it the environment, over it the flags.
struct DaemonSettings: Sendable, Equatable {
    private var values: [String: String] = [:]

    /// Variables with our prefix that are others' to read.
    private static let foreignVariables: Set<String> = [
        "CAMPAIGN_LEDGER_BIN", "CAMPAIGN_LEDGER_SHARED", "CAMPAIGN_LEDGER_TIMINGS",
    ]

    /// - Parameters:
    ///   - file: the YAML file; nil without one.
    ///   - environment: the variables of the process.
    ///   - flags: settings by key, from the command line.
    init(file: String?, environment: [String: String], flags: [String: String]) throws(SettingsFault) {
        let settings = try file.map { path throws(SettingsFault) in try SettingsFile(path: path).values } ?? [:]
        try Self.checkNames(environment)
        let variables = EnvironmentVariablesProvider(environmentVariables: environment)
            .prefixKeys(with: ["campaign", "ledger"])
        let reader = ConfigReader(providers: [
            Self.provider("flags", flags), variables, Self.provider("file", settings),
            Self.provider("defaults", Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.key, $0.standard) })),
        ])
        for setting in Setting.all {
            let value = reader.string(forKey: ConfigKey(setting.key)) ?? setting.standard
            guard setting.allows(value) else {
                let place = flags[setting.key] != nil ? "--\(setting.key)" : setting.variable
                throw SettingsFault(
                    place, "\(setting.key) is \"\(value)\"", "It has to be \(setting.expectation).")
            }
            values[setting.key] = value
        }
    }

    private static func provider(_ name: String, _ values: [String: String]) -> InMemoryProvider {
        let pairs = values.map { key, value in
            (AbsoluteConfigKey(ConfigKey(key)), ConfigValue(.string(value), isSecret: false))
        }
        return InMemoryProvider(name: name, values: Dictionary(uniqueKeysWithValues: pairs))
    }

    private static func checkNames(_ environment: [String: String]) throws(SettingsFault) {
        let known = Set(Setting.all.map(\.variable)).union(foreignVariables)
        for name in environment.keys.sorted() where name.hasPrefix(Setting.variablePrefix) && !known.contains(name) {
            throw SettingsFault(
                name, "the variable is unknown",
                "Known are \(Setting.all.map(\.variable).joined(separator: ", ")).")
        }
    }

    /// The value of a key of the catalogue.
    func text(_ key: String) -> String {
        guard let value = values[key] else { preconditionFailure("\(key) is not in the catalogue of settings") }
        return value
    }

    func number(_ key: String) -> Int {
        guard let number = Int(text(key)) else { preconditionFailure("\(key) is not a number in the catalogue") }
        return number
    }

    /// These settings with what can be reloaded taken from others: what runs after a reload.
    func reloading(_ other: DaemonSettings) -> DaemonSettings {
        var result = self
        for setting in Setting.all where setting.isReloadable { result.values[setting.key] = other.values[setting.key] }
        return result
    }

    /// Keys whose values differ.
    func changes(to other: DaemonSettings) -> [String] {
        Setting.all.map(\.key).filter { values[$0] != other.values[$0] }
    }

    var httpLimits: HTTPLimits {
        var limits = HTTPLimits()
        limits.connectionsMax = number("http.connectionsMax")
        limits.bodiesBytesMax = number("http.bodiesBytesMax")
        limits.headerFieldBytesMax = number("http.headerFieldBytesMax")
        limits.headersBytesMax = number("http.headersBytesMax")
        limits.headerCountMax = number("http.headerCountMax")
        limits.headerTimeout = seconds("http.headerTimeoutSeconds")
        limits.bodyTimeout = seconds("http.bodyTimeoutSeconds")
        limits.idleTimeout = seconds("http.idleTimeoutSeconds")
        limits.outputTimeout = seconds("http.outputTimeoutSeconds")
        limits.keepAliveInterval = seconds("http.keepAliveSeconds")
        limits.sendBufferBytes = number("http.sendBufferBytes")
        return limits
    }

    private func seconds(_ key: String) -> TimeAmount { .seconds(Int64(number(key))) }

    private var healthBounds: HealthBounds {
        var bounds = HealthBounds()
        bounds.heartbeatSecondsMax = number("health.heartbeatSecondsMax")
        bounds.diskFreeBytesMin = UInt64(number("health.diskFreeBytesMin"))
        bounds.fullSecondsMin = number("health.fullSecondsMin")
        bounds.mapUsePercentMax = number("health.mapUsePercentMax")
        return bounds
    }

    /// How the ledger is opened, but for the default policies.
    var ledgerConfiguration: LedgerConfiguration {
        var configuration = LedgerConfiguration(dataDirectory: text("data"))
        configuration.logMapBytes = UInt64(number("ledger.logMapBytes"))
        configuration.logMapBytesMax = UInt64(number("ledger.logMapBytesMax"))
        configuration.viewsMapBytesMax = UInt64(number("ledger.viewsMapBytesMax"))
        configuration.indexMapBytesMax = UInt64(number("ledger.indexMapBytesMax"))
        configuration.queueRequestsMax = number("ledger.queueRequestsMax")
        configuration.queueBytesMax = number("ledger.queueBytesMax")
        configuration.handoverBytesMax = number("ledger.handoverBytesMax")
        configuration.checkpointBytesMax = number("ledger.checkpointBytesMax")
        configuration.checkpointMilliseconds = number("ledger.checkpointMilliseconds")
        configuration.indexCheckpointEvents = number("ledger.indexCheckpointEvents")
        configuration.minPositionTimeoutSeconds = number("ledger.minPositionTimeoutSeconds")
        configuration.listsFreshMilliseconds = number("ledger.listsFreshMilliseconds")
        configuration.readyLagSecondsMax = number("ledger.readyLagSecondsMax")
        configuration.health = healthBounds
        configuration.replayPace = replayPace
        return configuration
    }
}
