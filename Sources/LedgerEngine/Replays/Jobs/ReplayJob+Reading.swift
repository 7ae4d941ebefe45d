import CampaignDomain
import EventLog

extension ReplayJob {
    /// Reads a job's file.
    ///
    /// - Parameter number: the number in the file's name.
    init(note: [UInt8], number: UInt64) throws(NoteFault) {
        guard note.count <= Self.noteBytesMax else { throw NoteFault("it has more than \(Self.noteBytesMax) bytes") }
        let lines = try NoteLines(String(decoding: note, as: UTF8.self))
        let format: Int = try lines.one("format").number()
        guard format == Self.noteFormat else {
            throw NoteFault("its format is \(format), this program knows \(Self.noteFormat)")
        }
        guard try lines.one("number").number() == number else { throw NoteFault("it is the file of another job") }
        self.init(number: number, request: try Self.request(lines), created: try lines.one("created").instant())
        state = try lines.one("state").word()
        attempt = try lines.one("attempt").number()
        started = try lines.optional("started")?.instant()
        ended = try lines.optional("ended")?.instant()
        error = try lines.optional("error")?.text()
        progress = try Self.progress(lines)
        result = try Self.result(lines)
        guard state.isEnded == (ended != nil), attempt >= 1, (result != nil) == (state == .succeeded) else {
            throw NoteFault("what it says of its end is in conflict with its state")
        }
    }

    private static func request(_ lines: NoteLines) throws(NoteFault) -> ReplayRequest {
        let bytes = try lines.optional("diskBytesPerSecond")?.number() as Int?
        let pace = ReplayPace(
            cores: try lines.one("cores").number(), sharePercent: try lines.one("sharePercent").number(),
            diskBytesPerSecond: bytes)
        let kind: ReplayKind = try lines.one("kind").word()
        var policies: [WhatIfQuestion.Replacement] = []
        for fields in lines.all("policy") {
            var parameters: [Int64] = []
            for index in fields.fields.indices.dropFirst() { parameters.append(try fields.number(index)) }
            policies.append(.init(try fields.policyKind(0), parameters))
        }
        guard kind == .whatif else { return ReplayRequest(kind, pace: pace) }
        let question = WhatIfQuestion(
            policies: policies, position: try lines.optional("policiesPosition")?.position(),
            at: try lines.optional("policiesAt")?.instant())
        return ReplayRequest(kind, pace: pace, whatIf: question)
    }

    private static func progress(_ lines: NoteLines) throws(NoteFault) -> ReplayProgress.State {
        let fields = try lines.one("progress")
        var progress = ReplayProgress.State()
        progress.phase = try fields.word(0)
        progress.done = try fields.number(1)
        progress.total = try fields.number(2)
        progress.position = try fields.position(3)
        progress.isCancelled = try lines.one("calledOff").flag()
        progress.findingCount = try lines.one("findings").number()
        for fields in lines.all("finding") {
            let position = try fields.text(2)
            let subject = try fields.text(3)
            progress.findings.append(
                ReplayFinding(
                    try fields.word(0), try fields.word(1), position: position.isEmpty ? nil : try fields.position(2),
                    subject: subject.isEmpty ? nil : subject, try fields.text(4)))
        }
        return progress
    }

    private static func result(_ lines: NoteLines) throws(NoteFault) -> ReplayResult? {
        if let fields = try lines.optional("verify") {
            var models: [VerificationResult.ReadModel] = []
            for model in lines.all("readModel") {
                models.append(
                    .init(
                        name: try model.text(0), position: try model.position(1), rows: try model.number(2),
                        sha256: try model.text(3), expectedSHA256: try model.text(4)))
            }
            return .verify(
                VerificationResult(
                    position: try fields.position(1), isSound: try fields.flag(0), records: try fields.number(2),
                    recordsSHA256: try fields.text(3), readModels: models))
        }
        if let fields = try lines.optional("rebuild") {
            return .rebuild(
                RebuildResult(
                    position: try fields.position(0), rows: try fields.number(1), sha256: try fields.text(3),
                    differences: try fields.number(2)))
        }
        guard let fields = try lines.optional("whatif") else { return nil }
        var kinds: [PolicyKind] = []
        for index in fields.fields.indices.dropFirst(4) { kinds.append(try fields.policyKind(index)) }
        return .whatif(
            WhatIfResult(
                position: try fields.position(0), at: try fields.instant(3), influencers: try fields.number(1),
                changed: try fields.number(2), policies: kinds))
    }
}
