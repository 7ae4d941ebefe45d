/// The place of an event in its array of `Evidence`, or none.
struct EventIndex: Equatable {
    private var rawValue: Int32

    static let none = EventIndex(rawValue: -1)

    private init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    init(_ index: Int) {
        rawValue = Int32(index)
    }

    /// The place; nil for none.
    var place: Int? { rawValue < 0 ? nil : Int(rawValue) }

    /// Takes the last event of the array if it is earlier than the one that counts until now.
    mutating func keepEarliest<Event: Stamped>(_ events: [Event], _ order: any IdentityOrder) {
        let last = events.count - 1
        guard let place else { return self = EventIndex(last) }
        if order.precedes(events[last].stamp, events[place].stamp) { self = EventIndex(last) }
    }

    /// Takes the last event of the array if it is newer than the one that counts until now.
    mutating func keepNewest<Event: Stamped>(_ events: [Event], _ order: any IdentityOrder) {
        let last = events.count - 1
        guard let place else { return self = EventIndex(last) }
        if order.precedes(events[place].stamp, events[last].stamp) { self = EventIndex(last) }
    }
}

/// Something with a time and a position.
protocol Stamped {
    var stamp: Stamp { get }
}

extension Array where Element: Stamped {
    /// The event at a place, if there is one.
    subscript(_ index: EventIndex) -> Element? {
        index.place.map { self[$0] }
    }
}
