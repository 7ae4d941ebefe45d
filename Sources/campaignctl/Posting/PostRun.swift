import LedgerAPI
import LedgerClient

/// Posts an input batch by batch.
struct PostRun: Sendable {
    let session: Session
    /// The input's name, for its faults.
    let name: String
    let validateOnly: Bool
    /// Batches that are on their way at the same time. With more than one the ledger may record them in another order.
    let inFlightMax: Int
    /// The input's size in bytes; nil if nobody knows.
    let inputBytes: Int?
    var retry = RetryPolicy()
    var isQuiet = false

    /// Posts everything, or up to the first refused batch; a check of validity goes on to the end.
    func run(_ input: BatchSource) async throws {
        var input = input
        var totals = PostTotals()
        var progress = Progress(total: inputBytes, console: session.console, isQuiet: isQuiet)
        do {
            try await postAll(&input, &totals, &progress)
            progress.finish()
        } catch {
            progress.finish()
            session.console.note(stopped(totals))
            let advice =
                validateOnly
                ? "A check records nothing: run it again."
                : "What was sent may have been recorded, and posting it again is safe."
            throw CommandFailure(error, advice: advice) ?? error
        }
        if session.json {
            try session.console.write(PostSummaryText.json(totals, validateOnly: validateOnly))
        } else {
            try session.console.write(
                PostSummaryText.render(
                    totals, validateOnly: validateOnly, milliseconds: progress.elapsedMilliseconds,
                    session.console.outputStyle))
        }
        if totals.refused > 0 {
            throw CommandFailure(.refused, refusal(totals))
        }
    }

    private func postAll(
        _ input: inout BatchSource, _ totals: inout PostTotals, _ progress: inout Progress
    ) async throws {
        try await withThrowingTaskGroup(of: PostOutcome.self) { group in
            var inFlight = 0
            var stops = false
            while !stops, let batch = try await input.next() {
                try Task.checkCancellation()
                let wasConnected = totals.batches > 0
                group.addTask { try await send(batch, wasConnected: wasConnected) }
                inFlight += 1
                // Before the input is read on: it may be silent for long, and a refusal is not to wait for it.
                if inFlight == inFlightMax, let outcome = try await group.next() {
                    inFlight -= 1
                    stops = absorb(outcome, &totals, &progress)
                }
            }
            while let outcome = try await group.next() {
                _ = absorb(outcome, &totals, &progress)
            }
        }
    }

    /// Adds an outcome to the sums.
    /// - Returns: whether nothing more is to be sent.
    private func absorb(_ outcome: PostOutcome, _ totals: inout PostTotals, _ progress: inout Progress) -> Bool {
        totals.add(outcome)
        guard case .refused(let problem) = outcome.result else {
            progress.update(done: totals.inputBytes, events: totals.events)
            return false
        }
        progress.finish()
        session.console.note(
            ProblemText.faults(problem, lines: outcome.batch.lines, name: name, session.console.errorStyle))
        return !validateOnly
    }

    private func send(_ batch: PostBatch, wasConnected: Bool) async throws -> PostOutcome {
        var path = RequestPath("v1", "events")
        path.add("validateOnly", validateOnly ? "true" : nil)
        var attempt = 1
        while true {
            do {
                let answer = try await session.client.post(
                    path.text, contentType: MediaType.ndjson, body: batch.body)
                return PostOutcome(
                    batch: batch, result: .accepted(try answer.decode(AppendAnswer.self)), retries: attempt - 1)
            } catch {
                guard
                    let delay = retry.delay(
                        after: error, attempt: attempt, wasConnected: wasConnected || attempt > 1)
                else {
                    guard case .problem(let problem, _) = error, (400..<429).contains(problem.status) else {
                        throw error
                    }
                    return PostOutcome(batch: batch, result: .refused(problem), retries: attempt - 1)
                }
                try await Task.sleep(for: .milliseconds(delay))
                attempt += 1
            }
        }
    }

    // MARK: Last words

    private func stopped(_ totals: PostTotals) -> String {
        guard totals.batches > 0 else { return "" }
        return "Stopped after \(Figures.count(totals.events, "event")): \(Figures.grouped(totals.recorded)) recorded, "
            + "\(Figures.count(totals.repeats, "repeat")). Post the same input again to go on: what was recorded is "
            + "then a repeat.\n"
    }

    private func refusal(_ totals: PostTotals) -> String {
        if validateOnly {
            return "\(Figures.count(totals.refused, "event")) stand in batches with faults. Mend the lines named above."
        }
        return "A batch is accepted whole or refused whole: nothing of \(Figures.count(totals.refused, "event")) was "
            + "recorded, and what comes after it was not sent. Mend the lines named above and post the same input "
            + "again: what was recorded is then a repeat."
    }
}
