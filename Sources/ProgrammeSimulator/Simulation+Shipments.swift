// Products on their way out and back.
extension Simulation {
    mutating func sendProduct(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let influencer = Int(item.influencer)
        influencers[influencer].shipments += 1
        let number = Int(influencers[influencer].shipments)
        let currency = campaign(Int(item.campaign)).currency
        let quantity = random.within(1...3)
        let cost = random.within(300...6_000)
        open("product.sent", from: .logistics, influencer: influencer, campaign: Int(item.campaign), &bytes)
        bytes.write(",\"shipmentId\":\"ship-", numbered: number, digits: 3)
        bytes.write(",\"productId\":\"sku-", numbered: random.below(500) + 1, digits: 4)
        bytes.write(",\"quantity\":", number: quantity)
        bytes.write(",\"unitCost\":", minorUnits: currency.minorUnits(ofCents: cost), currency)
        bytes.write(",\"unitValue\":", minorUnits: currency.minorUnits(ofCents: cost * 9 / 4), currency)
        close(&bytes)
        schedule(
            .delivery, after: .threeDays, influencer: influencer, campaign: Int(item.campaign), number: number,
            amount: quantity)
    }

    /// Two parcels in a hundred are lost, one in two hundred holds more than was sent, one in a thousand is unknown.
    mutating func deliver(_ item: FollowUp, _ bytes: inout [UInt8]) {
        maybeLate()
        let draw = random.below(1_000)
        let lost = draw < 20
        let quantity = draw >= 995 ? Int(item.amount) + 1 : Int(item.amount)
        let number = draw == 500 ? Int(item.number) + 900 : Int(item.number)
        writeParcel(lost ? "product.lost" : "product.delivered", item, number: number, quantity: quantity, &bytes)
        if !lost, random.happens(bp: 500) {
            schedule(
                .giveBack, after: .week, influencer: Int(item.influencer), campaign: Int(item.campaign), number: number,
                amount: random.within(1...Int(item.amount)))
        }
    }

    mutating func giveBack(_ item: FollowUp, _ bytes: inout [UInt8]) {
        writeParcel("product.returned", item, number: Int(item.number), quantity: Int(item.amount), &bytes)
    }

    private mutating func writeParcel(
        _ type: StaticString, _ item: FollowUp, number: Int, quantity: Int, _ bytes: inout [UInt8]
    ) {
        open(type, from: .logistics, influencer: Int(item.influencer), campaign: Int(item.campaign), &bytes)
        bytes.write(",\"shipmentId\":\"ship-", numbered: number, digits: 3)
        bytes.write(",\"quantity\":", number: quantity)
        close(&bytes)
    }
}
