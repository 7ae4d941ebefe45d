import LedgerAPI

/// The tables of an exported SQLite file. Text that may be anything is TEXT as it was; money is a decimal as TEXT beside
/// integer minor units; times are RFC 3339 in UTC and sort as text within a second's digits; lists are JSON arrays.
enum SQLiteSchema {
    /// `CLed`: what `file` and others know the format by.
    static let applicationID = 0x434C_6564
    /// The version of these tables; changes with every change of them.
    static let version = 1

    static let tables = """
        CREATE TABLE meta (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            ledgerId TEXT NOT NULL, version TEXT NOT NULL,
            position INTEGER NOT NULL, at TEXT NOT NULL,
            policyTrust INTEGER NOT NULL, policyAdvocacy INTEGER NOT NULL, policyTax INTEGER NOT NULL,
            influencerId TEXT, campaignId TEXT
        ) STRICT;
        CREATE TABLE events (
            position INTEGER PRIMARY KEY, source TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
            time TEXT NOT NULL, recordedTime TEXT NOT NULL, subject TEXT NOT NULL,
            influencerId TEXT, campaignId TEXT, event TEXT NOT NULL CHECK (json_valid(event))
        ) STRICT;
        CREATE TABLE influencers (
            influencerId TEXT PRIMARY KEY, platform TEXT, registered TEXT, tier TEXT NOT NULL,
            score TEXT NOT NULL, raw INTEGER NOT NULL, beforeCaps INTEGER NOT NULL,
            evidence TEXT NOT NULL, evidenceCount INTEGER,
            responsiveness INTEGER NOT NULL, nicheFit INTEGER NOT NULL, authenticity INTEGER NOT NULL,
            engagementQuality INTEGER NOT NULL, disclosure INTEGER NOT NULL, reliability INTEGER NOT NULL,
            caps TEXT NOT NULL, openBreaches TEXT NOT NULL,
            stage TEXT NOT NULL, stageRank INTEGER NOT NULL, flags TEXT NOT NULL,
            acceptRateBp INTEGER, earnedShareBp INTEGER, seedingPostRateBp INTEGER,
            homeTopics TEXT NOT NULL, engagements INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE compensation (
            influencerId TEXT NOT NULL REFERENCES influencers, campaignId TEXT NOT NULL, currency TEXT NOT NULL,
            \(money(of: NamedSum.all.map(\.name))),
            PRIMARY KEY (influencerId, campaignId, currency)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE reportable (
            influencerId TEXT NOT NULL REFERENCES influencers, year INTEGER NOT NULL, currency TEXT NOT NULL,
            \(money(of: reportableSums)),
            reportable INTEGER NOT NULL CHECK (reportable IN (0, 1)), thresholdUsd TEXT,
            PRIMARY KEY (influencerId, year, currency)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE posts (
            influencerId TEXT NOT NULL REFERENCES influencers, postId TEXT NOT NULL,
            position INTEGER NOT NULL UNIQUE REFERENCES events, published TEXT NOT NULL, platform TEXT NOT NULL,
            topics TEXT NOT NULL, brandIds TEXT NOT NULL, campaignId TEXT, connection TEXT NOT NULL,
            live INTEGER NOT NULL CHECK (live IN (0, 1)), removed TEXT,
            needsDisclosure INTEGER NOT NULL CHECK (needsDisclosure IN (0, 1)), verdict TEXT,
            engagements INTEGER NOT NULL, countersTime TEXT, likes INTEGER, comments INTEGER, shares INTEGER,
            saves INTEGER, views INTEGER, reach INTEGER, impressions INTEGER,
            PRIMARY KEY (influencerId, postId)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE postings (
            position INTEGER PRIMARY KEY REFERENCES events, source TEXT NOT NULL, id TEXT NOT NULL,
            type TEXT NOT NULL, time TEXT NOT NULL, day TEXT NOT NULL,
            influencerId TEXT REFERENCES influencers, campaignId TEXT NOT NULL,
            debit TEXT NOT NULL, credit TEXT NOT NULL, currency TEXT NOT NULL,
            amount TEXT NOT NULL, minor INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE balances (
            influencerId TEXT REFERENCES influencers, campaignId TEXT NOT NULL,
            currency TEXT NOT NULL, account TEXT NOT NULL,
            \(money(of: ["debits", "credits", "balance"]))
        ) STRICT;
        CREATE TABLE exceptions (
            exceptionId INTEGER PRIMARY KEY, kind TEXT NOT NULL, since TEXT NOT NULL,
            influencerId TEXT REFERENCES influencers, campaignId TEXT,
            thingId TEXT, aboutCampaignId TEXT, quantity INTEGER, currency TEXT, amount TEXT, minor INTEGER
        ) STRICT;
        CREATE TABLE exceptionEvents (
            exceptionId INTEGER NOT NULL REFERENCES exceptions, place INTEGER NOT NULL,
            position INTEGER NOT NULL REFERENCES events, source TEXT NOT NULL, id TEXT NOT NULL,
            PRIMARY KEY (exceptionId, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX exceptionEventsByPosition ON exceptionEvents (position);
        """

    /// Made after the rows, which is faster, and packs them.
    static let indexes = """
        CREATE UNIQUE INDEX eventsByIdentity ON events (source, id);
        CREATE INDEX eventsBySubject ON events (subject, position);
        CREATE INDEX eventsByType ON events (type, time);
        CREATE INDEX eventsByTime ON events (time);
        CREATE INDEX eventsByCampaign ON events (campaignId) WHERE campaignId IS NOT NULL;
        CREATE INDEX influencersByScore ON influencers (raw);
        CREATE INDEX postsByCampaign ON posts (campaignId) WHERE campaignId IS NOT NULL;
        CREATE INDEX postsByPublished ON posts (published);
        CREATE INDEX postingsByInfluencer ON postings (influencerId, day);
        CREATE INDEX postingsByCampaign ON postings (campaignId, day);
        CREATE INDEX postingsByDebit ON postings (debit, currency, day);
        CREATE INDEX postingsByCredit ON postings (credit, currency, day);
        CREATE INDEX postingsByDay ON postings (day);
        CREATE UNIQUE INDEX balancesByName ON balances (coalesce(influencerId, ''), campaignId, currency, account);
        CREATE INDEX balancesByAccount ON balances (account, currency);
        CREATE INDEX exceptionsByKind ON exceptions (kind, since);
        CREATE INDEX exceptionsByInfluencer ON exceptions (influencerId) WHERE influencerId IS NOT NULL;
        CREATE VIEW trialBalance AS
            SELECT currency, account, sum(debitsMinor) AS debitsMinor, sum(creditsMinor) AS creditsMinor,
                sum(balanceMinor) AS balanceMinor
            FROM balances GROUP BY currency, account;
        """

    static let reportableSums = ["cash", "gifts", "total"]

    /// A decimal and its minor units for each sum. Minor units beyond 64 bits are NULL; the decimal is always whole.
    private static func money(of sums: [String]) -> String {
        sums.map { "\($0) TEXT NOT NULL, \($0)Minor INTEGER" }.joined(separator: ", ")
    }
}
