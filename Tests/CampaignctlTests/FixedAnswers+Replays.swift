import LedgerAPI

extension FixedAnswers {
    private static let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

    static var runningReplay: ReplayBody {
        var replay = ReplayBody(
            id: "12", kind: "rebuild", state: "running", createdAt: "2026-06-30T12:00:00Z", cores: 2, sharePercent: 50)
        replay.startedAt = "2026-06-30T12:00:01Z"
        replay.attempt = 2
        replay.phase = "fold"
        (replay.done, replay.total, replay.position) = (4_500_000, 10_000_000, 1_234_567)
        (replay.eventsPerSecond, replay.secondsLeft, replay.findings) = (123_456, 45, 3)
        return replay
    }

    static var verifiedReplay: ReplayBody {
        var replay = ReplayBody(
            id: "11", kind: "verify", state: "succeeded", createdAt: "2026-06-30T11:00:00Z", cores: 1,
            sharePercent: 50)
        replay.startedAt = "2026-06-30T11:00:01Z"
        replay.endedAt = "2026-06-30T11:10:00Z"
        replay.findings = 2
        let other = String(digest.reversed())
        replay.verify = VerifyBody(
            position: 1_234_567, sound: false, records: 1_234_567, recordsSha256: digest,
            readModels: [
                VerifiedReadModel(
                    name: "views", position: 1_234_567, rows: 54_321, sha256: digest, expectedSha256: other),
                VerifiedReadModel(
                    name: "index", position: 1_234_567, rows: 2_469_134, sha256: digest, expectedSha256: digest),
            ])
        return replay
    }

    static var failedReplay: ReplayBody {
        var replay = ReplayBody(
            id: "10", kind: "goBack", state: "failed", createdAt: "2026-06-30T10:00:00Z", cores: 1, sharePercent: 50)
        replay.startedAt = "2026-06-30T10:00:01Z"
        replay.endedAt = "2026-06-30T10:00:02Z"
        replay.position = 1_234_567
        replay.error = "there are no read models to go back to: none were replaced, or what was has been removed"
        return replay
    }

    static let findings = [
        FindingBody(
            place: "views", kind: "different", position: nil, subject: "influencer/ada\u{1B}[2J",
            text: "byte 7 of its row is another than the log says"),
        FindingBody(
            place: "log", kind: "damaged", position: 1_234_567, subject: nil,
            text: "the record's checksum is not that of its bytes"),
    ]
}
