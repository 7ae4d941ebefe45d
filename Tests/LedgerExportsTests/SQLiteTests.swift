import Foundation
import GRDB
import LedgerAPI
import Testing

@testable import LedgerExports

@Suite struct SQLiteTests {
    /// Writes the fixtures.
    private func write(
        _ path: String, influencer: String? = nil, campaign: String? = nil, postings: [PostingBody] = Fixtures.postings,
        ext: String = "x", retractions: [Data] = [], late: [Data] = []
    ) throws -> SQLiteExport {
        let export = try SQLiteExport(path: path, influencerID: influencer, campaignID: campaign)
        try export.begin(Fixtures.moment)
        for id in ["ada", "bo"] {
            try export.add(
                Fixtures.person(id, byCampaign: ["autumn": ["EUR": Fixtures.sums], "spring": ["EUR": Fixtures.sums]]))
        }
        try export.add(Fixtures.post)
        for posting in postings {
            try export.add(posting)
        }
        try export.add(Fixtures.exception)
        for (index, line) in try Fixtures.events(7, ext: ext).enumerated() {
            try export.add(try RecordedEvent(line: line, number: index + 1))
        }
        for line in retractions {
            try export.add(try RecordedEvent(line: line, number: 0))
        }
        for line in late {
            try export.addLate(try RecordedEvent(line: line, number: 0))
        }
        try export.finish()
        return export
    }

    /// The rows of a query, cells joined by `|`, NULL as nothing.
    private func rows(_ path: String, _ sql: String) throws -> [String] {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read { database in
            try Row.fetchAll(database, sql: sql).map { row in
                row.databaseValues.map { value in
                    switch value.storage {
                    case .string(let text): text
                    case .int64(let number): String(number)
                    default: ""
                    }
                }.joined(separator: "|")
            }
        }
    }

    @Test func `one sound file says what it is and of when`() throws {
        let folder = try Folder()
        let file = "\(folder.path)/a.sqlite"
        let export = try write(file)
        #expect(export.events == 7)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.sqlite"])
        #expect(try rows(file, "PRAGMA integrity_check") == ["ok"])
        #expect(try rows(file, "PRAGMA application_id") == ["\(0x434C_6564)"])
        #expect(try rows(file, "PRAGMA user_version") == ["1"])
        #expect(try rows(file, "PRAGMA journal_mode") == ["delete"])
        #expect(try rows(file, "SELECT * FROM meta") == ["1|0190-aa|0.1.0|12|2026-06-30T12:00:00Z|3|1|2||"])
        let loose = """
            SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'
            """
        #expect(try rows(file, loose) == [], "tables that are not STRICT")
        #expect(try rows(file, "PRAGMA foreign_key_check") == [])
    }

