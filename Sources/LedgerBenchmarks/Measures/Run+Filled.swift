import ProgrammeSimulator
import LedgerAPI

// Measures that only look at how the ledger of this round was filled.
extension Run {
    private enum Memory {
        static let most = Quantity(
            "anonymousMost", "memory not backed by files, at most", "MiB", .atMost(768, goal: 512))
        static let posts = Quantity("posts", "posts in the ledger", "posts")
    }

    func measureMemory() throws {
        let filled = try filledLedger()
        add(condition: "RssAnon and VmSwap of the daemon, every 20 ms while the programme is posted")
        add(Memory.most, Double(filled.anonymousBytes) / Double(1 << 20))
        add(Memory.posts, Double(try programme(.base).posts))
    }

    private enum Disk {
        static let logUsed = Quantity("logUsed", "log/, pages in use", "bytes/event")
        static let log = Quantity("log", "log/, on disk", "bytes/event")
        static let views = Quantity("views", "views/, on disk", "bytes/event")
        static let viewsUsed = Quantity("viewsUsed", "views/, pages in use", "bytes/event")
        static let index = Quantity("index", "index/, on disk", "bytes/event")
        static let indexUsed = Quantity("indexUsed", "index/, pages in use", "bytes/event")
        static let posted = Quantity("posted", "posted", "bytes/event")
        static let logRatio = Quantity("logPerPosted", "log/ to the bytes posted", "×", .atMost(1, goal: 0.9))
        static let ratio = Quantity("allPerPosted", "everything to the bytes posted", "×", .atMost(1.6, goal: 1.4))
        static let headRatio = Quantity("allPerPostedAtHead", "the same before merges were done", "×")
    }

    func measureDisk() throws {
        let filled = try filledLedger()
        add(condition: "blocks allocated to the files, when merges were done and the daemon had stopped")
        let programme = try programme(.base)
        let events = Double(programme.events)
        let sizes = filled.merged
        for (folder, disk, used) in [
            ("log", Disk.log, Disk.logUsed), ("views", Disk.views, Disk.viewsUsed),
            ("index", Disk.index, Disk.indexUsed),
        ] {
            add(disk, Double(sizes.allocated[folder] ?? 0) / events)
            add(used, Double(sizes.used[folder] ?? 0) / events)
        }
        add(Disk.posted, programme.eventBytes)
        let posted = Double(programme.bytesCount)
        add(Disk.logRatio, Double(sizes.allocated["log"] ?? 0) / posted)
        add(Disk.ratio, Double(sizes.allocated.values.reduce(0, +)) / posted)
        add(Disk.headRatio, Double(filled.atHead.allocated.values.reduce(0, +)) / posted)
    }

    private enum Raw {
        static let ours = Quantity("ours", "ours, projections live", "events/s", isHeadline: true)
        static let raw = Quantity("raw", "LMDB alone, file not extended ahead", "events/s", isHeadline: true)
        static let ratio = Quantity("ratio", "ours to LMDB alone", "×", .atLeast(0.3, goal: 0.5))
        static let extended = Quantity(
            "extended", "LMDB alone, file extended with zeros ahead", "events/s", isHeadline: true)
        static let commit = Quantity("commitP50", "its commit, median", "µs")
        static let commitTail = Quantity("commitP99", "its commit, 99 %", "µs")
    }

    /// The records of our own log into the same kind of table, by a C program that does nothing else.
    func measureRawLMDB() throws {
        let filled = try filledLedger()
        let baseline = try baseline()
        try baseline.dump(log: filled.data + "/log", expected: Int(filled.head))
        defer { try? WorkFolder.remove(baseline.recordsFile) }
        let raw = try baseline.append(batch: settings.batch, extends: false)
        let extended = try baseline.append(batch: settings.batch, extends: true)
        add(
            condition:
                "lmdb-baseline (C, LMDB \(raw.lmdb)): MDB_APPEND, integer keys, \(settings.batch) records a commit, "
                + "default durability; the records are those of our log")
        let ours = filled.posted.appended.rate
        add(Raw.ours, ours)
        add(Raw.raw, raw.recordsPerSecond)
        add(Raw.ratio, ours / raw.recordsPerSecond)
        add(Raw.extended, extended.recordsPerSecond)
        add(Raw.commit, raw.commitMicroseconds.p50)
        add(Raw.commitTail, raw.commitMicroseconds.p99)
    }

