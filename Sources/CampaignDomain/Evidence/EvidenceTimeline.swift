/// An influencer's evidence at one instant after another, without reading earlier facts again: what a history is made
/// of. Equal, at each instant, to `Evidence` of the same rows read for it.
///
/// Holds the order that decides ties of time, which reads the log, as `Evidence` does.
public struct EvidenceTimeline {
    /// A fact that counts from its time on: where it starts in its row.
    private struct Place {
        let time: Instant
        let row: Int
        let offset: Int
    }

    private let rows: [[UInt8]]
    /// By time.
    private let places: [Place]
    private var next = 0
    /// The evidence at the instant last asked for.
    public private(set) var evidence: Evidence

    /// - Parameters:
    ///   - rows: whole facts in the order of their positions, all of one influencer's stream.
    ///   - position: facts behind it do not count; nil: all given do.
    public init(rows: [[UInt8]], position: FactPosition?, order: some IdentityOrder) {
        self.rows = rows
        let known = AsOf(at: .latest, position: position)
        let retracted = Evidence.retracted(in: rows, known)
        var places: [Place] = []
        for (number, row) in rows.enumerated() {
            var reader = FactReader(row)
            while !reader.isAtEnd {
                let offset = reader.index
                let header = reader.readHeader()
                reader.skip(to: header.end)
                guard Evidence.counts(header, known, retracted) else { continue }
                places.append(Place(time: header.stamp.time, row: number, offset: offset))
            }
        }
        places.sort { $0.time != $1.time ? $0.time < $1.time : ($0.row, $0.offset) < ($1.row, $1.offset) }
        self.places = places
        evidence = Evidence(asOf: AsOf(at: .earliest, position: position), order: order)
        advance(to: .earliest)
    }

    /// The time of the first fact that counts; nil: none does.
    public var begin: Instant? { places.first?.time }

    /// Takes in what happened up to an instant. - Precondition: not before the one asked for last.
    public mutating func advance(to at: Instant) {
        precondition(at >= evidence.asOf.at, "a timeline does not go back")
        let before = next
        while next < places.count, places[next].time <= at {
            let place = places[next]
            var reader = FactReader(rows[place.row], at: place.offset)
            let header = reader.readHeader()
            evidence.count(header, from: &reader)
            next += 1
        }
        evidence.asOf = AsOf(at: at, position: evidence.asOf.position)
        evidence.nextFactTime = next < places.count ? places[next].time : nil
        if next > before { evidence.settleMoney() }
    }
}
