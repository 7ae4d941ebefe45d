import GRDB
package import LedgerAPI

/// Writes one SQLite file, in batches, so that memory is bounded. The order is: influencers, posts, postings, exceptions,
/// then events, since of these an export of one influencer or campaign keeps those that the other rows name.
///
/// Not for use by two tasks at a time.
package final class SQLiteExport {
    /// Rows that one transaction writes.
    private static let batchRows = 2_000

    private let queue: DatabaseQueue
    private let influencerID: String?
    private let campaignID: String?
    private var batch: [SQLiteRow] = []
    private var balances = BalanceSums()
    private var balancesOwner: String??
    private var exceptions = 0
    /// Events kept so far.
    package private(set) var events = 0

    /// Makes the tables.
    /// - Parameters:
    ///   - path: An empty file, or none.
    ///   - influencerID: The one it is limited to, if it is.
    ///   - campaignID: The one it is limited to, if it is.
    package init(path: String, influencerID: String?, campaignID: String?) throws(ExportFault) {
        self.influencerID = influencerID
        self.campaignID = campaignID
        var configuration = Configuration()
        // Checked as a whole at the end: events come last.
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            // No file beside the one that is renamed when all is done; whoever renames it syncs it first.
            try database.execute(
                sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768")
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { database in
                try database.execute(sql: "PRAGMA application_id = \(SQLiteSchema.applicationID)")
                try database.execute(sql: "PRAGMA user_version = \(SQLiteSchema.version)")
                try database.execute(sql: SQLiteSchema.tables)
            }
        } catch {
            throw .database("\(error)")
        }
    }

    package func begin(_ moment: ExportMoment) throws(ExportFault) {
        try add([SQLiteRows.meta(moment, influencerID: influencerID, campaignID: campaignID)])
    }

    package func add(_ row: ExportedInfluencerBody) throws(ExportFault) {
        try add(try SQLiteRows.influencer(campaignID.map { row.narrowed(toCampaign: $0) } ?? row))
    }

    package func add(_ row: ExportedPostBody) throws(ExportFault) {
        try add([try SQLiteRows.post(row)])
    }

    /// Postings come influencer by influencer, media last: an influencer's balances are written when the next one's
    /// postings begin.
    package func add(_ row: PostingBody) throws(ExportFault) {
        if let owner = balancesOwner, owner != row.influencerId {
            try add(balances.take(influencerID: owner))
        }
        balancesOwner = .some(row.influencerId)
        balances.add(row)
        try add([SQLiteRows.posting(row)])
    }

    package func add(_ row: ExceptionBody) throws(ExportFault) {
        guard row.positions.count == row.events.count else {
            throw .unwritableValue("An exception of kind \(row.kind) has other positions than events.")
        }
        exceptions += 1
        try add(SQLiteRows.exception(row, number: exceptions))
    }

    /// An event, if the export is whole, or it is of its influencer or campaign, a policy, named by a row, or the
    /// retraction of one that was kept. Events come by position.
    package func add(_ event: RecordedEvent) throws(ExportFault) {
        guard try isWanted(event) else { return }
        try keep(event)
    }

    /// A retraction from after the export's instant, if its event was kept: that counts nowhere, whatever the instant
    /// (Projections, section 0). They come after all other events.
    package func addLate(_ retraction: RecordedEvent) throws(ExportFault) {
        guard let target = retraction.retracted, try isKept(target), try !isKept(retraction.position) else { return }
        try keep(retraction)
    }

    private func keep(_ event: RecordedEvent) throws(ExportFault) {
        events += 1
        try add([event.row])
    }

    /// Ends what SQLite is doing with an error, from any task: making indexes can take long.
    package var interrupt: @Sendable () -> Void {
        { [queue] in queue.interrupt() }
    }

    /// Makes the indexes, checks the file and closes it.
    package func finish() throws(ExportFault) {
        if let owner = balancesOwner {
            try add(balances.take(influencerID: owner))
        }
        try flush()
        do {
            try queue.write { try $0.execute(sql: SQLiteSchema.indexes) }
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "ANALYZE")
                try Self.check(database)
            }
            try queue.close()
        } catch let fault as ExportFault {
            throw fault
        } catch {
            throw .database("\(error)")
        }
    }

    // MARK: Batches

    private func add(_ rows: [SQLiteRow]) throws(ExportFault) {
        batch += rows
        if batch.count >= Self.batchRows { try flush() }
    }

    private func flush() throws(ExportFault) {
        guard !batch.isEmpty else { return }
        let rows = batch
        batch.removeAll(keepingCapacity: true)
        do {
            try queue.write { database in
                for row in rows {
                    try database.cachedStatement(sql: row.insert).execute(arguments: row.values)
                }
            }
        } catch {
            throw .database("\(error)")
        }
    }

    private func isWanted(_ event: RecordedEvent) throws(ExportFault) -> Bool {
        guard influencerID != nil || campaignID != nil else { return true }
        let (data, subject) = (event.attributes.data, event.attributes.subject)
        if subject.hasPrefix("policy/") { return true }
        if let campaignID, data.campaignId == campaignID, influencerID == nil || data.influencerId == influencerID {
            return true
        }
        if let influencerID, campaignID == nil, data.influencerId == influencerID { return true }
        if let target = event.retracted, try isKept(target) { return true }
        return try isNamed(event.position)
    }

    private func isKept(_ position: UInt64) throws(ExportFault) -> Bool {
        // It may wait in the batch.
        try flush()
        return try isTrue("SELECT EXISTS (SELECT 1 FROM events WHERE position = :p)", position)
    }

    /// Whether a row refers to the event.
    private func isNamed(_ position: UInt64) throws(ExportFault) -> Bool {
        // What waits in the batch may be the row that names it; of events, none is.
        if let first = batch.first, !first.insert.hasPrefix("INSERT INTO events") { try flush() }
        return try isTrue(
            """
            SELECT EXISTS (SELECT 1 FROM postings WHERE position = :p)
                OR EXISTS (SELECT 1 FROM posts WHERE position = :p)
                OR EXISTS (SELECT 1 FROM exceptionEvents WHERE position = :p)
            """, position)
    }

    private func isTrue(_ question: String, _ position: UInt64) throws(ExportFault) -> Bool {
        do {
            return try queue.read { database in
                let statement = try database.cachedStatement(sql: question)
                return try Bool.fetchOne(statement, arguments: ["p": Int64(clamping: position)]) ?? false
            }
        } catch {
            throw .database("\(error)")
        }
    }

    // MARK: Checks

    /// What SQLite itself says of the file, and whether every reference leads somewhere.
    private static func check(_ database: Database) throws {
        let sound = try String.fetchAll(database, sql: "PRAGMA integrity_check")
        guard sound == ["ok"] else { throw ExportFault.database(sound.prefix(5).joined(separator: "; ") + ".") }
        if let lost = try Row.fetchOne(database, sql: "PRAGMA foreign_key_check") {
            throw ExportFault.database(
                "a row of \(lost["table"] as String? ?? "a table") refers to \(lost["parent"] as String? ?? "another") "
                    + "that the daemon did not send.")
        }
    }
}
