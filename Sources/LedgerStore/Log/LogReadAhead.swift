internal import CProcessor

/// Asks for the cache lines of the records that a walk through the log comes to next, while the one at hand is checked.
///
/// LMDB fills a page from its end downwards and appended pages follow each other in the file, so the next record lies
/// right below this one, or at the end of the next page. That is a guess which costs nothing where it is wrong; the
/// processor's own guess is upwards and ends with the page, and a walk waited some 100 ns a record for memory.
enum LogReadAhead {
    private static let lineSizeBytes = 64
    private static let pageSizeBytes: UInt = 4096
    /// Two records of the usual size.
    private static let lines = 12

    static func ask(after record: UnsafeRawBufferPointer) {
        guard let start = record.baseAddress else { return }
        let address = UInt(bitPattern: start)
        let room = Int(address % pageSizeBytes) / lineSizeBytes
        ask(below: address, lines: min(room, lines))
        if room < lines {
            let next = address - address % pageSizeBytes + pageSizeBytes
            ask(below: next + pageSizeBytes, lines: lines)
            // Its head and the places of its records.
            campaign_prefetch(UnsafeRawPointer(bitPattern: next))
        }
    }

    private static func ask(below address: UInt, lines: Int) {
        for line in 0..<lines {
            campaign_prefetch(UnsafeRawPointer(bitPattern: address - UInt((line + 1) * lineSizeBytes)))
        }
    }
}
