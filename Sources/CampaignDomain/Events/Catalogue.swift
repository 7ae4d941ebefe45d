/// The event types a ledger accepts, each with all its schema versions (Events, section 3).
public struct Catalogue: Sendable {
    /// Schemas of a type, oldest first; the index is the version − 1.
    public typealias Versions = [EventSchema]

    /// By type number; empty where the number is not given to a type.
    public let versions: [Versions]

    /// - Precondition: the versions of each type are 1, 2, … and all but the newest have an upcast.
    public init(schemas: [EventSchema]) {
        var versions: [Versions] = []
        for schema in schemas {
            let index = Int(schema.type.rawValue)
            while versions.count <= index { versions.append([]) }
            precondition(
                Int(schema.version) == versions[index].count + 1,
                "\(schema.name): version \(schema.version) is registered out of order")
            precondition(
                versions[index].last.map { $0.upcast != nil } ?? true,
                "\(schema.name): version \(schema.version - 1) needs an upcast to version \(schema.version)")
            versions[index].append(schema)
        }
        self.versions = versions
    }

    /// The newest schema of a type, if the type is known.
    public func newest(of type: EventType) -> EventSchema? {
        let index = Int(type.rawValue)
        return index < versions.count ? versions[index].last : nil
    }

    /// One schema version of a type.
    public func schema(of type: EventType, version: UInt16) -> EventSchema? {
        let index = Int(type.rawValue)
        guard index < versions.count, version >= 1, Int(version) <= versions[index].count else { return nil }
        return versions[index][Int(version) - 1]
    }

    /// The catalogue of Events, section 3. All types are at version 1.
    public static let standard = Catalogue(schemas: standardSchemas)

    static let standardSchemas: [EventSchema] =
        influencerSchemas + collaborationSchemas + shipmentSchemas + postSchemas + moneySchemas + campaignSchemas
        + ledgerSchemas
}

extension Field {
    static let influencerID = Field("influencerId", .identifier)
    static let campaignID = Field("campaignId", .identifier)
    static let shipmentID = Field("shipmentId", .identifier)
    static let postID = Field("postId", .identifier)
    static let orderID = Field("orderId", .identifier)
    static let feeID = Field("feeId", .identifier)
    static let payoutID = Field("payoutId", .identifier)
    static let quantity = Field("quantity", .integer(1...1000))
}
