// Products on their way to influencers and back (Events, section 3).

/// A shipment: what it cost the brand and its fair market value to the influencer, per unit.
public struct ProductSent: Sendable, Equatable {
    public var campaignID: String
    public var shipmentID: String
    public var productID: String
    public var quantity: Int64
    public var unitCost: Money
    public var unitValue: Money

    init(from reader: inout FactReader) {
        campaignID = reader.readText()
        shipmentID = reader.readText()
        productID = reader.readText()
        quantity = reader.readInteger()
        unitCost = reader.readMoney()
        unitValue = reader.readMoney()
    }
}

/// Part of a shipment delivered, returned or lost.
public struct ProductMoved: Sendable, Equatable {
    public var campaignID: String
    public var shipmentID: String
    public var quantity: Int64

    init(from reader: inout FactReader) {
        campaignID = reader.readText()
        shipmentID = reader.readText()
        quantity = reader.readInteger()
    }
}
