/// A country by its code of ISO 3166-1 alpha-2: the 249 that are officially assigned.
///
/// Source: Events, section 3, `influencer.registered`.
public struct Country: Hashable, Sendable {
    private let letters: UInt16

    /// Nil unless the text is an assigned code in upper case.
    public init?(code text: UnsafeRawBufferPointer) {
        guard text.count == 2, let index = Country.index(text[0], text[1]), Country.isAssigned[index] else {
            return nil
        }
        letters = UInt16(text[0]) << 8 | UInt16(text[1])
    }

    /// The two letters.
    public var code: String {
        String(decoding: [UInt8(letters >> 8), UInt8(letters & 0xFF)], as: UTF8.self)
    }

    /// All assigned codes, in order.
    public static var codes: [String] {
        assignedCodes.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    }

    private static func index(_ first: UInt8, _ second: UInt8) -> Int? {
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        guard letters.contains(first), letters.contains(second) else { return nil }
        return Int(first - letters.lowerBound) * 26 + Int(second - letters.lowerBound)
    }

    private static let isAssigned: [Bool] = {
        var table = [Bool](repeating: false, count: 26 * 26)
        for code in codes {
            let bytes = Array(code.utf8)
            if let index = index(bytes[0], bytes[1]) { table[index] = true }
        }
        return table
    }()

    /// As of 2026. Codes are only ever added: events keep theirs.
    private static let assignedCodes = """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
        BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
        FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
        IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK
        ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
        PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF
        TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """
}
