extension Int64 {
    /// `self · basisPoints / 10000`, rounded to the nearest integer and to the even one of two equally near.
    ///
    /// - Precondition: not negative, and so small that the result is an `Int64` (any event's amount is).
    public func halfEven(basisPoints: Int64) -> Int64 {
        let product = Int128(self) * Int128(basisPoints)
        let (quotient, rest) = product.quotientAndRemainder(dividingBy: 10_000)
        let isUp = rest > 5000 || (rest == 5000 && quotient & 1 == 1)
        return Int64(quotient) + (isUp ? 1 : 0)
    }
}
