/// What came of posting events to a server, ours or another.
struct Appended {
    var events: Int
    /// From the first byte sent to the last acknowledgement.
    var seconds: Double
    var latencies = Latencies()

    var rate: Double { Double(events) / seconds }
}
