import Glibc
import LedgerAPI

extension Run {
    /// How much work is counted: the cost of an event is the difference of two amounts by the difference of their events,
    /// so that start and stop do not count.
    private struct Amounts {
        var few: Int
        var many: Int
    }

    /// Valgrind runs a program some fifty times slower.
    private func amounts(_ work: CostWork, _ tool: CostTools.Tool) -> Amounts {
        switch (work, tool == .callgrind) {
        case (.single, false): Amounts(few: 500, many: 1_500)
        case (.single, true): Amounts(few: 200, many: 600)
        case (_, false): Amounts(few: 40_000, many: Self.eventsMost)
        case (_, true): settings.isQuick ? Amounts(few: 10_000, many: 30_000) : Amounts(few: 20_000, many: 60_000)
        }
    }

    /// What the programme has at least.
    private static let influencers = 2_000
    private static let eventsMost = 160_000

    /// Counts what an event costs: figures that do not depend on how fast the machine is.
    func measureCosts() throws {
        let tools = CostTools(
            executable: executable, allocationCounter: try DaemonProcess.besideThisProgram("libAllocationCounter.so"),
            folder: folder)
        var settings = settings
        (settings.events, settings.influencers) = (Self.eventsMost, Self.influencers)
        let programme = try ProgrammeFile(settings.base(ids: settings.ids), path: folder.path + "/costs.ndjson")
        add(
            condition:
                "\(Text.number(Double(Self.influencers))) influencers; checkpoints after 1 MiB of facts, of the index "
                + "after 20,000 events; counted over the daemon's life with two amounts of work, by their difference")
        add(
            condition:
                "allocations: a preloaded counter; system calls: strace; bytes written: the kernel; instructions: "
                + "callgrind, user mode")
        for tool in CostTools.Tool.allCases where !tool.isInstalled {
            add(
                condition:
                    "not counted: \(tool.counters.map(\.title).joined(separator: ", ")); install strace and valgrind")
        }
        for work in CostWork.allCases {
            for tool in CostTools.Tool.allCases where tool.isInstalled {
                for (counter, cost) in try costs(work, tool, tools, programme) {
                    let threshold = try thresholds?.threshold(work, counter)
                    add(
                        Quantity(
                            "\(work.rawValue).\(counter.rawValue)", "\(work.title): \(counter.title)", "/event",
                            threshold.map { .atMost($0) }), cost)
                }
            }
        }
    }

    private func costs(
        _ work: CostWork, _ tool: CostTools.Tool, _ tools: CostTools, _ programme: ProgrammeFile
    ) throws -> [(CostCounter, Double)] {
        let amounts = amounts(work, tool)
        let few = try counts(work, tool, tools, programme, events: amounts.few)
        let many = try counts(work, tool, tools, programme, events: amounts.many)
        return tool.counters.map { counter in
            (counter, ((many[counter] ?? 0) - (few[counter] ?? 0)) / Double(amounts.many - amounts.few))
        }
    }

    /// What a daemon's whole life counts, with so many events.
    private func counts(
        _ work: CostWork, _ tool: CostTools.Tool, _ tools: CostTools, _ programme: ProgrammeFile, events: Int
    ) throws -> [CostCounter: Double] {
        let data = folder.data("costs")
        defer { try? WorkFolder.remove(data) }
        let batch = work == .single ? 1 : 1_000
        let requests = programme.requests(of: batch, limit: events / batch)
        try WorkFolder.remove(data)
        if work == .rebuild {
            try copyLog(of: requests, programme, to: data)
        }
        let daemon = try tools.start(tool, data: data)
        try daemon.untilReady()
        if work != .rebuild { _ = try post(programme, requests[...], clients: 1) }
        // Asked seldom: the questions count too.
        try daemon.until("at the head with views/", everyMilliseconds: 200) {
            $0.head == UInt64(events) && $0.stands("views", at: $0.head)
        }
        return try tools.counts(tool, try daemon.stop())
    }

    /// A ledger without folds, with the events of the requests: made once for all counters.
    private func copyLog(of requests: [ProgrammeFile.Request], _ programme: ProgrammeFile, to data: String) throws {
        let original = folder.data("costs-\(requests.count)")
        if access(original, F_OK) != 0 {
            let daemon = try startDaemon(original)
            _ = try post(programme, requests[...], clients: 1)
            try daemon.stop()
            try WorkFolder.remove(original + "/views")
            try WorkFolder.remove(original + "/index")
        }
        try WorkFolder.copy(original, to: data)
    }
}
