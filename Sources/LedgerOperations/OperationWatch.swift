/// What an operation is busy with.
package enum OperationStep: String, Sendable {
    /// Copies the log; counted in bytes.
    case copy
    /// Adds records to a backup; counted in events.
    case add
    /// Reads every record and checks it; counted in events.
    case check
    /// Folds the log beside what is verified; counted in events.
    case fold
    /// Compares what was folded; counted in rows.
    case compare
    /// Records the events of a file; counted in bytes of the file where its size is known, else in events.
    case `import`
}

/// How far an operation is.
package struct OperationState: Sendable, Equatable {
    package var step: OperationStep
    /// Of `total`, in the unit of the step.
    package var done: UInt64
    /// nil if nobody knows.
    package var total: UInt64?
    /// Records copied or read, where the step counts something else.
    package var events: UInt64

    package init(_ step: OperationStep, done: UInt64, total: UInt64?, events: UInt64 = 0) {
        self.step = step
        self.done = done
        self.total = total
        self.events = events
    }
}

/// How an operation tells how far it is, and is told to end.
package struct OperationWatch {
    /// Called every few milliseconds by the thread that called the operation.
    package let report: (OperationState) -> Void
    /// Asked as often.
    package let isCancelled: () -> Bool

    package init(report: @escaping (OperationState) -> Void = { _ in }, isCancelled: @escaping () -> Bool = { false }) {
        self.report = report
        self.isCancelled = isCancelled
    }

    /// Reports, and throws if the operation is to end.
    func pass(_ state: OperationState) throws(OperationFault) {
        report(state)
        if isCancelled() { throw .cancelled("") }
    }
}

/// Why an operation ended before its end: sentences that say what happened, what remains and what to do.
package enum OperationFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whoever started it called it off.
    case cancelled(String)
    /// It cannot be done.
    case failed(String)

    package var description: String {
        switch self {
        case .cancelled(let text), .failed(let text): text
        }
    }

    /// The same with one more sentence: what remains.
    func adding(_ sentence: String) -> OperationFault {
        func join(_ text: String) -> String { text.isEmpty ? sentence : "\(text) \(sentence)" }
        return switch self {
        case .cancelled(let text): .cancelled(join(text))
        case .failed(let text): .failed(join(text))
        }
    }
}
