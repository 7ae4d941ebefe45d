/// An event as text in the making: members in order, values as raw JSON, so that it can be made wrong in any way.
struct Draft {
    struct Member {
        var name: String
        var value: String
        /// What the value has to be; decides what is wrong for it.
        var kind: Kind
    }

    enum Kind {
        case identifier, count, basisPoints, small, money, topics, word, date, instant, text
    }

    var envelope: [(name: String, value: String)]
    var data: [Member]

    var bytes: [UInt8] { Array(text.utf8) }

    var text: String {
        let members = envelope.map { "\"\($0.name)\":\($0.value)" } + ["\"data\":\(dataText)"]
        return "{\(members.joined(separator: ","))}"
    }

    var dataText: String {
        "{\(data.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ","))}"
    }

    /// A valid event, whose identity is the number.
    static func valid(_ number: Int, _ random: inout Random) -> Draft {
        let (type, data) = random.pick(templates)
        return Draft(
            envelope: [
                ("specversion", "\"1.0\""), ("id", "\"m\(number)\""), ("source", "\"urn:malformed\""),
                ("type", "\"\(type)\""), ("time", "\"2024-03-01T12:00:00Z\""),
            ], data: data.map { Member(name: $0.0, value: $0.1, kind: $0.2) })
    }

    private static let money = #"{"currency":"EUR","amount":"129.90"}"#

    private static let templates: [(String, [(String, String, Kind)])] = [
        (
            "influencer.registered",
            [
                ("influencerId", "\"ada\"", .identifier), ("platform", "\"instagram\"", .identifier),
                ("niches", #"["books","tea"]"#, .topics),
            ]
        ),
        (
            "audience.measured",
            [
                ("influencerId", "\"ada\"", .identifier), ("followers", "5000", .count), ("following", "10", .count),
                ("suspiciousBp", "300", .basisPoints),
            ]
        ),
        (
            "post.published",
            [
                ("influencerId", "\"ada\"", .identifier), ("postId", "\"p1\"", .identifier),
                ("platform", "\"instagram\"", .identifier), ("topics", #"["books"]"#, .topics),
                ("connection", "\"none\"", .word), ("ext", #"{"note":"x"}"#, .text),
            ]
        ),
        (
            "collaboration.agreed",
            [
                ("influencerId", "\"ada\"", .identifier), ("campaignId", "\"c1\"", .identifier),
                ("kind", "\"paid\"", .word), ("deliverables", "2", .small), ("deadlineDays", "30", .small),
                ("fee", money, .money), ("commissionBp", "800", .basisPoints),
            ]
        ),
        (
            "conversation.recorded",
            [
                ("influencerId", "\"ada\"", .identifier), ("from", "\"2024-02-01T00:00:00Z\"", .instant),
                ("commentsReceived", "10", .count), ("commentsReplied", "5", .count),
                ("directMessagesReceived", "3", .count), ("directMessagesReplied", "1", .count),
            ]
        ),
        (
            "campaign.opened",
            [
                ("campaignId", "\"c1\"", .identifier), ("brandId", "\"b1\"", .identifier),
                ("topics", #"["books"]"#, .topics), ("budget", money, .money), ("startsOn", "\"2024-01-01\"", .date),
                ("endsOn", "\"2024-06-01\"", .date),
            ]
        ),
    ]
}

extension Draft.Kind {
    /// Values that a field of this kind never has.
    var wrong: [String] {
        switch self {
        case .identifier:
            [
                "5", "null", "true", "[]", "{}", "\"\"", "\"-a\"", "\"a b\"", "\"ä\"",
                "\"\(String(repeating: "a", count: 65))\"",
            ]
        case .count:
            [
                "\"5\"", "-1", "1.5", "1e3", "1E400", "-0", "9007199254740992", "18446744073709551616",
                String(repeating: "9", count: 400), "null", "true", "[]", "{}", "01", "+1", "0x10", "NaN", "Infinity",
            ]
        case .basisPoints: ["-1", "10001", "\"5\"", "0.5", "null", "[1]", "99999999999999999999"]
        case .small: ["0", "-1", "100000", "\"2\"", "2.0", "null", "{}"]
        case .money:
            [
                "5", "{}", "null", "\"5 EUR\"", #"{"currency":"EUR"}"#, #"{"currency":"EUR","amount":5}"#,
                #"{"currency":"EUR","amount":"1.234"}"#, #"{"currency":"EUR","amount":"01.00"}"#,
                #"{"currency":"EUR","amount":"-1.00"}"#, #"{"currency":"EUR","amount":"+1"}"#,
                #"{"currency":"EUR","amount":"1e3"}"#, #"{"currency":"EUR","amount":".5"}"#,
                #"{"currency":"EUR","amount":"1."}"#, #"{"currency":"EUR","amount":""}"#,
                #"{"currency":"EUR","amount":"99999999999999.00"}"#, #"{"currency":"eur","amount":"1.00"}"#,
                #"{"currency":"XAU","amount":"1.00"}"#, #"{"currency":"QQQ","amount":"1.00"}"#,
                #"{"currency":"JPY","amount":"1.0"}"#, #"{"currency":"EUR","amount":"1.00","cents":0}"#,
            ]
        case .topics:
            [
                "\"books\"", "[]", #"["Books"]"#, #"["a","a"]"#, "[1]", #"[""]"#, "null",
                #"["a","b","c","d","e","f","g","h","i"]"#,
                "[\"\(String(repeating: "t", count: 41))\"]", #"["a",]"#, #"{"0":"a"}"#,
            ]
        case .word: ["\"nope\"", "5", "null", "\"\"", "[\"gift\"]", "\"None\""]
        case .date: ["\"2024-02-30\"", "\"2024-1-1\"", "5", "\"20240101\"", "null", "\"2024-01-01T00:00:00Z\"", "\"\""]
        case .instant:
            [
                "\"yesterday\"", "5", "\"2024-02-30T00:00:00Z\"", "\"2023-12-31T23:59:60Z\"",
                "\"1969-12-31T23:59:59Z\"",
                "\"2024-01-01T00:00:00\"", "\"2024-01-01 00:00:00Z\"", "\"2024-01-01T24:00:00Z\"", "null",
                "\"2024-01-01T00:00:00+25:00\"",
            ]
        case .text: ["5", "null", "\"x\"", "[]", #"{"a":1.5}"#, #"{"a":9007199254740992}"#, #"{"a":1,"a":2}"#]
        }
    }
}
