import Testing

@testable import LedgerEngine

@Suite struct FairLockTests {
    @Test("One at a time, however many ask", .timeLimit(.minutes(1)))
    func oneAtATime() {
        let lock = FairLock(0)
        let threads = (0..<6).map { number in
            WorkerThread(name: "counter-\(number)") {
                for _ in 0..<20_000 { lock.withLock { $0 += 1 } }
            }
        }
        for thread in threads { thread.join() }
        #expect(lock.withLock { $0 } == 120_000)
    }

    @Test(
        "It is given in the order in which it was asked for, also to those who went to sleep", .timeLimit(.minutes(1)))
    func inOrder() {
        let lock = FairLock<[Int]>([])
        var threads: [WorkerThread] = []
        lock.withLock { _ in
            for number in 0..<4 {
                threads.append(
                    WorkerThread(name: "asker-\(number)") { lock.withLock { $0.append(number) } })
                // Far longer than it takes to ask, and than anybody looks before going to sleep.
                _ = Monitor(()).wait(atMost: 50_000_000) { _ in Bool?.none }
            }
        }
        for thread in threads { thread.join() }
        #expect(lock.withLock { $0 } == [0, 1, 2, 3])
    }
}
