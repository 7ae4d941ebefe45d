/// When something that is being filled is full, at the rate of the last minutes.
struct FillForecast {
    private struct Sample {
        var nanoseconds: UInt64
        var roomBytes: UInt64
    }

    /// Oldest first.
    private var samples: [Sample] = []

    /// Over how long the rate is taken, in nanoseconds.
    static let windowNanoseconds: UInt64 = 600_000_000_000
    /// Between samples: the rate needs no more of them.
    static let stepNanoseconds: UInt64 = 5_000_000_000
    /// A rate over less than that says nothing: space is taken in steps.
    static let leastNanoseconds: UInt64 = 30_000_000_000

    /// Notes how much room there is at a moment.
    mutating func note(roomBytes: UInt64, at nanoseconds: UInt64) {
        if let last = samples.last, samples.count > 1,
            nanoseconds - samples[samples.count - 2].nanoseconds
                < Self.stepNanoseconds
        {
            // The newest is always of now; it stays as a step when it is old enough.
            samples[samples.count - 1] = Sample(nanoseconds: max(last.nanoseconds, nanoseconds), roomBytes: roomBytes)
        } else {
            samples.append(Sample(nanoseconds: nanoseconds, roomBytes: roomBytes))
        }
        samples.removeAll { $0.nanoseconds + Self.windowNanoseconds < nanoseconds }
    }

    /// Seconds until no room is left; nil while it does not shrink, or too little is known.
    var secondsUntilFull: UInt64? {
        guard let first = samples.first, let last = samples.last,
            last.nanoseconds - first.nanoseconds >= Self.leastNanoseconds, last.roomBytes < first.roomBytes
        else { return nil }
        let taken = first.roomBytes - last.roomBytes
        let milliseconds = (last.nanoseconds - first.nanoseconds) / 1_000_000
        let (high, low) = last.roomBytes.multipliedFullWidth(by: milliseconds)
        guard high < taken else { return nil }
        return taken.dividingFullWidth((high, low)).quotient / 1000
    }
}
