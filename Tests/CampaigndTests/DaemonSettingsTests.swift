import Foundation
import LedgerEngine
import LedgerHTTP
import SettingsFiles
import Testing

@testable import campaignd

/// A file for a test, gone with the last reference to it.
final class TestFile: Sendable {
    let path: String

    init(_ text: String) throws {
        path = FileManager.default.temporaryDirectory.path + "/campaignd-\(UUID().uuidString).yaml"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The files that are shipped.
let configFolder: String =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/config"

struct DaemonSettingsTests {
    private static func settings(
        _ text: String? = nil, environment: [String: String] = [:], flags: [String: String] = [:]
    ) throws -> DaemonSettings {
        let file = try text.map { try TestFile($0) }
        return try withExtendedLifetime(file) {
            try DaemonSettings(file: file?.path, environment: environment, flags: flags)
        }
    }

    /// The fault of a file, with its path cut off.
    private static func fault(_ text: String) throws -> String {
        let file = try TestFile(text)
        do {
            _ = try DaemonSettings(file: file.path, environment: [:], flags: [:])
            return "accepted"
        } catch {
            return "\(error)".replacingOccurrences(of: file.path, with: "FILE")
        }
    }

    /// Another good value than the default.
    private static func other(_ setting: Setting) -> String {
        switch setting.form {
        case .number(let range): String(Int(setting.standard) == range.upperBound ? range.lowerBound : range.upperBound)
        case .choice(let words): words.first { $0 != setting.standard } ?? ""
        case .path: "elsewhere/it"
        }
    }

    private static func yaml(_ setting: Setting, _ value: String) -> String {
        let parts = setting.key.split(separator: ".")
        return parts.count == 1 ? "\(setting.key): \(value)\n" : "\(parts[0]):\n  \(parts[1]): \(value)\n"
    }

    @Test func everythingHasItsDefault() throws {
        let settings = try Self.settings()
        for setting in Setting.all {
            #expect(settings.text(setting.key) == setting.standard)
            #expect(setting.allows(setting.standard), "\(setting.key)")
        }
        #expect(settings.httpLimits.connectionsMax == 1024)
        #expect(settings.ledgerConfiguration.dataDirectory == "data")
    }

    @Test(arguments: Setting.all.map(\.key))
    func aKeyIsTakenFromEachLayerOverTheOneBelow(key: String) throws {
        let setting = try #require(Setting.all.first { $0.key == key })
        let other = Self.other(setting)
        #expect(try Self.settings(Self.yaml(setting, other)).text(key) == other)
        let variable = [setting.variable: setting.standard]
        #expect(try Self.settings(Self.yaml(setting, other), environment: variable).text(key) == setting.standard)
        #expect(try Self.settings(environment: [setting.variable: other]).text(key) == other)
        let flagged = try Self.settings(
            Self.yaml(setting, setting.standard), environment: variable, flags: [key: other])
        #expect(flagged.text(key) == other)
    }

    @Test(arguments: Setting.all.filter { if case .path = $0.form { false } else { true } }.map(\.key))
    func aBadValueNamesItsPlaceAndWhatIsAllowed(key: String) throws {
        let setting = try #require(Setting.all.first { $0.key == key })
        let text = Self.yaml(setting, "-1")
        let line = text.split(separator: "\n").count
        let column = key.split(separator: ".").last.map { $0.count + 3 + (line == 2 ? 2 : 0) } ?? 0
        let fault = try Self.fault(text)
        #expect(fault == "FILE:\(line):\(column): \(key) is \"-1\". It has to be \(setting.expectation).")
        let variable = #expect(throws: SettingsFault.self) {
            try Self.settings(environment: [setting.variable: "x"])
        }
        #expect(variable?.place == setting.variable)
    }

    @Test func anUnknownKeyNamesItsLineAndColumn() throws {
        #expect(
            try Self.fault("data: here\nsokcet: there\n")
                == "FILE:2:1: sokcet is unknown. "
                + "Known are data, socket, policy, stop, log, http, ledger, health, replays.")
        #expect(
            try Self.fault("log:\n  level: info\n  colour: red\n").hasPrefix(
                "FILE:3:3: log.colour is unknown. Known in log are level, format."))
        #expect(try Self.fault("log:\n  level:\n    deep: 1\n").hasPrefix("FILE:3:5: log.level is not a plain value."))
        #expect(try Self.fault("log: info\n").hasPrefix("FILE:1:6: log is no mapping."))
        #expect(try Self.fault("- data\n").hasPrefix("FILE:1:1: the file is no mapping."))
        #expect(try Self.fault("data: a\ndata: b\n").contains("data"))
        #expect(try Self.fault("data: [\n").hasPrefix("FILE: not YAML:"))
    }

    @Test func anUnknownVariableIsRefusedAndAForeignOneIsNot() throws {
        let fault = #expect(throws: SettingsFault.self) {
            try Self.settings(environment: ["CAMPAIGN_LEDGER_DTAA": "x"])
        }
        #expect(fault?.place == "CAMPAIGN_LEDGER_DTAA")
        #expect(try Self.settings(environment: ["CAMPAIGN_LEDGER_SHARED": "x", "PATH": "/bin"]) == Self.settings())
    }

    @Test func aMissingFileIsNamed() {
        let fault = #expect(throws: SettingsFault.self) {
            try DaemonSettings(file: "/nowhere/campaignd.yaml", environment: [:], flags: [:])
        }
        #expect(fault?.description.contains("/nowhere/campaignd.yaml: the file cannot be read: No such file") == true)
    }

    @Test func anEmptyFileSetsNothing() throws {
        #expect(try Self.settings("# nothing\n") == Self.settings())
    }

    @Test func theShippedFileHoldsEveryKeyWithItsDefault() throws {
        let path = configFolder + "/campaignd.yaml"
        let values = try SettingsFile(path: path).values
        #expect(Set(values.keys) == Set(Setting.all.map(\.key)))
        for setting in Setting.all where setting.key != "policy" {
            #expect(values[setting.key] == setting.standard, "\(setting.key)")
        }
        #expect(values["policy"] == "config/policy.yaml")
    }
}
