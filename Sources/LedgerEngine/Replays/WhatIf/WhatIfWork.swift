package import CampaignDomain
import EventLog
import Glibc
import LedgerStore
import Logging

/// What everyone would be under other policies: nothing is folded, since read models hold facts, and what is concluded of
/// them is worked out when it is asked. So it is a question asked of everyone twice, and nothing of the ledger changes.
package struct WhatIfWork: ReplayWork {
    package init() {}

    package func run(_ ledger: Ledger, _ progress: ReplayProgress, job: ReplayJob) throws -> ReplayResult {
        guard let question = job.request.whatIf else {
            throw ReplayFault.failed("a whatif needs policies: start it with one kind at least")
        }
        let reading = try Self.reading(of: question, ledger, progress)
        let evaluation = WhatIfEvaluation(
            reading, under: question.policies, progress: progress,
            rows: try OrderedRowsWriter(path: ledger.changesPath(of: job)))
        return .whatif(try evaluation.run())
    }

    package func discard(_ ledger: Ledger, job: ReplayJob) {
        do {
            try OrderedRows.remove(path: ledger.changesPath(of: job))
        } catch {
            ledger.logger.warning("a whatif's changes could not be deleted", metadata: ["error": "\(error)"])
        }
    }

    private static let waitMicroseconds: useconds_t = 10_000

    /// Fixes position, `at` and directory; waits until the read models stand there.
    private static func reading(
        of question: WhatIfQuestion, _ ledger: Ledger, _ progress: ReplayProgress
    ) throws -> Reading {
        let query = Query(at: question.at, position: question.position)
        let deadline =
            monotonicNanoseconds() + UInt64(ledger.configuration.minPositionTimeoutSeconds) * 1_000_000_000
        while true {
            if let position = query.position, case let head = ledger.log.head, position > head {
                throw ReplayFault.failed(
                    "position \(position.rawValue) is beyond the log's head \(head.rawValue): name one up to it")
            }
            if let reading = try ledger.readingAtOnce(query) { return reading }
            try progress.rest(worked: 0)
            guard monotonicNanoseconds() < deadline else {
                throw ReplayFault.failed(
                    "the read models stand at \(ledger.projection.position.rawValue), before the position asked for: "
                        + "start it again when they have caught up")
            }
            usleep(waitMicroseconds)
        }
    }
}

/// An influencer of whom something would change.
package struct WhatIfChange: Sendable, Equatable {
    package var influencerID: String
    package var change: InfluencerChange
}

extension Ledger {
    /// A page of a whatif's changes, the greatest first; `next` is the rank to go on from.
    ///
    /// - Parameters:
    ///   - rank: from 0: how many come before.
    ///   - limit: at least 1.
    /// - Throws: `ReplayRefusal.notEnded` of a job that has no changes (yet), `.storage` if they cannot be read.
    package func changes(
        of job: ReplayJob, from rank: Int, limit: Int
    ) throws(ReplayRefusal) -> Page<WhatIfChange> {
        guard job.state == .succeeded, case .whatif = job.result else { throw .notEnded(job.number) }
        do throws(StoreError) {
            let file = try OrderedRows(path: changesPath(of: job))
            let rows = try file.rows(from: rank, limit: limit)
            let end = rank + rows.count
            return Page(
                items: rows.map { WhatIfChange(stored: $0) }, next: end < file.count && !rows.isEmpty ? "\(end)" : nil)
        } catch {
            throw .storage("\(error)")
        }
    }

    /// Where the rows of a whatif's changes are.
    fileprivate func changesPath(of job: ReplayJob) -> String {
        "\(configuration.dataDirectory)/\(job.changesName)"
    }
}
