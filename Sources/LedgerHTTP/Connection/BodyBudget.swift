import Synchronization

/// The bytes of request bodies that are in memory, over all connections, and their bound.
final class BodyBudget: Sendable {
    private let used = Atomic<Int>(0)
    private let bytesMax: Atomic<Int>

    init(bytesMax: Int) {
        self.bytesMax = Atomic(bytesMax)
    }

    /// Another bound for what is taken from now on.
    func setBytesMax(_ bytes: Int) {
        bytesMax.store(bytes, ordering: .relaxed)
    }

    /// Takes the bytes if they fit.
    func reserve(_ bytes: Int) -> Bool {
        let after = used.add(bytes, ordering: .relaxed).newValue
        if after <= bytesMax.load(ordering: .relaxed) { return true }
        used.subtract(bytes, ordering: .relaxed)
        return false
    }

    func release(_ bytes: Int) {
        if bytes > 0 { used.subtract(bytes, ordering: .relaxed) }
    }
}
