import CampaignDomain

extension QueryParameters {
    private static let (scorePlaces, scoreMax, topicLengthMax) = (4, Int64(1_000_000), 40)

    /// A decimal in ten-thousandths; nil unless it is a score.
    static func score(_ text: String) -> Score? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let places = parts.count > 1 ? parts[1] : "0"
        guard (1...scorePlaces).contains(places.count), !parts[0].isEmpty, parts[0].count <= 3,
            (parts[0] + places).utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let value = Int64(parts[0] + places + String(repeating: "0", count: scorePlaces - places.count)),
            value <= scoreMax
        else { return nil }
        return Score(value)
    }

    static func isTopic(_ text: String) -> Bool {
        (1...topicLengthMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}
