import CampaignCoding
import Testing

@Suite struct FaultCatalogueTests {
    @Test func theCodesArePermanent() {
        #expect(
            FaultCode.allCases.map(\.rawValue).joined(separator: " ")
                == """
                emptyRequest tooManyEvents requestTooLarge notAnArray invalidJSON invalidUTF8 \
                loneSurrogate duplicateKey \
                tooDeep notAnInteger integerTooLarge notAnObject eventTooLarge recordTooLarge unknownAttribute \
                missingAttribute invalidAttribute unknownType unknownSchemaVersion subjectMismatch timeTooFarAhead \
                unknownField missingField invalidField brokenRule extTooLarge identityConflict revisionMismatch \
                retractionTargetUnknown retractionTargetOtherStream retractionTargetNotRetractable policyVersionGap
                """)
    }

    @Test func eachCodeHasItsOwnMeaningAndARemedy() {
        #expect(Set(FaultCode.allCases.map(\.meaning)).count == FaultCode.allCases.count)
        for code in FaultCode.allCases {
            #expect(code.meaning.hasSuffix(".") && code.remedy.hasSuffix("."))
        }
    }

    @Test func anExcerptIsShortAndPrintable() {
        let long = String(repeating: "ä", count: 200)
        let batch = admit(Sample.sale(["id": "\"\(long)\""]))
        #expect(batch.faults[0].found.count == 64 && batch.faults[0].found.hasSuffix("…\""))
        let control = admit(Sample.sale(["id": #""a\u0000\u001b\u009b""#]))
        #expect(control.faults[0].found == "\"a\u{FFFD}\u{FFFD}\u{FFFD}\"")
    }
}
