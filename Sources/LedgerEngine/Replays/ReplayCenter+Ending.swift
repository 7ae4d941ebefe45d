/// Calling jobs off, and removing them.
extension ReplayCenter {
    /// What `callOffOrRemove` did.
    package enum Ending: Sendable, Equatable {
        /// It ends at its next pause, or has ended if it waited.
        case calledOff(ReplayJob)
        /// It is gone, with what it kept.
        case removed(ReplayJob)
    }

    /// Calls a job off that waits or runs; removes one that has ended, with what it keeps.
    package func callOffOrRemove(_ number: UInt64, _ ledger: Ledger) throws(ReplayRefusal) -> Ending {
        guard let found = job(number) else { throw .notFound(number) }
        return found.state.isEnded ? .removed(try remove(found, ledger)) : .calledOff(try callOff(number))
    }

    private func callOff(_ number: UInt64) throws(ReplayRefusal) -> ReplayJob {
        let outcome = state.notify { state -> Result<ReplayProgress?, ReplayRefusal> in
            guard !state.isClosed else { return .failure(.closed) }
            guard var job = state.jobs[number] else { return .failure(.notFound(number)) }
            guard !job.state.isEnded else { return .success(nil) }
            job.progress.isCancelled = true
            // What an earlier attempt left behind has to be given up by the thread of the replays.
            if job.state == .waiting, job.attempt == 1 {
                job.state = .cancelled
                job.ended = clock.now()
            }
            let running = state.running?.number == number ? state.running?.progress : nil
            do { try notes.write(job) } catch {
                // What runs may be what fills the disk.
                guard running != nil else { return .failure(.storage("\(error)")) }
            }
            state.jobs[number] = job
            return .success(running)
        }
        try outcome.get()?.cancel()
        guard let job = job(number) else { throw .notFound(number) }
        log("a replay was called off", job)
        return job
    }

    private func remove(_ job: ReplayJob, _ ledger: Ledger) throws(ReplayRefusal) -> ReplayJob {
        let refusal = state.withLock { state -> ReplayRefusal? in
            guard !state.isClosed else { return .closed }
            guard state.jobs[job.number] != nil else { return .notFound(job.number) }
            guard job.keepsPrevious else { return nil }
            if state.isRemoving { return .previousInUse(by: job.number) }
            if let running = state.running, let kind = state.jobs[running.number]?.request.kind,
                kind == .rebuild || kind == .goBack
            {
                return .previousInUse(by: running.number)
            }
            state.isRemoving = true
            return nil
        }
        if let refusal { throw refusal }
        let outcome: Result<Void, ReplayRefusal>
        do {
            if job.keepsPrevious { try work(job.request).removeKept(ledger, job: job) }
            try notes.remove(job.number)
            outcome = .success(())
        } catch { outcome = .failure(.storage("\(error)")) }
        state.notify { state -> Void in
            if job.keepsPrevious { state.isRemoving = false }
            if case .success = outcome { state.jobs[job.number] = nil }
        }
        try outcome.get()
        log("a replay was removed", job)
        var removed = job
        removed.keepsPrevious = false
        return removed
    }
}
