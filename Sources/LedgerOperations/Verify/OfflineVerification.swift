package import LedgerEngine
import LedgerStore

/// Verifies a data directory or a backup that no daemon serves.
///
/// LMDB ends the process where the pages of its own tree are damaged, so a process of its own reads: see
/// `VerificationProcess`.
package struct OfflineVerification {
    let directory: String
    let workDirectory: String
    private let cores: Int

    /// What came out.
    package struct Outcome: Sendable, Equatable {
        package var result: VerificationResult
        /// The first of what was found, and how much that was.
        package var findings: [ReplayFinding]
        package var findingCount: Int
        /// Sentences about what is no finding.
        package var remarks: [String]
    }

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

    /// Verifies in this process.
    ///
    /// - Parameter tell: called with each message but that of the end, by the thread that called this.
    package func run(
        isCancelled: @escaping () -> Bool = { false }, tell: @escaping (VerificationMessage) -> Void = { _ in }
    ) throws(OperationFault) -> Outcome {
        let teller = Teller(tell, isCancelled)
        let progress = ReplayProgress(pace: .unlimited(cores: cores)) { teller.tell($0) }
        teller.progress = progress
        defer { teller.progress = nil }
        var remarks: [String] = []
        do {
            let result = try Verification.run(
                atRest: directory, workDirectory: workDirectory, progress: progress
            ) { sentence in
                remarks.append(sentence)
                tell(.remark(sentence))
            }
            let state = progress.now
            return Outcome(
                result: result, findings: state.findings, findingCount: state.findingCount, remarks: remarks)
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

/// Tells how far a replay is and what it finds.
///
/// `@unchecked Sendable`: the replay runs on the thread that made this, and calls it there.
private final class Teller: @unchecked Sendable {
    var progress: ReplayProgress?
    private let message: (VerificationMessage) -> Void
    private let isCancelled: () -> Bool
    private var told = 0
    private var last: VerificationMessage.Place?
    private var lastTime = ContinuousClock.now

    /// How often it tells how far it is within a phase.
    private static let pause = Duration.milliseconds(50)

    init(_ message: @escaping (VerificationMessage) -> Void, _ isCancelled: @escaping () -> Bool) {
        (self.message, self.isCancelled) = (message, isCancelled)
    }

    func tell(_ state: ReplayProgress.State) {
        for finding in state.findings.dropFirst(told) { message(.found(VerificationMessage.Finding(finding))) }
        told = state.findings.count
        let (place, now) = (VerificationMessage.Place(state), ContinuousClock.now)
        if place.isElsewhere(than: last) || now - lastTime >= Self.pause {
            message(.at(place))
            (last, lastTime) = (place, now)
        }
        if isCancelled(), !state.isCancelled { progress?.cancel() }
    }
}
