/// A closed set of words of the catalogue. The raw value is the index in `names` and part of the stored facts: names are
/// only ever added at the end.
public protocol Word: RawRepresentable, CaseIterable, Sendable where RawValue == UInt8 {}

extension Word {
    /// The names as they stand in events, in the order of the raw values.
    public static var names: [String] { allCases.map { "\($0)" } }
}

public enum OutreachAnswer: UInt8, Word { case accepted, declined, countered }
public enum DeclineReason: UInt8, Word { case offNiche, fee, capacity, other }
public enum CollaborationKind: UInt8, Word { case gift, paid, affiliate, ambassador }
public enum Jurisdiction: UInt8, Word { case US, UK, EU }
public enum EndReason: UInt8, Word { case completed, cancelled, breach }
public enum Connection: UInt8, Word { case none, gift, fee, affiliate }
public enum Disclosure: UInt8, Word { case clear, ambiguous, missing }
public enum Remover: UInt8, Word { case influencer, brand, platform, unknown }
public enum Verdict: UInt8, Word { case clear, ambiguous, missing, notRequired }
public enum SaleChannel: UInt8, Word { case code, link }
public enum ReversalReason: UInt8, Word { case refund, cancellation, fraud }
public enum FeeKind: UInt8, Word { case fee, usageRights, bonus, reimbursement }
public enum PolicyKind: UInt8, Word { case trust, advocacy, tax }
