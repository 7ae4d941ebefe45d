import CampaignCoding
import CampaignDomain
import Testing

@Suite struct PolicyBodyTests {
    func batch(_ kind: String, _ body: String) -> AdmittedBatch {
        admit(
            Sample.event(
                "policy.published",
                "{\"body\":\(body),\"kind\":\"\(kind)\",\"version\":1,\"effectiveFrom\":\"2026-01-01T00:00:00Z\"}"))
    }

    static let kinds: [(String, [PolicyParameter])] = [
        ("trust", PolicyParameter.trust), ("advocacy", PolicyParameter.advocacy),
    ]

    @Test func theStandardBodiesAreAccepted() {
        for (kind, parameters) in Self.kinds { expectAccepted(batch(kind, Sample.body(of: parameters))) }
    }

    @Test func eachParameterHasItsRange() {
        for (kind, parameters) in Self.kinds {
            for parameter in parameters {
                let path = parameter.path.joined(separator: "/")
                for value in [
                    "\(parameter.range.lowerBound - 1)", "\(parameter.range.upperBound + 1)", "\"5\"", "null",
                ] {
                    expectFault(
                        batch(kind, Sample.body(of: parameters, replacing: [path: value])), .invalidField,
                        "/data/body/\(path)", "\(path) \(value)")
                }
                let greatest = batch(
                    kind, Sample.body(of: parameters, replacing: [path: "\(parameter.range.upperBound)"]))
                #expect(greatest.reportedFaults.allSatisfy { $0.code == .brokenRule })
            }
        }
    }

    @Test func eachParameterIsRequiredAndNoOtherIsAllowed() {
        for (kind, parameters) in Self.kinds {
            for (index, parameter) in parameters.enumerated() {
                var fewer = parameters
                fewer.remove(at: index)
                expectFault(
                    batch(kind, Sample.body(of: fewer)), .missingField,
                    "/data/body/\(parameter.path.joined(separator: "/"))")
            }
            let more = Sample.body(of: parameters).dropLast() + ",\"extra\":1}"
            expectFault(batch(kind, String(more)), .unknownField, "/data/body/extra")
        }
        let body = Sample.body(of: PolicyParameter.trust).replacing(
            "\"reliability\":5", with: "\"reliability\":5,\"x\":1")
        expectFault(batch("trust", body), .unknownField, "/data/body/weights/x")
        let flat = Sample.body(of: PolicyParameter.advocacy).dropLast() + ",\"weights\":{}}"
        expectFault(batch("advocacy", String(flat)), .unknownField, "/data/body/weights")
    }

    @Test func groupsAreObjects() {
        let body =
            #"{"weights":5,"#
            + Sample.body(of: PolicyParameter.trust.filter { $0.path[0] != "weights" }).dropFirst()
        expectFault(batch("trust", body), .invalidField, "/data/body/weights", found: "5")
        expectFault(batch("trust", "[]"), .invalidField, "/data/body")
    }

    @Test func rulesBetweenParametersHold() {
        expectFault(
            batch("trust", Sample.body(of: PolicyParameter.trust, replacing: ["weights/nicheFit": "16"])), .brokenRule,
            "/data/body/weights", expected: "weights that sum to 100", found: "101")
        expectFault(
            batch("trust", Sample.body(of: PolicyParameter.trust, replacing: ["shareFreeBp": "7000"])), .brokenRule,
            "/data/body/shareFreeBp", expected: "less than shareEndBp", found: "7000")
    }

    func thresholds(_ list: String) -> AdmittedBatch { batch("tax", "{\"thresholds\":\(list)}") }

    @Test func taxThresholdsAreOneToSixtyFourYears() {
        func list(_ count: Int) -> String {
            "[\((0..<count).map { "{\"fromYear\":\($0),\"usd\":\"600.00\"}" }.joined(separator: ","))]"
        }
        expectAccepted(thresholds(list(1)))
        expectAccepted(thresholds(list(64)))
        expectFault(thresholds(list(0)), .invalidField, "/data/body/thresholds")
        expectFault(thresholds(list(65)), .invalidField, "/data/body/thresholds")
        expectAccepted(thresholds(#"[{"fromYear":9999,"usd":"0"}]"#))
        expectFault(thresholds(#"[{"fromYear":10000,"usd":"0"}]"#), .invalidField, "/data/body/thresholds/0/fromYear")
        expectFault(thresholds(#"[{"fromYear":-1,"usd":"0"}]"#), .invalidField, "/data/body/thresholds/0/fromYear")
        expectFault(thresholds(#"[{"fromYear":1,"usd":"0.001"}]"#), .invalidField, "/data/body/thresholds/0/usd")
        expectFault(thresholds(#"[{"fromYear":1,"usd":5}]"#), .invalidField, "/data/body/thresholds/0/usd")
        expectFault(thresholds(#"[{"usd":"5"}]"#), .missingField, "/data/body/thresholds/0/fromYear")
        expectFault(thresholds(#"[{"fromYear":1}]"#), .missingField, "/data/body/thresholds/0/usd")
        expectFault(thresholds(#"[{"fromYear":1,"usd":"5","x":1}]"#), .unknownField, "/data/body/thresholds/0/x")
        expectFault(thresholds("[5]"), .invalidField, "/data/body/thresholds/0")
        expectFault(
            thresholds(#"[{"fromYear":1,"usd":"5"},{"fromYear":1,"usd":"6"}]"#), .invalidField,
            "/data/body/thresholds/1/fromYear", expected: "each year once")
        expectFault(batch("tax", "{}"), .missingField, "/data/body/thresholds")
        expectFault(batch("tax", #"{"thresholds":[{"fromYear":1,"usd":"5"}],"x":1}"#), .unknownField, "/data/body/x")
    }
}
