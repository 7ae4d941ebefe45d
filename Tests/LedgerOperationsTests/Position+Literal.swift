package import EventLog

/// Tests name positions as numbers.
extension Position: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: UInt64) {
        self.init(value)
    }
}
