import CampaignDomain
import Foundation
import LedgerEngine

/// A simulated programme that arrives late and out of order, with retractions of anything that can be retracted, further
/// policies, and a clock that lags behind some events and jumps over midnight.
struct RandomHistory {
    private var generator: SplitMix
    private var lines: [String]
    private var next = 0
    /// The member that names whose stream an event is of, by position from 1; nil: cannot be retracted.
    private var subjects: [String?] = []
    private var policies: Int64 = 0
    private var extras = 0

    init(seed: UInt64, events: Int, influencers: Int = 40) {
        generator = SplitMix(seed: seed)
        let ordered = TestProgramme.lines(seed: seed, events: events, influencers: influencers)
            .filter { !$0.contains("event.retracted") && !$0.contains("policy.published") }
        // Each comes up to some places late.
        var random = generator
        lines = ordered.enumerated().map { ($0.offset + Int(random.next() % 300), $0.element) }
            .sorted { $0.0 < $1.0 }.map(\.1)
        generator = random
    }

    var isAtEnd: Bool { next == lines.count }

    /// Sets the clock and gives the next request's lines.
    mutating func step(_ clock: TestClock) -> [String] {
        let count = min(Int(generator.next() % 250) + 1, lines.count - next)
        var batch = Array(lines[next..<next + count])
        next += count
        let newest = batch.map(Self.time).max() ?? clock.now()
        let behind = Int64(generator.next() % 20) * 3_600_000_000
        clock.set(max(clock.now(), Instant(microseconds: newest.microseconds - behind)))
        if generator.next() % 2 == 0 { batch.append(policy(clock.now())) }
        let retractions = (0..<Int(generator.next() % 6)).compactMap { _ in retraction() }
        for line in batch { subjects.append(line.contains("policy.published") ? nil : Self.subject(of: line)) }
        subjects += retractions.map { _ in nil }
        return batch + retractions
    }

    private static func subject(of line: String) -> String? {
        // An influencer's event may name a campaign beside the influencer.
        for name in ["influencerId", "campaignId"] {
            if let found = line.range(of: "\"\(name)\":\"[^\"]*\"", options: .regularExpression) {
                return String(line[found])
            }
        }
        return nil
    }

    private static func time(of line: String) -> Instant {
        guard let found = line.range(of: #""time":"[^"]*""#, options: .regularExpression) else { return .earliest }
        return TestClock.parse(String(line[found].dropFirst(8).dropLast()))
    }

    private mutating func retraction() -> String? {
        guard !subjects.isEmpty else { return nil }
        let index = Int(generator.next() % UInt64(subjects.count))
        guard let subject = subjects[index] else { return nil }
        extras += 1
        return Event.line(
            "extra-\(extras)", "event.retracted", time: "2025-06-01T00:00:00Z",
            "{\(subject),\"position\":\(index + 1),\"reason\":\"mistake\",\"actor\":\"ops\"}")
    }

    /// Two weights change places, from some days before to some after now on.
    private mutating func policy(_ now: Instant) -> String {
        policies += 1
        extras += 1
        var values = PolicyKind.trust.standardParameters
        values.swapAt(Int(generator.next() % 6), Int(generator.next() % 6))
        let from = now.adding(days: Int(generator.next() % 5) - 2)
        var groups: [(String, [String])] = []
        for (parameter, value) in zip(PolicyParameter.trust, values) {
            let member = "\"\(parameter.path.last ?? "")\":\(value)"
            let group = parameter.path.count > 1 ? parameter.path[0] : ""
            if let known = groups.firstIndex(where: { $0.0 == group }) {
                groups[known].1.append(member)
            } else {
                groups.append((group, [member]))
            }
        }
        let members = groups.flatMap { group, members in
            group.isEmpty ? members : ["\"\(group)\":{\(members.joined(separator: ","))}"]
        }
        return Event.line(
            "extra-\(extras)", "policy.published", time: "2025-06-01T00:00:00Z",
            "{\"kind\":\"trust\",\"version\":\(policies),\"effectiveFrom\":\"\(from.rfc3339)\",\"body\":{\(members.joined(separator: ","))}}"
        )
    }
}
