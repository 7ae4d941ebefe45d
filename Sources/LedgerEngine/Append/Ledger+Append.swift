package import CampaignCoding
import CampaignDomain

extension Ledger {
    /// Records the events of a request, or none.
    ///
    /// Checks what can be checked without the log on the caller's thread; `body` is not kept. The completion is called
    /// exactly once: at once if the request cannot be taken, else on the writer's thread after its commit.
    /// - Parameters:
    ///   - body: with `CodingLimits.paddingSizeBytes` readable bytes behind it.
    ///   - validateOnly: decide, and record nothing.
    package func append(
        _ body: UnsafeRawBufferPointer, format: RequestFormat, poster: Poster, validateOnly: Bool,
        completion: @escaping @Sendable (Result<AppendReceipt, AppendRefusal>) -> Void
    ) {
        let batch = admissions.withAdmission {
            $0.admit(body: body, format: format, now: clock.now(), poster: poster)
        }
        enqueue(batch, validateOnly: validateOnly, completion: completion)
    }

    /// The same for one event in CloudEvents' binary content mode.
    ///
    /// - Parameters:
    ///   - attributes: names in lower case without `ce-`, values percent-decoded; `datacontenttype` is the Content-Type.
    ///   - data: padded as `body` above.
    package func appendBinary(
        attributes: [(name: String, value: String)], data: UnsafeRawBufferPointer, poster: Poster, validateOnly: Bool,
        completion: @escaping @Sendable (Result<AppendReceipt, AppendRefusal>) -> Void
    ) {
        let batch = admissions.withAdmission {
            $0.admitBinary(attributes: attributes, data: data, now: clock.now(), poster: poster)
        }
        enqueue(batch, validateOnly: validateOnly, completion: completion)
    }

    private func enqueue(
        _ batch: AdmittedBatch, validateOnly: Bool,
        completion: @escaping @Sendable (Result<AppendReceipt, AppendRefusal>) -> Void
    ) {
        if batch.events.isEmpty {
            // Nothing that could be looked up: the faults are all there is to say.
            completion(.failure(.faults(batch.reportedFaults, total: batch.faults.count + batch.deferredFaults.count)))
            return
        }
        let request = AppendRequest(batch: batch, validateOnly: validateOnly, completion: completion)
        if let refusal = queue.put(request) { completion(.failure(refusal)) }
    }
}

extension AdmittedBatch {
    /// Memory that it holds: records, facts, and what is known of each event.
    var byteCount: Int {
        recordsCapacity + facts.count + events.count * MemoryLayout<AdmittedEvent>.stride
    }
}
