import Testing

@testable import LedgerBenchmarks

@Suite struct FigureTests {
    @Test("A median of an even number of rounds lies between the middle two")
    func median() {
        var figure = Figure(Quantity("a", "a", "s"), 4)
        #expect(figure.median == 4)
        figure.add(1)
        #expect(figure.median == 2.5)
        figure.add(100)
        #expect(figure.median == 4 && figure.least == 1 && figure.most == 100)
    }

    @Test("A mark tells the goal from what has to hold, in both directions")
    func marks() {
        let least = Mark.atLeast(1.5, goal: 2)
        #expect(least.verdict(on: 2) == .goal && least.verdict(on: 1.5) == .holds && least.verdict(on: 1.49) == .missed)
        let most = Mark.atMost(1, goal: 0.3)
        #expect(most.verdict(on: 0.3) == .goal && most.verdict(on: 1) == .holds && most.verdict(on: 1.01) == .missed)
        #expect(Mark.atLeast(nil, goal: 2).verdict(on: 1.9) == .belowGoal)
        #expect(Mark.atMost(1).verdict(on: 0.1) == .holds)
    }

    @Test("The rate of a window counts from the events before it")
    func windows() {
        var windows = RateWindows()
        let second: UInt64 = 1_000_000_000
        for (at, events) in [(1, 100), (2, 100), (4, 100), (5, 100)] as [(UInt64, Int)] {
            windows.note(at * second, events: events)
        }
        #expect(windows.rate(at: 200, window: 200) == 200.0 / 3)
        #expect(windows.rate(at: 150, window: 100) == 100)
        #expect(windows.lastRate(events: 100) == 100)
        #expect(windows.lastRate(events: 200) == 200.0 / 3)
        #expect(windows.rate(at: 1_000, window: 100) == 0)
    }

    @Test(
        "Numbers are short and keep what matters",
        arguments: [
            (0.0216, "0.022"), (1.5, "1.50"), (99.9, "99.9"), (1_234.5, "1,235"), (1_000_000, "1,000,000"),
            (0, "0.000"),
        ])
    func numbers(value: Double, text: String) {
        #expect(Text.number(value) == text)
    }

    @Test("A cost above its threshold is missed, and a counter without a threshold is an error")
    func thresholds() throws {
        let thresholds = CostThresholds(["append": ["allocations": 2]])
        let threshold = try thresholds.threshold(.append, .allocations)
        #expect(Mark.atMost(threshold).verdict(on: 2.1) == .missed)
        #expect(throws: BenchmarkFault.self) { try thresholds.threshold(.append, .instructions) }
        #expect(throws: BenchmarkFault.self) { try thresholds.threshold(.rebuild, .allocations) }
    }
}
