/// How far lists may be behind the clock (Daemon, section 2).
enum Freshness {
    /// Ten seconds, and sixty within a minute of midnight in UTC, when the ages of all evidence change at once.
    /// - Parameter now: Seconds since 1970, when the answer came.
    static func secondsMax(at now: Double) -> Double {
        let second = now.truncatingRemainder(dividingBy: 86_400)
        return min(second, 86_400 - second) <= 60 ? 60 : 10
    }
}
