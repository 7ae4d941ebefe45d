extension Evidence {
    /// The earliest event that counts, with its campaign's index if it names one; nil: none counts.
    func earliest() -> (stamp: Stamp, campaign: Int?)? {
        var first: (stamp: Stamp, campaign: Int?)?
        eachEvent { stamp, campaign in
            if first.map({ order.precedes(stamp, $0.stamp) }) ?? true { first = (stamp, campaign) }
        }
        return first
    }

    /// The earliest event that names a campaign; nil: none does.
    func earliest(naming campaign: Int) -> Stamp? {
        var first: Stamp?
        eachEvent { stamp, named in
            guard named == campaign else { return }
            if first.map({ order.precedes(stamp, $0) }) ?? true { first = stamp }
        }
        return first
    }

    /// Every event that counts, and the index of the campaign that it names.
    private func eachEvent(_ body: (Stamp, Int?) -> Void) {
        registrations.forEach { body($0.stamp, nil) }
        audiences.forEach { body($0.stamp, nil) }
        conversations.forEach { body($0.stamp, nil) }
        removals.forEach { body($0.stamp, nil) }
        reviews.forEach { body($0.stamp, nil) }
        snapshots.forEach { body($0.stamp, nil) }
        publications.forEach { body($0.stamp, $0.campaign) }
        invitations.forEach { body($0.stamp, $0.campaign) }
        replies.forEach { body($0.stamp, $0.campaign) }
        agreements.forEach { body($0.stamp, $0.campaign) }
        endings.forEach { body($0.stamp, $0.campaign) }
        sendings.forEach { body($0.stamp, $0.campaign) }
        movements.forEach { body($0.stamp, $0.campaign) }
        sales.forEach { body($0.stamp, $0.campaign) }
        orderEvents.forEach { body($0.stamp, $0.campaign) }
        accruals.forEach { body($0.stamp, $0.campaign) }
        cancellations.forEach { body($0.stamp, $0.campaign) }
        initiations.forEach { body($0.stamp, $0.campaign) }
        resolutions.forEach { body($0.stamp, $0.campaign) }
        withholdings.forEach { body($0.stamp, $0.campaign) }
    }
}
