/// From when on something is wrong, or will be.
package struct HealthBounds: Sendable, Equatable {
    /// How long a component may go without a sign of life, in seconds.
    package var heartbeatSecondsMax = 10
    /// Free bytes of the data directory's disk below which there is a warning.
    package var diskFreeBytesMin: UInt64 = 1 << 30
    /// Seconds until the disk, or a map, is full at the rate of the last minutes, below which there is a warning.
    package var fullSecondsMin = 14_400
    /// The used share of the most a map may grow to, in per cent, above which there is a warning.
    package var mapUsePercentMax = 70

    package init() {}
}
