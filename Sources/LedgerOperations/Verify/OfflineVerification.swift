package import LedgerEngine
import LedgerStore

/// Verifies a data directory or a backup that no daemon serves.
package struct OfflineVerification {
    private let directory: String
    private let workDirectory: String
    private let cores: Int

    /// - Parameters:
    ///   - work: a directory in which a folder is made for what is folded; nil: it is made beside `directory`.
    ///   - cores: threads that fold at a time.
    package init(directory: String, work: String?, cores: Int) {
        var path = directory
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.directory = path
        workDirectory = work.map { "\($0)/verify.work" } ?? "\(path).verify"
        self.cores = cores
    }

    /// - Returns: what it says, and what was found.
    package func run(
        watch: OperationWatch
    ) throws(OperationFault) -> (result: VerificationResult, state: ReplayProgress.State) {
        let holder = Holder(watch)
        let progress = ReplayProgress(pace: .unlimited(cores: cores)) { _ in holder.changed() }
        holder.progress = progress
        defer { holder.progress = nil }
        do {
            let result = try Verification.run(atRest: directory, workDirectory: workDirectory, progress: progress)
            return (result, progress.now)
        } catch ReplayFault.cancelled {
            throw .cancelled("Nothing of \(directory) was changed.")
        } catch let error as StoreError {
            if case .inUse = error {
                throw OperationFault(error).adding("Its daemon verifies while it serves: campaignctl replay verify.")
            }
            throw OperationFault(error)
        } catch {
            throw .failed("\(error)")
        }
    }
}

/// Tells the watch how far a replay is.
///
/// `@unchecked Sendable`: the replay runs on the thread that made this, and calls it there.
private final class Holder: @unchecked Sendable {
    var progress: ReplayProgress?
    private let watch: OperationWatch

    init(_ watch: OperationWatch) {
        self.watch = watch
    }

    func changed() {
        guard let progress else { return }
        let now = progress.now
        let step: OperationStep =
            switch now.phase {
            case .records: .check
            case .compare: .compare
            default: .fold
            }
        watch.report(OperationState(step, done: now.done, total: now.total, events: now.done))
        if watch.isCancelled(), !now.isCancelled { progress.cancel() }
    }
}
