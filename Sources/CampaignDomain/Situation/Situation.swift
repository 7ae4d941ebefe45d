/// One influencer's evidence in the light of the directory and the policies in force: what trust, advocacy and
/// compensation judge. Made once for an answer.
public struct Situation {
    let evidence: Evidence
    let view: DirectoryView
    /// The day of `at`.
    let today: Day
    /// Posts with a known publication by (time, position), removed ones too.
    let posts: [JudgedPost]
    /// By brand that posts name: whether a campaign of it is opened.
    let isCampaignBrand: [Bool]
    /// Beside the evidence's list of the posts' brands: the latest event by which the influencer was compensated for
    /// the brand when the post was published.
    let compensated: [Instant?]
    /// Those with an agreement, by campaign index.
    let collaborations: [Collaboration]
    /// By campaign, the places of its posts, by time.
    let campaignPosts: PostsByCampaign

    /// - Parameter view: of the evidence's moment, or of an earlier one since which the directory has not changed.
    public init(_ evidence: Evidence, _ view: DirectoryView) {
        self.evidence = evidence
        self.view = view
        today = evidence.asOf.at.day
        let publications = Situation.publications(evidence)
        compensated = Situation.compensated(evidence, view, publications)
        isCampaignBrand = (0..<evidence.brandNames.count).map {
            view.hasCampaign(ofBrand: evidence.brandNames.name($0))
        }
        posts = Situation.judged(publications, evidence, compensated)
        campaignPosts = PostsByCampaign(posts, campaigns: evidence.campaignNames.count)
        collaborations = Situation.collaborations(evidence, view, posts, campaignPosts)
    }

    public var asOf: AsOf { evidence.asOf }

    /// The publications that count, by (time, position): where posts of one time change an answer by their order, the
    /// place that uses it decides by identity.
    private static func publications(_ evidence: Evidence) -> [Publication] {
        var publications = evidence.posts.compactMap { evidence.publications[$0.publication] }
        publications.sort {
            $0.stamp.time != $1.stamp.time
                ? $0.stamp.time < $1.stamp.time : $0.stamp.position < $1.stamp.position
        }
        return publications
    }

    private static func compensated(
        _ evidence: Evidence, _ view: DirectoryView, _ publications: [Publication]
    ) -> [Instant?] {
        var latest = [Instant?](repeating: nil, count: evidence.brandLists.count)
        guard !latest.isEmpty else { return latest }
        let campaignBrands = (0..<evidence.campaignNames.count).map { campaign in
            view.brand(ofCampaign: evidence.campaignNames.name(campaign)).flatMap { evidence.brandNames.find($0) }
        }
        let spans = evidence.compensatedSpans(campaignBrands: campaignBrands)
        guard !spans.isEmpty else { return latest }
        var sweeps = Situation.sweeps(spans, brands: evidence.brandNames.count)
        for publication in publications {
            for place in publication.brands {
                let brand = Int(evidence.brandLists[place])
                latest[place] = sweeps[brand].latest(before: publication.stamp.time)
            }
        }
        return latest
    }

    private static func sweeps(_ spans: [CompensatedSpan], brands: Int) -> [CompensatedSweep] {
        var start = 0
        return (0..<brands).map { brand in
            let end = spans[start...].firstIndex { $0.brand != brand } ?? spans.count
            defer { start = end }
            return CompensatedSweep(spans[start..<end])
        }
    }

    private static func judged(
        _ publications: [Publication], _ evidence: Evidence, _ compensated: [Instant?]
    ) -> [JudgedPost] {
        let today = evidence.asOf.at.day
        return publications.map { publication in
            let state = evidence.posts[publication.post]
            let needsDisclosure = publication.isSponsored || publication.brands.contains { compensated[$0] != nil }
            let review = evidence.review(of: state, needsDisclosure: needsDisclosure)
            return JudgedPost(
                publication: publication, age: today - publication.stamp.day,
                removal: evidence.removals[state.removal]?.stamp, needsDisclosure: needsDisclosure,
                verdict: review?.verdict ?? publication.disclosure.map { Verdict($0) },
                snapshot: evidence.snapshots[state.snapshot])
        }
    }
}
