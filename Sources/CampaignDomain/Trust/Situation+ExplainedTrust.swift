extension Situation {
    /// Trust with its reasons. The events behind each part: `positions(of:in:after:limit:)`.
    public func explainedTrust() -> TrustExplanation {
        let answer = trust()
        let home = homeTopics() ?? []
        return TrustExplanation(
            answer: answer,
            components: zip(TrustComponent.allCases, view.trust.weights).map { component, weight in
                TrustComponentExplanation(
                    component: component, weight: weight, value: answer.components[component],
                    parts: parts(of: component))
            }, evidence: evidenceParts(), capping: answer.raw.rawValue - answer.beforeCaps.rawValue,
            authenticity: authenticitySample(), engagement: engagementSample(),
            homeTopics: home.map { evidence.topicNames.name($0) }, homeTopicsSource: homeTopicsSource)
    }

    var homeTopicsSource: TrustExplanation.HomeTopicsSource {
        if posts.count(where: { isHomePost($0) }) >= view.trust.homePosts { return .organicPosts }
        return evidence.registrations[evidence.registration] == nil ? .none : .registration
    }

    private func evidenceParts() -> [EvidencePart] {
        var counts = [Int128](repeating: 0, count: EvidenceKind.allCases.count)
        eachCounted { kind, units, _ in counts[kind.place] += Int128(units) }
        return EvidenceKind.allCases.map { EvidencePart(kind: $0, count: counts[$0.place]) }
    }

    private func parts(of component: TrustComponent) -> [TrustPartExplanation] {
        switch component {
        case .authenticity: return authenticityParts()
        case .engagementQuality: return engagementParts()
        case .responsiveness, .nicheFit, .reliability: return betaParts(of: component, unitsPerWhole: 1)
        case .disclosure: return betaParts(of: component, unitsPerWhole: 2)
        }
    }

    /// The pieces of evidence of a component that is a beta; none of the others.
    func eachPiece(of component: TrustComponent, _ body: (TrustEvidence) -> Void) {
        switch component {
        case .responsiveness: eachResponse(body)
        case .nicheFit: eachNicheFit(body)
        case .disclosure: eachDisclosure(body)
        case .reliability: eachDeliverable(body)
        case .authenticity, .engagementQuality: break
        }
    }

    private func betaParts(of component: TrustComponent, unitsPerWhole: Int) -> [TrustPartExplanation] {
        let order = TrustPart.parts(of: component)
        var counts = [Int128](repeating: 0, count: order.count)
        var sums = [Beta](repeating: Beta(unitsPerWhole: unitsPerWhole), count: order.count)
        sums[0].add(good: Int64(unitsPerWhole), bad: Int64(unitsPerWhole), weight: EvidenceWeights.unit)
        eachPiece(of: component) { piece in
            guard let place = order.firstIndex(of: piece.part) else { return }
            sums[place].add(good: piece.good, bad: piece.bad, weight: piece.weight)
            // Half units of disclosure are posts again: an ambiguous one is half good, half bad.
            counts[place] += Int128((piece.good + piece.bad) / Int64(unitsPerWhole))
        }
        let whole = sums.reduce(0) { $0 + $1.good + $1.bad }
        var good: UInt128 = 0
        return order.indices.map { place in
            let before = Int64(10_000 * good / whole)
            good += sums[place].good
            return TrustPartExplanation(
                part: order[place], count: counts[place], good: sums[place].good, bad: sums[place].bad,
                points: Int64(10_000 * good / whole) - before)
        }
    }

    private func authenticityParts() -> [TrustPartExplanation] {
        let sample = authenticitySample()
        let points = sample.points(view.trust)
        return [
            TrustPartExplanation(.recentPosts, count: Int128(sample.posts), points: points.posts),
            TrustPartExplanation(.sponsoredShare, count: Int128(sample.sponsored), points: points.share),
            TrustPartExplanation(.brands, count: Int128(sample.brands), points: points.brands),
        ]
    }

    private func engagementParts() -> [TrustPartExplanation] {
        let sample = engagementSample()
        let points = sample.points(view.trust)
        return [
            TrustPartExplanation(.engagementRate, count: Int128(sample.posts), points: points.rate),
            TrustPartExplanation(.anomalies, count: Int128(sample.anomalies), points: points.anomalies),
            TrustPartExplanation(.commentsRatio, count: sample.comments, points: points.comments),
            TrustPartExplanation(.suspiciousFollowers, count: Int128(sample.suspiciousBp), points: points.suspicious),
            TrustPartExplanation(.bounds, count: 0, points: points.bounds),
        ]
    }
}

extension TrustPartExplanation {
    /// A part of a component that is no beta.
    fileprivate init(_ part: TrustPart, count: Int128, points: Int64) {
        self.init(part: part, count: count, good: 0, bad: 0, points: points)
    }
}

extension EvidenceKind {
    /// Its place among all.
    fileprivate var place: Int {
        switch self {
        case .messages: return 0
        case .sponsoredPosts: return 1
        case .deliverables: return 2
        case .engagementPosts: return 3
        }
    }
}
