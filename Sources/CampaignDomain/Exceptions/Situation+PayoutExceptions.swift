// Money paid that was not due, or for nothing.

extension Situation {
    func addPayouts(to list: inout ExceptionList) {
        addPayoutsBeyondDue(to: &list)
        for collaboration in collaborations {
            guard collaboration.agreement.kind == .paid, let due = collaboration.due, due < asOf.at,
                !campaignPosts[collaboration.campaign].contains(where: { posts[Int($0)].isLive }),
                let (settled, amount) = firstSettlement(in: collaboration.campaign)
            else { continue }
            list.add(
                .paidWithoutPost, settled.stamp, since: max(settled.stamp.time, due),
                thing: evidence.payoutNames.name(settled.payout), campaign: collaboration.campaign,
                amount: (Int128(amount.minorUnits), amount.currency))
        }
    }

    /// The earliest settlement of some money in a campaign.
    private func firstSettlement(in campaign: Int) -> (settled: Resolution, amount: Money)? {
        var first: (settled: Resolution, amount: Money)?
        for payout in evidence.payouts {
            guard let initiation = evidence.initiations[payout.initiation], initiation.campaign == campaign,
                initiation.amount.minorUnits > 0, let resolution = evidence.resolutions[payout.resolution],
                resolution.isSettled
            else { continue }
            if first.map({ evidence.order.precedes(resolution.stamp, $0.settled.stamp) }) ?? true {
                first = (resolution, initiation.amount)
            }
        }
        return first
    }

    /// Payouts after which less than nothing is due of their campaign and currency, at their time: of the events up to
    /// that time, those of the same instant included (Projections, section 0, rule 2).
    private func addPayoutsBeyondDue(to list: inout ExceptionList) {
        var payouts = evidence.payouts.compactMap { evidence.initiations[$0.initiation] }.map {
            (key: DueKey(campaign: $0.campaign, currency: $0.amount.currency), initiation: $0)
        }
        guard !payouts.isEmpty else { return }
        payouts.sort { $0.key != $1.key ? $0.key < $1.key : $0.initiation.stamp.time < $1.initiation.stamp.time }
        var changes = dueChanges()[...]
        var current: DueKey?
        var due: Int128 = 0
        for (key, initiation) in payouts {
            if current != key { (current, due) = (key, 0) }
            while let change = changes.first,
                change.key < key || (change.key == key && change.at <= initiation.stamp.time)
            {
                if change.key == key { due += change.amount }
                changes.removeFirst()
            }
            guard due < 0 else { continue }
            list.add(
                .payoutExceedsDue, initiation.stamp, thing: evidence.payoutNames.name(initiation.payout),
                campaign: initiation.campaign, amount: (due, initiation.amount.currency))
        }
    }

    /// What changes the dues, by campaign, currency and instant.
    private func dueChanges() -> [DueChange] {
        var changes: [DueChange] = []
        for transfer in evidence.transfers() where transfer.debit == .due || transfer.credit == .due {
            let amount = Int128(transfer.amount.minorUnits)
            changes.append(
                DueChange(
                    key: DueKey(campaign: transfer.campaign, currency: transfer.amount.currency),
                    at: transfer.effective, amount: transfer.credit == .due ? amount : -amount))
        }
        changes.sort { $0.key != $1.key ? $0.key < $1.key : $0.at < $1.at }
        return changes
    }
}

/// What dues are kept apart by: a campaign's index and a currency.
private struct DueKey: Equatable, Comparable {
    let campaign: Int
    let currency: Currency

    static func < (left: DueKey, right: DueKey) -> Bool {
        (left.campaign, left.currency) < (right.campaign, right.currency)
    }
}

/// What is due changes at an instant.
private struct DueChange {
    let key: DueKey
    let at: Instant
    let amount: Int128
}
