import Logging

/// The thread of the replays.
extension ReplayCenter {
    /// Runs jobs until the center is closed.
    func run(_ ledger: Ledger) {
        while let (job, progress) = next() {
            if job.isCalledOff {
                end(job, .failure(ReplayFault.cancelled), progress, ledger)
                continue
            }
            log("a replay begins", job)
            do {
                try notes.write(job)
                end(job, .success(try work(job.request).run(ledger, progress, job: job)), progress, ledger)
            } catch {
                end(job, .failure(error), progress, ledger)
            }
        }
    }

    /// Waits for a job and takes it; nil when the center is closed.
    private func next() -> (job: ReplayJob, progress: ReplayProgress)? {
        let now = { [clock] in clock.now() }
        let taken = state.wait { [self] state -> (job: ReplayJob, progress: ReplayProgress)?? in
            if state.isClosed { return .some(nil) }
            guard !state.isRemoving,
                var job = state.jobs.values.filter({ $0.state == .waiting }).min(by: { $0.number < $1.number })
            else { return nil }
            job.state = .running
            job.started = now()
            let progress = meteredProgress(job)
            state.jobs[job.number] = job
            state.running = (job.number, progress)
            return (job, progress)
        }
        return taken ?? nil
    }

    /// The progress of an attempt, which the rate follows.
    private func meteredProgress(_ job: ReplayJob) -> ReplayProgress {
        rate.withLock { $0 = ReplayRate() }
        return ReplayProgress(pace: job.request.pace) { [rate] state in
            rate.withLock { $0.note(state, at: monotonicNanoseconds()) }
        }
    }

    private func end(
        _ job: ReplayJob, _ outcome: Result<ReplayResult, any Error>, _ progress: ReplayProgress, _ ledger: Ledger
    ) {
        let reached = progress.now
        let isCalledOff = state.withLock { $0.jobs[job.number]?.isCalledOff ?? false }
        var ended = job
        ended.progress = reached
        ended.progress.isCancelled = isCalledOff
        switch outcome {
        case .success(let result):
            ended.state = .succeeded
            ended.result = result
        case .failure(ReplayFault.cancelled) where isCalledOff:
            ended.state = .cancelled
        case .failure(ReplayFault.cancelled) where reached.isCancelled:
            // Its file says that it runs, and so the next start tries it again.
            return state.withLock { $0.running = nil }
        case .failure(let error):
            ended.state = .failed
            ended.error = "\(error)"
        }
        ended.ended = clock.now()
        if ended.state != .succeeded {
            work(job.request).discard(ledger, job: ended)
            removeChanges(of: job.number)
        }
        note(ended)
    }

    private func removeChanges(of number: UInt64) {
        do { try notes.removeChanges(number) } catch {
            logger.warning("a replay's file was not deleted", metadata: ["replay": "\(number)", "error": "\(error)"])
        }
    }

    /// Notes how a job ended and lets the next one begin.
    private func note(_ ended: ReplayJob) {
        state.notify { state -> Void in
            state.jobs[ended.number] = ended
            state.running = nil
            do { try notes.write(ended) } catch {
                logger.error(
                    "how a replay ended was not noted: it is tried again after the next start",
                    metadata: ["replay": "\(ended.number)", "error": "\(error)"])
            }
            drop(&state)
        }
        log("a replay ended", ended)
    }

    /// Removes the oldest ended jobs of which there are too many. One that keeps what it replaced goes without that.
    private func drop(_ state: inout State) {
        let ended = state.jobs.values.filter(\.state.isEnded).map(\.number).sorted()
        for number in ended.dropLast(Self.endedMax) {
            do { try notes.remove(number) } catch {
                logger.warning("a replay was not removed", metadata: ["replay": "\(number)", "error": "\(error)"])
            }
            state.jobs[number] = nil
        }
    }
}