    func baseline() throws -> LMDBBaseline {
        LMDBBaseline(executable: try DaemonProcess.besideThisProgram("lmdb-baseline"), folder: folder)
    }

    private enum Random {
        static let rate = Quantity("eventsPerSecond", "appended with random ids", "events/s", isHeadline: true)
        static let ordered = Quantity("ordered", "appended with time-ordered ids", "events/s", isHeadline: true)
        static let ratio = Quantity("ratio", "random ids to time-ordered ones", "×", .atLeast(0.7, goal: 0.85))
        static let behind = Quantity("viewsBehindSeconds", "then views/ at the head after", "s")
    }

    func measureAppendRandom() throws {
        let filled = try filledLedger()
        let data = folder.data("random")
        let random = try fill(data, .random, clients: filled.clients)
        try WorkFolder.remove(data)
        add(condition: "UUID version 4 against \(settings.ids.rawValue); \(filled.clients) client(s)")
        add(Random.rate, random.posted.appended.rate)
        add(Random.ordered, filled.posted.appended.rate)
        add(Random.ratio, random.posted.appended.rate / filled.posted.appended.rate)
        add(Random.behind, random.behindSeconds)
    }

    private enum Growth {
        static let early = Quantity("early", "around a tenth of the size", "events/s", isHeadline: true)
        static let last = Quantity("last", "up to twice the size", "events/s", isHeadline: true)
        static let ratio = Quantity(
            "ratio", "the rate at twice the size to that at a tenth", "×", .atLeast(0.85, goal: 0.95))
        static let baseline = Quantity("lmdb", "the same of LMDB alone", "×")
    }

    /// What LMDB alone does over the same stretches: the machine's own share, as its page cache and disk fill.
    private func baselineGrowth(_ filled: Filled) throws -> Double {
        let baseline = try baseline()
        // Other measures may have posted to it meanwhile.
        try baseline.dump(log: filled.data + "/log")
        defer { try? WorkFolder.remove(baseline.recordsFile) }
        let parts = try baseline.append(
            batch: settings.batch, limit: 2 * Int(filled.head), extends: false
        ).partsPerSecond
        return parts.count == 20 && parts[1] > 0 ? parts[19] / parts[1] : 0
    }

    /// Appends until the ledger holds twice the programme, or a little more if it does already.
    func measureGrowth() throws {
        let filled = try filledLedger()
        let baselineRatio = try baselineGrowth(filled)
        let daemon = try startDaemon(filled.data)
        let window = Self.windowEvents(Int(filled.head))
        // In a short form the loads of other measures may have taken it there already.
        let left = max(2 * Int(filled.head) - Int(try daemon.status().head), window + settings.batch)
        let requests = try takeLater(requests: left / settings.batch, of: settings.batch)
        var windows = RateWindows()
        _ = try post(
            programme(.later), requests, clients: filled.clients,
            onAnswer: { windows.note($0.at, events: requests[requests.startIndex + $0.request].events) })
        try daemon.stop()
        let last = windows.lastRate(events: window)
        add(
            condition:
                "\(Text.number(Double(window))) events around a tenth of the programme, and the last as many of a "
                + "ledger that grows to twice the programme; \(filled.clients) client(s)")
        add(Growth.early, filled.earlyRate)
        add(Growth.last, last)
        add(Growth.ratio, last / filled.earlyRate)
        add(Growth.baseline, baselineRatio)
    }
}
