import CampaignDomain

/// The influencers that got facts since the lists took note last: kept up by the fold, under the projection's lock.
///
/// A row of the overlay remembers the round in which it was marked, so a mark costs the fold a look at what it has just
/// written. An influencer can be marked again in the same round when another overlay takes over; the lists see to that.
struct ListMarks {
    /// Who is marked.
    enum Marked: Equatable {
        case some(Set<String>)
        /// More than are remembered one by one.
        case everyone
    }

    /// What a row remembers; no row begins with it.
    private(set) var round: UInt32 = 1
    private var isEveryone = true
    /// Identifiers, each behind its length in one byte.
    private var names: [UInt8] = []

    /// Some hundred thousand identifiers: as many influencers are worked out anew about as quickly as all of them.
    static let bytesMax = 8 << 20

    /// - Parameter id: at most 64 bytes, as identifiers are.
    @inline(__always)
    mutating func add(_ id: UnsafeRawBufferPointer) {
        guard !isEveryone else { return }
        append(id)
    }

    @inline(never)
    private mutating func append(_ id: UnsafeRawBufferPointer) {
        guard names.count + id.count < Self.bytesMax else {
            isEveryone = true
            names = []
            return
        }
        names.append(UInt8(id.count))
        names.append(contentsOf: id)
    }

    /// Marks all there are.
    mutating func addEveryone() {
        isEveryone = true
        names = []
    }

    /// Gives away what is marked and begins the next round. Reading the names is left to `Taken`, outside of the lock.
    mutating func take() -> Taken {
        defer {
            isEveryone = false
            names = []
            // Round 0 is that of rows nobody has marked.
            round = round == .max ? 1 : round + 1
        }
        return Taken(isEveryone: isEveryone, names: names)
    }

    /// Marks that were taken.
    struct Taken {
        fileprivate let isEveryone: Bool
        fileprivate let names: [UInt8]

        var marked: Marked {
            if isEveryone { return .everyone }
            var ids: Set<String> = []
            var start = 0
            while start < names.count {
                let end = start + 1 + Int(names[start])
                ids.insert(String(decoding: names[start + 1..<end], as: UTF8.self))
                start = end
            }
            return .some(ids)
        }
    }
}
