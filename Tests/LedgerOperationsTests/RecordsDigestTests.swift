import EventLog
import LedgerEngine
import Testing

@Suite struct RecordsDigestTests {
    @Test func `a digest is SHA-256 over each record's length and bytes`() {
        var digest = RecordsDigest()
        #expect(digest.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        for text in ["abc", "ledger"] {
            Array(text.utf8).withUnsafeBytes { digest.add(RecordView(unchecked: $0)) }
        }
        // Of 03 00 00 00 "abc" 06 00 00 00 "ledger", by Python's hashlib.
        #expect(digest.sha256 == "db0995e85bd7ce56b13c3e11f2f23a67feb8e53019f94a28467c882d8b1aab6b")
        #expect(digest.count == 2)
    }
}
