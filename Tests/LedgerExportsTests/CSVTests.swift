import Foundation
import LedgerAPI
import Testing

@testable import LedgerExports

@Suite struct CSVTests {
    @Test func `a table has a header and a record a row, ended with CR LF`() throws {
        let text = try Fixtures.written(CSVWriter(PostingTable.self), Fixtures.postings)
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.count == Fixtures.postings.count + 2)
        #expect(lines[0] == PostingTable.columns.joined(separator: ","))
        #expect(
            lines[1]
                == "1,urn:shop,e1,fee.accrued,2026-01-02T03:04:05Z,2026-01-02,ada,spring,Expenses:Fees,"
                + "Liabilities:Due,EUR,12.34,1234")
        // Media are nobody's: an empty cell.
        #expect(lines[5].contains("2026-01-02,,spring,"))
    }

    @Test func `any text reads back as it was, and no cell begins as a formula does`() throws {
        let texts = HostileText.all + HostileText.random(count: 2_000, seed: 5)
        let postings = texts.enumerated().map { Fixtures.posting(UInt64($0 + 1), influencer: $1, id: $1) }
        let records = try CSVParser.records(try Fixtures.written(CSVWriter(PostingTable.self), postings))
        #expect(records.count == texts.count + 1)
        for (record, text) in zip(records.dropFirst(), texts) {
            #expect(record.count == PostingTable.columns.count)
            for cell in [record[2], record[6]] {
                #expect(Array(Self.plain(cell).utf8) == Array(text.utf8))
                let seen = cell.trimmingCharacters(in: .whitespacesAndNewlines.union(.controlCharacters))
                #expect(!["=", "+", "-", "@"].contains { seen.hasPrefix($0) }, "\(cell.debugDescription)")
                #expect(!["\t", "\r", "\n"].contains { cell.hasPrefix($0) })
            }
        }
    }

    @Test(.enabled(if: Tools.has("python3"), "python3 is not installed"))
    func `Python's csv module reads the same cells`() throws {
        let folder = try Folder()
        // Its reader cannot take a NUL, which no text of a ledger holds.
        let texts = (HostileText.all + HostileText.random(count: 500, seed: 6)).filter { !$0.contains("\0") }
        let postings = texts.enumerated().map { Fixtures.posting(UInt64($0 + 1), id: $1) }
        let file = try folder.write(try Fixtures.written(CSVWriter(PostingTable.self), postings), as: "a.csv")
        let script =
            "import csv,json,sys;print(json.dumps([r[2] for r in csv.reader(open(sys.argv[1],newline='',"
            + "encoding='utf-8'),strict=True)][1:]))"
        let outcome = try Tools.run("python3", ["-c", script, file], in: folder)
        #expect(outcome.status == 0, "\(outcome.text)")
        let cells = try JSONDecoder().decode([String].self, from: Data(outcome.text.utf8))
        #expect(cells.map { Array(Self.plain($0).utf8) } == texts.map { Array($0.utf8) })
    }

    @Test func `amounts stay numbers, negative ones too, and what is no number is text`() {
        var record = CSVRecord()
        record.add(decimal: "-12.30")
        record.add(decimal: "-1+cmd")
        record.add(number: -5)
        record.add(number: Int?.none)
        record.add(flag: true)
        record.add(text: "")
        record.add(texts: [])
        record.add(texts: ["a", "b"])
        #expect(record.line == "-12.30,'-1+cmd,-5,,true,\"\",,a b\r\n")
    }

    @Test func `each table's records have a cell a column`() throws {
        for records in [
            InfluencerTable.records(of: Fixtures.influencer), PostTable.records(of: Fixtures.post),
            ExceptionTable.records(of: Fixtures.exception), CompensationTable.records(of: Fixtures.influencer),
        ] {
            #expect(!records.isEmpty)
        }
        func columns<Table: CSVTable>(_ table: Table.Type, _ row: Table.Row) throws -> [String: String] {
            let text = try Fixtures.written(CSVWriter(table), [row])
            let records = try CSVParser.records(text)
            #expect(records.count == 2)
            #expect(records[0].count == records[1].count)
            return Dictionary(uniqueKeysWithValues: zip(records[0], records[1]))
        }
        let influencer = try columns(InfluencerTable.self, Fixtures.influencer)
        #expect(influencer["score"] == "49.0000" && influencer["flags"] == "ambassador atRisk")
        #expect(influencer["engagements"] == "321" && influencer["seedingPostRateBp"] == "")
        let post = try columns(PostTable.self, Fixtures.post)
        #expect(post["likes"] == "300" && post["impressions"] == "" && post["live"] == "true")
        let exception = try columns(ExceptionTable.self, Fixtures.exception)
        #expect(exception["positions"] == "3 5" && exception["events"] == "urn:shop e3 urn:shop e5")
        #expect(exception["amount"] == "-2.00" && exception["quantity"] == "")
        let compensation = try columns(CompensationTable.self, Fixtures.influencer)
        #expect(compensation["due"] == "-2.00" && compensation["campaignId"] == "spring")
    }

    @Test func `compensation of one campaign is that campaign's only`() throws {
        let person = Fixtures.person(
            "ada", byCampaign: ["autumn": ["EUR": Fixtures.sums], "spring": ["JPY": Fixtures.sums]])
        func campaigns(_ campaignID: String?) throws -> [String] {
            let text = try Fixtures.written(CSVWriter(CompensationTable.self, campaignID: campaignID), [person])
            return try CSVParser.records(text).dropFirst().map { $0[1] }
        }
        #expect(try campaigns(nil) == ["autumn", "spring"])
        #expect(try campaigns("spring") == ["spring"])
        #expect(try campaigns("winter") == [])
    }

    /// The text of a cell: without the apostrophe that keeps it from being a formula.
    private static func plain(_ cell: String) -> String {
        cell.unicodeScalars.first == "'" ? String(String.UnicodeScalarView(cell.unicodeScalars.dropFirst())) : cell
    }
}

/// A strict reader of RFC 4180.
enum CSVParser {
    struct Fault: Error {
        var byte: Int
    }

    static func records(_ text: String) throws -> [[String]] {
        let bytes = Array(text.utf8)
        var records: [[String]] = []
        var record: [String] = []
        var place = 0
        while place < bytes.count {
            record.append(try cell(bytes, &place))
            if place < bytes.count, bytes[place] == 0x2C {
                place += 1
                continue
            }
            guard place + 1 < bytes.count, bytes[place] == 0x0D, bytes[place + 1] == 0x0A else {
                throw Fault(byte: place)
            }
            place += 2
            records.append(record)
            record = []
        }
        guard record.isEmpty else { throw Fault(byte: place) }
        return records
    }

    private static func cell(_ bytes: [UInt8], _ place: inout Int) throws -> String {
        var cell: [UInt8] = []
        guard place < bytes.count, bytes[place] == 0x22 else {
            while place < bytes.count, ![0x2C, 0x0D].contains(bytes[place]) {
                guard bytes[place] != 0x22, bytes[place] != 0x0A else { throw Fault(byte: place) }
                cell.append(bytes[place])
                place += 1
            }
            return String(decoding: cell, as: UTF8.self)
        }
        place += 1
        while place < bytes.count {
            if bytes[place] == 0x22 {
                place += 1
                guard place < bytes.count, bytes[place] == 0x22 else { return String(decoding: cell, as: UTF8.self) }
            }
            cell.append(bytes[place])
            place += 1
        }
        throw Fault(byte: place)
    }
}
