extension Int64 {
    /// `self · basisPoints / 10000`, rounded to the nearest integer and to the even one of two equally near.
    ///
    /// - Precondition: not negative, and so small that the result is an `Int64` (any event's amount is).
    public func halfEven(basisPoints: Int64) -> Int64 {
        Int64((Int128(self) * Int128(basisPoints)).dividedHalfEven(by: 10_000))
    }
}

extension Int128 {
    /// `self / divisor`, rounded to the nearest integer and to the even one of two equally near.
    ///
    /// - Precondition: neither is negative, and the divisor is not zero.
    func dividedHalfEven(by divisor: Int128) -> Int128 {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        let isUp = rest > divisor - rest || (rest == divisor - rest && quotient & 1 == 1)
        return quotient + (isUp ? 1 : 0)
    }
}
