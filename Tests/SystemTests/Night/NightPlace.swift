import Foundation
import Glibc

/// What an operator finds at night: a daemon that serves a small ledger, one that has ended, and everything that a path
/// can wrongly be.
final class NightPlace: Sendable {
    static let events = 2_000

    let folder: TemporaryFolder
    let daemon: DaemonProcess
    /// A ledger without a daemon.
    let cold: String
    /// A socket that nobody serves any more.
    let deadSocket: String
    /// Where only root may look.
    let locked: String
    /// A file that is neither a socket nor a ledger.
    let file: String
    /// Events that are not posted yet.
    let unposted: String
    /// A backup of the ledger without a daemon.
    let backup: String
    /// The served ledger's events with all that an import needs.
    let export: String
    /// A ledger that an import begins and does not fill.
    var imported: String { "\(folder.path)/imported" }
    /// Somebody the served ledger knows.
    let influencer: String
    /// Where everybody may write.
    let open: String

    init() throws {
        folder = try TemporaryFolder()
        let path = folder.path
        // Others have to get as far as what they may not see.
        chmod(path, 0o755)
        daemon = try DaemonProcess(path)
        _ = try daemon.client().post(Programme.events(Self.events, seed: 31, influencers: 40))
        cold = "\(path)/cold"
        let other = "\(path)/other"
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
        let second = try DaemonProcess(other, data: cold)
        _ = try second.client().post(Programme.events(Self.events, seed: 32, influencers: 40))
        try second.kill()
        deadSocket = second.socketPath
        locked = "\(path)/locked"
        try FileManager.default.createDirectory(atPath: locked, withIntermediateDirectories: false)
        chmod(locked, 0o700)
        file = "\(path)/file"
        try Files.write("nothing\n", to: file)
        chmod(file, 0o600)
        open = "\(path)/open"
        try FileManager.default.createDirectory(atPath: open, withIntermediateDirectories: false)
        chmod(open, 0o1777)
        backup = "\(path)/backup"
        let made = try Subprocess.run(
            Places.program("campaignctl"), ["backup", backup, "--data", cold, "--quiet"], timeoutSeconds: 30)
        try require(made.status == 0, "backup ends with \(made.status): \(made.errors)")
        export = "\(path)/export.ndjson"
        let exported = try Subprocess.run(
            Places.program("campaignctl"),
            ["export", "--format", "ndjson", "--complete", "--out", export, "--socket", daemon.socketPath],
            timeoutSeconds: 30)
        try require(exported.status == 0, "export ends with \(exported.status): \(exported.errors)")
        chmod(export, 0o644)
        let list = try daemon.client().json("/v1/influencers?limit=1")
        guard let first = list["items"]?.items.first?["influencerId"]?.string else {
            throw SystemFailure("nobody is in the list: \(list)")
        }
        influencer = first
        unposted = "\(path)/unposted.ndjson"
        try Data(try Programme.events(3_000, seed: 33, influencers: 40)).write(to: URL(fileURLWithPath: unposted))
    }

    /// The text with what stands in braces replaced by paths.
    func resolved(_ text: String) -> String {
        let names = [
            "{socket}": daemon.socketPath, "{data}": daemon.dataPath, "{cold}": cold, "{dead}": deadSocket,
            "{locked}": locked, "{file}": file, "{events}": unposted, "{backup}": backup, "{open}": open,
            "{export}": export, "{imported}": imported, "{influencer}": influencer,
            "{none}": "\(folder.path)/none",
            "{out}": "\(folder.path)/out",
        ]
        return names.reduce(text) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
    }

    /// What the programs leave in the folder besides what was there: unfinished files first of all.
    func leftovers() throws -> [String] {
        let known: Set = [
            "data", "run", "campaignd.log", "campaignd.out", "cold", "other", "locked", "file", "unposted.ndjson",
            "backup", "open", "export.ndjson", "imported",
        ]
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !known.contains($0) }.sorted()
            + FileManager.default.contentsOfDirectory(atPath: open).sorted()
    }
}

/// A program run to its end as an operator would.
struct NightRun {
    let status: Int32
    let output: String
    let errors: String

    /// Somebody who is neither root nor in the daemon's group.
    static let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"]

    /// Starts a program.
    /// - Parameter outputPath: where standard output goes, if that matters.
    static func start(
        _ words: [String], in place: NightPlace, asNobody: Bool = false, input: String? = nil, outputPath: String,
        errorsPath: String
    ) throws -> ChildProcess {
        var words = words.map(place.resolved)
        words[0] = try Places.program(words[0])
        if asNobody { words = ["/usr/bin/setpriv"] + nobody + words }
        return try ChildProcess(
            words[0], Array(words.dropFirst()), environment: Subprocess.environment(), folder: place.folder.path,
            input: input, outputPath: outputPath, errorsPath: errorsPath)
    }

    init(
        _ words: [String], in place: NightPlace, asNobody: Bool = false, input: String? = nil, outputPath: String? = nil
    ) throws {
        let own = try TemporaryFolder()
        let out = outputPath ?? "\(own.path)/out"
        let process = try Self.start(
            words, in: place, asNobody: asNobody, input: input, outputPath: out, errorsPath: "\(own.path)/err")
        status = try process.waitForEnd(seconds: 30)
        output = outputPath == nil ? Files.text(out) : ""
        errors = Files.text("\(own.path)/err")
    }

    /// Whether somebody else can run the programs at all.
    static let canRunAsNobody: Bool = {
        guard getuid() == 0, FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"),
            let program = try? Places.program("campaignctl"),
            let outcome = try? Subprocess.run(
                "/usr/bin/setpriv", nobody + [program, "--version"], timeoutSeconds: 20)
        else { return false }
        return outcome.status == 0
    }()
}
