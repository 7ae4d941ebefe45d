import CampaignDomain

/// A reason by the name that asks for its events: its kind and, behind a dot, what of that kind.
protocol ReasonName: Hashable { var name: String { get } }

extension TrustReason: ReasonName {
    var name: String {
        switch self {
        case .component(let component): "component.\(component.rawValue)"
        case .part(let part): "part.\(part.rawValue)"
        case .evidence(let kind): "evidence.\(kind.rawValue)"
        case .cap(let cap): "cap.\(cap.rawValue)"
        case .homeTopics: "homeTopics"
        }
    }

    /// All that can be asked for.
    static let all: [TrustReason] =
        TrustComponent.allCases.map { .component($0) } + TrustPart.allCases.map { .part($0) }
        + EvidenceKind.allCases.map { .evidence($0) } + [.cap(.openBreach), .cap(.suspiciousFollowers), .homeTopics]

    init?(name: String) {
        guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

extension AdvocacyReason: ReasonName {
    var name: String {
        switch self {
        case .count(let count, _): "count.\(count.rawValue)"
        case .metric(let metric): "metric.\(metric.rawValue)"
        case .flag(let flag): "flag.\(flag.rawValue)"
        }
    }

    /// All that can be asked for; counts without a brand.
    static let all: [AdvocacyReason] =
        AdvocacyCount.allCases.map { .count($0, brandID: nil) } + AdvocacyMetric.allCases.map { .metric($0) }
        + AdvocacyFlag.allCases.map { .flag($0) }

    init?(name: String, brandID: String?) {
        guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
        if case .count(let count, _) = found { self = .count(count, brandID: brandID) } else { self = found }
    }
}
