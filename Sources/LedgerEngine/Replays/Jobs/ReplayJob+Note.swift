import CampaignDomain
import EventLog

/// A job's file. It is written when the job is asked for, when an attempt begins, when it is called off and when it ends;
/// so of one that runs it does not say how far it is.
extension ReplayJob {
    static let noteFormat = 1
    /// The longest text of a finding or an error that is kept, in bytes.
    static let noteTextBytesMax = 1024
    /// More than the greatest file: `ReplayProgress.findingsMax` findings with everything in them escaped.
    static let noteBytesMax = 8 << 20

    var note: String {
        var lines: [(key: String, fields: [String])] = [
            ("format", ["\(Self.noteFormat)"]), ("number", ["\(number)"]), ("kind", [request.kind.rawValue]),
            ("cores", ["\(request.pace.cores)"]), ("sharePercent", ["\(request.pace.sharePercent)"]),
            ("created", ["\(created.microseconds)"]), ("state", [state.rawValue]), ("attempt", ["\(attempt)"]),
            ("calledOff", [isCalledOff ? "1" : "0"]),
            (
                "progress",
                [progress.phase.rawValue] + numbers(progress.done, progress.total, progress.position.rawValue)
            ),
            ("findings", ["\(progress.findingCount)"]),
        ]
        if let bytes = request.pace.diskBytesPerSecond { lines.append(("diskBytesPerSecond", ["\(bytes)"])) }
        if let started { lines.append(("started", ["\(started.microseconds)"])) }
        if let ended { lines.append(("ended", ["\(ended.microseconds)"])) }
        if let error { lines.append(("error", [Self.kept(error)])) }
        lines += questionLines + resultLines
        for finding in progress.findings { lines.append(("finding", Self.fields(finding))) }
        return NoteText.text(lines)
    }

    private func numbers(_ numbers: UInt64...) -> [String] { numbers.map { "\($0)" } }

    private var questionLines: [(key: String, fields: [String])] {
        guard let question = request.whatIf else { return [] }
        var lines: [(key: String, fields: [String])] = []
        for policy in question.policies {
            lines.append(("policy", ["\(policy.kind)"] + policy.parameters.map { "\($0)" }))
        }
        if let position = question.position { lines.append(("policiesPosition", numbers(position.rawValue))) }
        if let at = question.at { lines.append(("policiesAt", ["\(at.microseconds)"])) }
        return lines
    }

    private var resultLines: [(key: String, fields: [String])] {
        switch result {
        case nil: return []
        case .verify(let result):
            let first = [result.isSound ? "1" : "0"] + numbers(result.position.rawValue, result.records)
            return [("verify", first + [result.recordsSHA256])]
                + result.readModels.map { model in
                    let figures = numbers(model.position.rawValue, model.rows)
                    return ("readModel", [model.name] + figures + [model.sha256, model.expectedSHA256])
                }
        case .rebuild(let result):
            let figures = numbers(result.position.rawValue, result.rows, result.differences)
            return [("rebuild", figures + [result.sha256])]
        case .whatif(let result):
            let figures = numbers(result.position.rawValue, result.influencers, result.changed)
            return [("whatif", figures + ["\(result.at.microseconds)"] + result.policies.map { "\($0)" })]
        }
    }

    private static func fields(_ finding: ReplayFinding) -> [String] {
        [
            finding.place.rawValue, finding.kind.rawValue, finding.position.map { "\($0.rawValue)" } ?? "",
            kept(finding.subject ?? ""), kept(finding.text),
        ]
    }

    /// What is kept of a text: whole characters of its beginning.
    private static func kept(_ text: String) -> String {
        guard text.utf8.count > noteTextBytesMax else { return text }
        var end = text.startIndex
        while true {
            let next = text.index(after: end)
            if text.utf8.distance(from: text.startIndex, to: next) > noteTextBytesMax { return text[..<end] + "…" }
            end = next
        }
    }
}
