import LedgerAPI

/// The numbers of a plot's left side, with ticks at round ones.
struct ValueAxis {
    struct Tick: Equatable {
        let value: Int128
        let label: String
    }

    let least: Int128
    let most: Int128
    let ticks: [Tick]

    /// From `least` to `most`, widened to round numbers; 0 is always on it.
    /// - Parameter places: Of the decimals that the values count, for labels.
    init(least: Int128, most: Int128, places: Int, ticksMax: Int128 = 5) {
        let low = min(least, 0)
        let high = max(most, low == 0 ? 1 : 0)
        let step = Self.step(for: high - low, ticksMax: ticksMax)
        let first = Self.floored(low, step)
        let last = -Self.floored(-high, step)
        self.least = first
        self.most = last
        ticks = (0...((last - first) / step)).map { index in
            let value = first + index * step
            return Tick(value: value, label: Self.label(value, places: places))
        }
    }

    /// The least of 1, 2, 5, 10, 20, 50 … that takes no more steps than wanted.
    static func step(for span: Int128, ticksMax: Int128) -> Int128 {
        var step: Int128 = 1
        while true {
            for factor: Int128 in [1, 2, 5] where span <= step * factor * ticksMax {
                return step * factor
            }
            step *= 10
        }
    }

    private static func floored(_ value: Int128, _ step: Int128) -> Int128 {
        let quotient = value / step
        return (value % step < 0 ? quotient - 1 : quotient) * step
    }

    /// Short: whole numbers as such, thousands with k, millions with M, as far as that is exact.
    static func label(_ value: Int128, places: Int) -> String {
        let units = (0..<places).reduce(Int128(1)) { power, _ in power * 10 }
        for (mark, size) in [("M", Int128(1_000_000)), ("k", 1_000)] where value.magnitude >= (units * size).magnitude {
            if value % (units * size / 10) == 0 {
                return Decimals.short(value / (units * size / 10), places: 1) + mark
            }
        }
        return Decimals.short(value, places: places)
    }
}
