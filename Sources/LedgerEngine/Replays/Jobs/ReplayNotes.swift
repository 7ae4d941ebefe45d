import LedgerStore
import Logging

/// The files of the jobs in the data directory's `replays/`: each job's state, the last number given, and what a job keeps.
struct ReplayNotes: Sendable {
    private let directory: NoteDirectory
    private let logger: Logger

    private static let suffix = ".job"
    private static let damagedSuffix = ".damaged"
    private static let changesSuffix = ".changes"
    /// Holds the last number given, so that a number never means another job, even after all were removed.
    private static let lastName = "LAST"
    /// Files that were set aside and are kept for whoever wants to know; the oldest go first.
    private static let damagedMax = 16
    private static let lastBytesMax = 64

    /// - Parameter path: the ledger's data directory.
    init(dataDirectory path: String, logger: Logger) throws(StoreError) {
        directory = try NoteDirectory(path: "\(path)/replays")
        self.logger = logger
    }

    /// All jobs, in the order of their numbers, and the last number given. A file that is none, or is damaged, is set
    /// aside, and the log says so; files of other jobs' changes are deleted.
    func load() throws(StoreError) -> (jobs: [ReplayJob], last: UInt64) {
        var jobs: [ReplayJob] = []
        var last: UInt64 = lastGiven()
        let names = try directory.names()
        for name in names {
            guard let number = Self.number(name) else { continue }
            last = max(last, number)
            guard name.hasSuffix(Self.suffix) else { continue }
            do throws(NoteFault) {
                jobs.append(try read(name, number))
            } catch {
                try setAside(name, "\(error)")
            }
        }
        let kept = Set(jobs.map(\.number))
        for name in names where name.hasSuffix(Self.changesSuffix) {
            if let number = Self.number(name), !kept.contains(number) { try directory.remove(name) }
        }
        try dropDamaged()
        return (jobs.sorted { $0.number < $1.number }, last)
    }

    private func read(_ name: String, _ number: UInt64) throws(NoteFault) -> ReplayJob {
        let bytes: [UInt8]
        do throws(StoreError) {
            bytes = try directory.read(name, bytesMax: ReplayJob.noteBytesMax)
        } catch {
            throw NoteFault("it could not be read: \(error)")
        }
        return try ReplayJob(note: bytes, number: number)
    }

    private func setAside(_ name: String, _ reason: String) throws(StoreError) {
        let aside = name + Self.damagedSuffix
        try directory.rename(name, to: aside)
        logger.warning(
            "a replay's file is damaged and was set aside: that replay is forgotten",
            metadata: ["file": "\(directory.path)/\(aside)", "reason": "\(reason)"])
    }

    private func dropDamaged() throws(StoreError) {
        let damaged = try directory.names().filter { $0.hasSuffix(Self.damagedSuffix) }
            .sorted { (Self.number($0) ?? 0) < (Self.number($1) ?? 0) }
        for name in damaged.dropLast(Self.damagedMax) { try directory.remove(name) }
    }

    /// The number that a name begins with, before its point.
    private static func number(_ name: String) -> UInt64? {
        name.split(separator: ".", maxSplits: 1).first.flatMap { UInt64($0) }
    }

    /// A damaged text of the last number counts as none: the files' numbers say the least it can be.
    private func lastGiven() -> UInt64 {
        guard let bytes = try? directory.read(Self.lastName, bytesMax: Self.lastBytesMax) else { return 0 }
        return UInt64(String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" }) ?? 0
    }

    /// Notes that a number was given; before the job of that number is.
    func noteLast(_ number: UInt64) throws(StoreError) {
        try directory.write(Self.lastName, "\(number)\n")
    }

    /// Notes a job's state, durably.
    func write(_ job: ReplayJob) throws(StoreError) {
        try directory.write("\(job.number)\(Self.suffix)", job.note)
    }

    /// Deletes all files of a job.
    func remove(_ number: UInt64) throws(StoreError) {
        try directory.remove("\(number)\(Self.changesSuffix)")
        try directory.remove("\(number)\(Self.suffix)")
    }

    /// Deletes what an attempt of a whatif wrote.
    func removeChanges(_ number: UInt64) throws(StoreError) {
        try directory.remove("\(number)\(Self.changesSuffix)")
    }
}
