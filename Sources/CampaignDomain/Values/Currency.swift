/// An ISO 4217 currency that has minor units (so none of the funds, metals and test codes marked "N.A.").
///
/// Source: Events, section 1, "money"; ISO 4217 list one.
public struct Currency: Hashable, Comparable, Sendable {
    /// The three letters, the first in the highest byte: sorts as the code does.
    private let letters: UInt32

    /// The letters as facts store them.
    public var storedCode: UInt32 { letters }

    /// A currency from a fact. - Precondition: written by `storedCode`.
    init(storedCode: UInt32) {
        letters = storedCode
    }

    /// Digits of the minor unit: 0, 2, 3 or 4.
    public var minorDigits: Int { Int(Currency.minorDigitsByLetters[Currency.index(of: letters)]) }

    /// The three-letter code.
    public var code: String {
        String(decoding: [UInt8(letters >> 16), UInt8(letters >> 8 & 0xFF), UInt8(letters & 0xFF)], as: UTF8.self)
    }

    /// Nil unless the text is a code of the list.
    public init?(code text: UnsafeRawBufferPointer) {
        guard text.count == 3, text.allSatisfy({ $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }) else {
            return nil
        }
        let letters = UInt32(text[0]) << 16 | UInt32(text[1]) << 8 | UInt32(text[2])
        guard Currency.minorDigitsByLetters[Currency.index(of: letters)] != Currency.unknown else { return nil }
        self.letters = letters
    }

    /// Nil unless the text is a code of the list.
    public init?(_ code: String) {
        var code = code
        guard let currency = code.withUTF8({ Currency(code: UnsafeRawBufferPointer($0)) }) else { return nil }
        self = currency
    }

    /// The US dollar, in which thresholds of the tax policy are given.
    public static let usd = Currency(storedCode: 0x555344)

    public static func < (left: Currency, right: Currency) -> Bool {
        left.letters < right.letters
    }

    private static let unknown: UInt8 = 0xFF

    /// Index in a table of 26³ codes.
    private static func index(of letters: UInt32) -> Int {
        let first = Int(letters >> 16) - 65
        let second = Int(letters >> 8 & 0xFF) - 65
        return (first * 26 + second) * 26 + Int(letters & 0xFF) - 65
    }

    private static let minorDigitsByLetters: [UInt8] = {
        var table = [UInt8](repeating: unknown, count: 26 * 26 * 26)
        for (digits, codes) in codesByMinorDigits {
            for code in codes.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                let letters = code.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                table[index(of: letters)] = digits
            }
        }
        return table
    }()

    /// ISO 4217 list one as of 2026, by digits of the minor unit. Codes are only ever added: events keep theirs.
    private static let codesByMinorDigits: [(UInt8, String)] = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
        (
            2,
            """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
            CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG
            HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
            MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD
            SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD
            XCG YER ZAR ZMW ZWG ANG CUC HRK SLL ZWL
            """
        ),
    ]
}
