// Sales, commissions, fees, taxes, payouts, advertisements.
extension Simulation {
    mutating func attributeSale(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let influencer = Int(item.influencer)
        influencers[influencer].orders += 1
        let number = Int(influencers[influencer].orders)
        let cents = random.within(900...18_000)
        open("sale.attributed", from: .shop, influencer: influencer, campaign: Int(item.campaign), &bytes)
        writeOrder(number, &bytes)
        writeMoney(",\"net\":", cents: cents, item, &bytes)
        bytes.write(",\"channel\":\"", word: random.happens(bp: 6_000) ? "code" : "link")
        close(&bytes)
        let reversed = random.happens(bp: 1_200)
        if reversed {
            schedule(
                .reversal, after: .week, influencer: influencer, campaign: Int(item.campaign), number: number,
                amount: cents)
        }
        if !reversed || random.happens(bp: 3_000) {
            schedule(
                .approval, after: .month, influencer: influencer, campaign: Int(item.campaign), number: number,
                amount: cents)
        }
        if item.stage > 1, random.happens(bp: 8_000) {
            schedule(
                .sale, after: .threeDays, influencer: influencer, campaign: Int(item.campaign),
                stage: Int(item.stage) - 1)
        }
    }

    mutating func reverseSale(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let whole = random.happens(bp: 7_000)
        open("sale.reversed", from: .shop, influencer: Int(item.influencer), campaign: Int(item.campaign), &bytes)
        // One order in fifty is one that the shop never told of.
        writeOrder(random.happens(bp: 200) ? Int(item.number) + 90_000 : Int(item.number), &bytes)
        writeMoney(",\"net\":", cents: whole ? Int(item.amount) : Int(item.amount) / 2, item, &bytes)
        let draw = random.below(10)
        bytes.write(",\"reason\":\"", word: Vocabulary.reversalReasons[draw < 7 ? 0 : draw < 9 ? 1 : 2])
        close(&bytes)
    }

    mutating func approveCommission(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let influencer = Int(item.influencer)
        open("commission.approved", from: .finance, influencer: influencer, campaign: Int(item.campaign), &bytes)
        writeOrder(Int(item.number), &bytes)
        close(&bytes)
        let earned = Int(item.amount) * terms(influencer, Int(item.campaign)).commissionBp / 10_000
        if earned > 0, random.happens(bp: 6_000) {
            schedule(
                .payout, after: .week, influencer: influencer, campaign: Int(item.campaign), amount: earned)
        }
    }

    mutating func accrueFee(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let influencer = Int(item.influencer)
        influencers[influencer].fees += 1
        let number = Int(influencers[influencer].fees)
        let draw = random.below(100)
        open("fee.accrued", from: .finance, influencer: influencer, campaign: Int(item.campaign), &bytes)
        bytes.write(",\"feeId\":\"fee-", numbered: number, digits: 3)
        bytes.write(",\"kind\":\"", word: Vocabulary.feeKinds[draw < 82 ? 0 : draw < 90 ? 1 : draw < 96 ? 2 : 3])
        writeMoney(",\"amount\":", cents: Int(item.amount), item, &bytes)
        close(&bytes)
        if random.happens(bp: 250) {
            schedule(
                .feeCancellation, after: .threeDays, influencer: influencer, campaign: Int(item.campaign),
                number: number)
        } else {
            let withheld = random.happens(bp: 1_500) ? Int(item.amount) * 19 / 100 : 0
            if withheld > 0 {
                schedule(
                    .withholding, after: .threeDays, influencer: influencer, campaign: Int(item.campaign),
                    amount: withheld)
            }
            schedule(
                .payout, after: .week, influencer: influencer, campaign: Int(item.campaign),
                amount: Int(item.amount) - withheld)
        }
    }

    mutating func cancelFee(_ item: FollowUp, _ bytes: inout [UInt8]) {
        open("fee.cancelled", from: .finance, influencer: Int(item.influencer), campaign: Int(item.campaign), &bytes)
        bytes.write(",\"feeId\":\"fee-", numbered: Int(item.number), digits: 3)
        close(&bytes)
    }

    mutating func withholdTax(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let influencer = Int(item.influencer)
        influencers[influencer].withholdings += 1
        open("tax.withheld", from: .finance, influencer: influencer, campaign: Int(item.campaign), &bytes)
        bytes.write(
            ",\"withholdingId\":\"tax-", numbered: Int(influencers[influencer].withholdings), digits: 3)
        writeMoney(",\"amount\":", cents: Int(item.amount), item, &bytes)
        close(&bytes)
    }

    mutating func initiatePayout(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let influencer = Int(item.influencer)
        influencers[influencer].payouts += 1
        let number = Int(influencers[influencer].payouts)
        open("payout.initiated", from: .finance, influencer: influencer, campaign: Int(item.campaign), &bytes)
        bytes.write(",\"payoutId\":\"pay-", numbered: number, digits: 4)
        writeMoney(",\"amount\":", cents: Int(item.amount), item, &bytes)
        close(&bytes)
        schedule(
            .payoutEnd, after: .threeDays, influencer: influencer, campaign: Int(item.campaign), number: number,
            amount: Int(item.amount))
    }

    /// Four payouts in a hundred fail and are tried again under a new number.
    mutating func endPayout(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let influencer = Int(item.influencer)
        let fails = random.happens(bp: 400)
        open(
            fails ? "payout.failed" : "payout.settled", from: .finance, influencer: influencer,
            campaign: Int(item.campaign), &bytes)
        bytes.write(",\"payoutId\":\"pay-", numbered: Int(item.number), digits: 4)
        if fails {
            bytes.write(
                ",\"reason\":\"", word: Vocabulary.failureReasons[random.below(Vocabulary.failureReasons.count)])
            schedule(
                .payout, after: .day, influencer: influencer, campaign: Int(item.campaign), amount: Int(item.amount))
        }
        close(&bytes)
    }

    private func writeOrder(_ number: Int, _ bytes: inout [UInt8]) {
        bytes.write(",\"orderId\":\"order-", numbered: number, digits: 5)
    }

    private func writeMoney(_ name: StaticString, cents: Int, _ item: FollowUp, _ bytes: inout [UInt8]) {
        let currency = campaign(Int(item.campaign)).currency
        bytes.write(name, minorUnits: currency.minorUnits(ofCents: cents), currency)
    }
}
