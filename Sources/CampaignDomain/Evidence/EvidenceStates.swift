// Which events count for each thing of an influencer's evidence.

/// One influencer in one campaign.
struct CollaborationState {
    /// The earliest agreement and the earliest end.
    var agreement: EventIndex = .none
    var ending: EventIndex = .none
}

struct PostState {
    /// The earliest publication and the earliest removal.
    var publication: EventIndex = .none
    var removal: EventIndex = .none
    /// The newest assessment, and the newest that says more than `notRequired`.
    var review: EventIndex = .none
    var reviewOfDuty: EventIndex = .none
    /// The newest counters.
    var snapshot: EventIndex = .none
}

struct FeeState {
    /// The earliest accrual, and the earliest cancellation under the accrual's campaign.
    var accrual: EventIndex = .none
    var cancellation: EventIndex = .none
}

struct PayoutState {
    /// The earliest initiation, and the earliest resolution under its campaign.
    var initiation: EventIndex = .none
    var resolution: EventIndex = .none
}

extension Evidence {
    /// The assessment that counts: the newest; of a post that needs disclosure, the newest that says more than
    /// `notRequired`.
    func review(of post: PostState, needsDisclosure: Bool) -> Review? {
        reviews[needsDisclosure ? post.reviewOfDuty : post.review]
    }

    /// The assessment that a post's verdict comes from; nil: the post itself says it, or nothing does.
    func review(of post: JudgedPost) -> Review? {
        review(of: posts[post.publication.post], needsDisclosure: post.needsDisclosure)
    }
}
