import CampaignDomain
import EventLog
import LedgerAPI
import LedgerEngine

extension ReplayBody {
    init(_ job: ReplayJob) {
        self.init(
            id: String(job.number), kind: job.request.kind.rawValue, state: job.state.rawValue,
            createdAt: job.created.rfc3339, cores: job.request.pace.cores, sharePercent: job.request.pace.sharePercent)
        phase = job.phase?.rawValue
        startedAt = job.started?.rfc3339
        endedAt = job.ended?.rfc3339
        attempt = job.attempt
        position = job.progress.position.rawValue
        (done, total) = (job.progress.done, job.progress.total)
        (eventsPerSecond, secondsLeft) = (job.stepsPerSecond, job.secondsLeft)
        findings = job.progress.findingCount
        error = job.error
        keepsPrevious = job.keepsPrevious
        switch job.result {
        case .verify(let result): verify = VerifyBody(result)
        case .rebuild(let result):
            rebuild = RebuildBody(
                position: result.position.rawValue, rows: result.rows, sha256: result.sha256,
                differences: result.differences)
        case .whatif(let result):
            whatif = WhatIfBody(
                position: result.position.rawValue, at: result.at.rfc3339, influencers: result.influencers,
                changed: result.changed, policies: result.policies.map { "\($0)" })
        case nil: break
        }
    }
}

extension VerifyBody {
    fileprivate init(_ result: VerificationResult) {
        self.init(
            position: result.position.rawValue, sound: result.isSound, records: result.records,
            recordsSha256: result.recordsSHA256,
            readModels: result.readModels.map { model in
                VerifiedReadModel(
                    name: model.name, position: model.position.rawValue, rows: model.rows, sha256: model.sha256,
                    expectedSha256: model.expectedSHA256)
            })
    }
}

extension FindingBody {
    init(_ finding: ReplayFinding) {
        self.init(
            place: finding.place.rawValue, kind: finding.kind.rawValue, position: finding.position?.rawValue,
            subject: finding.subject, text: finding.text)
    }
}
