/// A span of time in which an influencer counts as compensated for a brand by one fee, sale or state of a shipment.
///
/// "Before" is strict (Projections, section 1), so a span holds for posts published after its begin, up to and
/// including its end.
struct CompensatedSpan {
    let brand: Int
    let after: Instant
    /// Nil: for ever.
    let through: Instant?
    /// The latest event by which the influencer is compensated in this span.
    let latest: Instant
}

extension Evidence {
    /// The spans of all brands that posts name, by brand, then begin.
    ///
    /// - Parameter campaignBrands: by campaign, the brand's index; nil where the campaign is not opened or no post names
    ///   its brand.
    func compensatedSpans(campaignBrands: [Int?]) -> [CompensatedSpan] {
        var spans: [CompensatedSpan] = []
        for sale in orders.lazy.compactMap({ sales[$0] }) {
            guard let brand = campaignBrands[sale.campaign] else { continue }
            spans.append(CompensatedSpan(brand: brand, after: sale.stamp.time, through: nil, latest: sale.stamp.time))
        }
        for fee in fees {
            guard let accrual = accruals[fee.accrual], let brand = campaignBrands[accrual.campaign] else { continue }
            let (begin, end) = (accrual.stamp.time, cancellations[fee.cancellation]?.stamp.time)
            if let end, end <= begin { continue }
            spans.append(CompensatedSpan(brand: brand, after: begin, through: end, latest: begin))
        }
        appendShipmentSpans(campaignBrands, to: &spans)
        spans.sort { $0.brand != $1.brand ? $0.brand < $1.brand : $0.after < $1.after }
        return spans
    }

    /// A shipment compensates while something of it is delivered and not returned.
    private func appendShipmentSpans(_ campaignBrands: [Int?], to spans: inout [CompensatedSpan]) {
        var shipment = -1
        var held: Int64 = 0
        var latest = Instant.earliest
        for (place, movement) in movements.enumerated() where movement.kind != .lost && movement.counted > 0 {
            if movement.shipment != shipment { (shipment, held) = (movement.shipment, 0) }
            let time = movement.stamp.time
            if movement.kind == .delivered {
                held += movement.counted
                latest = time
            } else {
                held -= movement.counted
            }
            let next = nextHolding(after: place)
            guard held > 0, next != time, let brand = campaignBrands[movement.campaign] else { continue }
            spans.append(CompensatedSpan(brand: brand, after: time, through: next, latest: latest))
        }
    }

    /// When what is held of the same shipment next changes; nil: never.
    private func nextHolding(after place: Int) -> Instant? {
        for movement in movements[(place + 1)...] {
            guard movement.shipment == movements[place].shipment else { return nil }
            if movement.kind != .lost && movement.counted > 0 { return movement.stamp.time }
        }
        return nil
    }
}

/// Answers, for one brand and posts in the order of their times, by which latest event the influencer is compensated.
struct CompensatedSweep {
    private var spans: ArraySlice<CompensatedSpan>
    /// The latest event of the spans that last for ever.
    private var lasting: Instant?
    /// Spans begun that end, the latest event first: a binary heap.
    private var ending: [(latest: Instant, through: Instant)] = []

    init(_ spans: ArraySlice<CompensatedSpan>) {
        self.spans = spans
    }

    /// The latest event by which the influencer is compensated before the time. Times never decrease from call to call.
    mutating func latest(before time: Instant) -> Instant? {
        while let span = spans.first, span.after < time {
            spans.removeFirst()
            if let through = span.through {
                push((span.latest, through))
            } else {
                lasting = max(lasting ?? span.latest, span.latest)
            }
        }
        while let top = ending.first, top.through < time { popTop() }
        guard let top = ending.first else { return lasting }
        return max(lasting ?? top.latest, top.latest)
    }

    private mutating func push(_ span: (latest: Instant, through: Instant)) {
        ending.append(span)
        var place = ending.count - 1
        while place > 0, ending[(place - 1) / 2].latest < ending[place].latest {
            ending.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func popTop() {
        ending.swapAt(0, ending.count - 1)
        ending.removeLast()
        var place = 0
        while true {
            var largest = place
            for child in [2 * place + 1, 2 * place + 2] where child < ending.count {
                if ending[child].latest > ending[largest].latest { largest = child }
            }
            if largest == place { return }
            ending.swapAt(place, largest)
            place = largest
        }
    }
}
