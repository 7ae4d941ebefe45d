import LedgerAPI

/// Holds an influencer's history of trust against single answers.
struct HistoryCheck {
    let client: HTTPClient
    /// `position` and what else the questions have in common, each with an ampersand before it.
    let query: String

    /// Samples and changes from one instant to another; so many instants of each are asked for singly.
    /// - Returns: how many points there were.
    func check(_ id: String, from: String, to: String, asked: Int, random: inout Random) throws -> Int {
        let span = "from=\(from)&to=\(to)"
        let samples = try points(id, "\(span)&step=\(random.within(1...40))h", pagesMax: 2)
        for _ in 0..<min(asked, samples.count) {
            let point = random.pick(samples)
            try require(point["trust"] == single(id, at: point["at"]?.string ?? ""), "\(id): \(point) is not so")
        }
        let changes = try points(id, "\(span)&changes=true", pagesMax: 3)
        try require(
            zip(changes, changes.dropFirst()).allSatisfy { $0["trust"] != $1["trust"] }, "\(id): a change is none")
        // Between the changes nothing changes: each sample up to the last of them says what the change before it does.
        for sample in samples {
            let at = Self.instant(sample)
            guard at <= changes.last.map(Self.instant) ?? "" else { break }
            let change = changes.last { Self.instant($0) <= at }
            try require(change?["trust"] == sample["trust"], "\(id): at \(at) it is not as the changes say")
        }
        for _ in 0..<min(asked, changes.count) {
            let point = random.pick(changes)
            try require(point["trust"] == single(id, at: point["at"]?.string ?? ""), "\(id): \(point) is not so")
        }
        return samples.count + changes.count
    }

    private func single(_ id: String, at: String) throws -> JSONValue? {
        try client.json("/v1/influencers/\(id)/trust?at=\(at)\(query)")["trust"]
    }

    /// A point's instant as a text that sorts as instants do: always with a fraction.
    private static func instant(_ point: JSONValue) -> String {
        let text = point["at"]?.string ?? ""
        return text.contains(".") ? text : text.replacing("Z", with: ".000000Z")
    }

    private func points(_ id: String, _ span: String, pagesMax: Int) throws -> [JSONValue] {
        var points: [JSONValue] = []
        var cursor: String?
        for _ in 0..<pagesMax {
            let page = try client.json(
                "/v1/influencers/\(id)/trust/history?\(span)&limit=200\(query)" + (cursor.map { "&cursor=\($0)" } ?? "")
            )
            points += page["items"]?.items ?? []
            cursor = page["next"]?.string
            if cursor == nil { break }
        }
        let instants = points.map(Self.instant)
        try require(instants == instants.sorted() && Set(instants).count == points.count, "\(id): points do not ascend")
        return points
    }
}
