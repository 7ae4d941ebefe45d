import LedgerOperations

/// Runs work on directories: shows how far it is, ends it at Ctrl-C, and turns its end into an exit status.
struct OperationRun {
    let console: Console
    let isQuiet: Bool

    func run<Result>(_ work: (OperationWatch) throws -> Result) throws -> Result {
        let display = OperationDisplay(console: console, isQuiet: isQuiet)
        defer { display.finish() }
        let watch = OperationWatch(report: { display.show($0) }, isCancelled: { Task.isCancelled })
        do {
            return try work(watch)
        } catch let error as OperationFault {
            display.finish()
            switch error {
            case .failed(let text): throw CommandFailure(.refused, text)
            case .cancelled(let text):
                console.note("Interrupted. \(text)\n")
                throw CancellationError()
            }
        }
    }
}

/// The progress of an operation: a bar for each of its steps. Used by one thread.
private final class OperationDisplay {
    private let console: Console
    private let isQuiet: Bool
    private var step: OperationStep?
    private var progress: Progress?

    init(console: Console, isQuiet: Bool) {
        self.console = console
        self.isQuiet = isQuiet
    }

    func show(_ state: OperationState) {
        if state.step != step {
            finish()
            step = state.step
            progress = Progress(
                total: state.total.map { Int(clamping: $0) }, console: console, isQuiet: isQuiet,
                unit: state.step == .copy ? "MiB" : "events")
        }
        let events = state.step == .copy ? state.done >> 20 : state.events
        progress?.update(done: Int(clamping: state.done), events: Int(clamping: events))
    }

    func finish() {
        progress?.finish()
        progress = nil
        step = nil
    }
}