    @Test func `sums in SQL are those of the postings`() throws {
        let folder = try Folder()
        let file = "\(folder.path)/a.sqlite"
        _ = try write(file)
        #expect(
            try rows(file, "SELECT currency, account, balanceMinor FROM trialBalance ORDER BY currency, account") == [
                "EUR|Expenses:Fees|1234", "EUR|Expenses:Media|9900", "EUR|Liabilities:Due|0",
                "EUR|Liabilities:InFlight|-1234", "EUR|Liabilities:Media|-9900", "JPY|Expenses:Fees|1200",
                "JPY|Liabilities:Due|-1200", "KWD|Expenses:Fees|500", "KWD|Liabilities:Due|-500",
            ])
        let balances = """
            SELECT influencerId, balance FROM balances
            WHERE account = 'Liabilities:Due' AND currency = 'KWD' OR account = 'Liabilities:Media' ORDER BY 1
            """
        #expect(try rows(file, balances) == ["|-99.00", "ada|-0.500"])
        #expect(
            try rows(file, "SELECT due, dueMinor FROM compensation WHERE influencerId = 'ada' LIMIT 1") == [
                "-2.00|-200"
            ])
        #expect(try rows(file, "SELECT year, totalMinor, reportable FROM reportable LIMIT 1") == ["2026|15500|0"])
        #expect(
            try rows(file, "SELECT kind, minor, position FROM exceptions JOIN exceptionEvents USING (exceptionId)")
                == ["payoutExceedsDue|-200|3", "payoutExceedsDue|-200|5"])
        #expect(try rows(file, "SELECT event ->> '$.id' FROM events WHERE position = 4") == ["e4"])
    }

    @Test func `sums beyond 64 bits keep their decimal and have no minor units`() throws {
        let folder = try Folder()
        let file = "\(folder.path)/a.sqlite"
        let big = (1...5).map {
            Fixtures.posting(UInt64($0), amount: "90000000000000000.00", minor: 9_000_000_000_000_000_000)
        }
        _ = try write(file, postings: big)
        #expect(
            try rows(file, "SELECT debits, debitsMinor FROM balances WHERE account LIKE 'Exp%'") == [
                "450000000000000000.00|"
            ])
    }

    @Test func `an export of one influencer or campaign keeps the events it names`() throws {
        let folder = try Folder()
        // Of bo is event 5; the post and the exception name 2, 3 and 5.
        _ = try write("\(folder.path)/bo.sqlite", influencer: "bo", postings: [])
        #expect(try rows("\(folder.path)/bo.sqlite", "SELECT position FROM events") == ["2", "3", "5"])
        let file = "\(folder.path)/autumn.sqlite"
        _ = try write(file, campaign: "autumn", postings: [])
        #expect(try rows(file, "SELECT position FROM events") == ["2", "3", "4", "5"])
        #expect(try rows(file, "SELECT campaignId FROM meta") == ["autumn"])
    }

    @Test func `an export of one campaign has that campaign's money and nothing reportable`() throws {
        let folder = try Folder()
        let (all, one) = ("\(folder.path)/all.sqlite", "\(folder.path)/autumn.sqlite")
        _ = try write(all, postings: [])
        _ = try write(one, campaign: "autumn", postings: [])
        let compensation = "SELECT influencerId, campaignId FROM compensation ORDER BY 1, 2"
        #expect(try rows(all, compensation) == ["ada|autumn", "ada|spring", "bo|autumn", "bo|spring"])
        #expect(try rows(one, compensation) == ["ada|autumn", "bo|autumn"])
        #expect(try rows(all, "SELECT count(*) FROM reportable") == ["2"])
        #expect(try rows(one, "SELECT count(*) FROM reportable") == ["0"])
        #expect(try rows(one, "SELECT score FROM influencers") == ["49.0000", "49.0000"])
    }

    @Test func `an export of one campaign keeps the retractions of its events, which do not name it`() throws {
        let folder = try Folder()
        let file = "\(folder.path)/autumn.sqlite"
        // Of autumn is event 4; rows name 2, 3 and 5; nothing names 1.
        let retractions = try [Fixtures.retraction(of: 4, at: 8), Fixtures.retraction(of: 1, at: 9)]
        let export = try write(file, campaign: "autumn", postings: [], retractions: retractions)
        #expect(try rows(file, "SELECT position FROM events") == ["2", "3", "4", "5", "8"])
        #expect(export.events == 5)
    }

    @Test func `a retraction from after the instant is kept once, if its event is`() throws {
        let folder = try Folder()
        let file = "\(folder.path)/a.sqlite"
        let early = try Fixtures.retraction(of: 3, at: 8)
        let late = try [
            early, Fixtures.retraction(of: 4, at: 9), Fixtures.retraction(of: 77, at: 10), Fixtures.events(3)[2],
        ]
        let export = try write(file, retractions: [early], late: late)
        #expect(try rows(file, "SELECT position FROM events WHERE position > 7") == ["8", "9"])
        #expect(export.events == 9)
    }

    @Test func `a position in another event's data is no retraction`() throws {
        let line = try Fixtures.events(1)[0]
        let text = String(decoding: line, as: UTF8.self).replacing("\"ext\":", with: "\"position\":\"first\",\"ext\":")
        let event = try RecordedEvent(line: Data(text.utf8), number: 1)
        #expect(event.retracted == nil && event.position == 1)
    }

    @Test func `a reference that leads nowhere is a fault`() throws {
        let folder = try Folder()
        #expect(throws: ExportFault.self) {
            _ = try write("\(folder.path)/a.sqlite", postings: [Fixtures.posting(3, influencer: "nobody")])
        }
        #expect(throws: ExportFault.self) {
            _ = try write("\(folder.path)/b.sqlite", postings: [Fixtures.posting(99)])
        }
    }

    @Test func `any text is kept as it was and changes no table`() throws {
        let folder = try Folder()
        let texts = HostileText.all + HostileText.random(count: 200, seed: 9)
        for (index, text) in texts.enumerated() where index.isMultiple(of: 4) {
            let file = "\(folder.path)/\(index).sqlite"
            _ = try write(file, postings: [Fixtures.posting(1, campaign: text, id: text)], ext: text)
            let kept = try rows(file, "SELECT hex(id), hex(campaignId) FROM postings")
            let bytes = text.utf8.map { ExportToken.hexadecimal($0) }.joined()
            #expect(kept == ["\(bytes)|\(bytes)"])
            #expect(try rows(file, "SELECT count(*) FROM events") == ["7"])
        }
    }
}
