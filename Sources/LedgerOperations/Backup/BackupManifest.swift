import FoundationEssentials
import LedgerStore

/// What the file MANIFEST of a backup says, as JSON: which ledger, how far, what its records are, and how it came to be.
package struct BackupManifest: Codable, Equatable, Sendable {
    /// The format this program writes.
    package static let format = 1

    /// The copy that a backup began with, or what an increment added to it.
    package struct Part: Codable, Equatable, Sendable {
        /// The first and the last position it brought; `to` is `from` − 1 if there was nothing to bring.
        package var from: UInt64
        package var to: UInt64
        /// The digest of the records 1 … `to` (`RecordsDigest`): the last part's is that of the whole backup.
        package var recordsSha256: String
        /// When it was complete, RFC 3339 in UTC.
        package var madeAt: String
        /// The program that made it.
        package var program: String
    }

    package var format: Int
    /// The ledger's identity, as its marker has it.
    package var ledger: String
    /// The last position it holds.
    package var head: UInt64
    /// The digest of all its records: 64 hexadecimal digits.
    package var recordsSha256: String
    /// The size of `log/data.mdb`.
    package var bytes: UInt64
    /// The first is the copy it began with.
    package var parts: [Part]

    /// The most bytes of a manifest that are read: some hundred thousand increments.
    private static let sizeBytesMax = 64 << 20

    static func path(_ directory: String) -> String { "\(directory)/\(BackupNames.manifest)" }

    /// Reads a backup's manifest; nil if there is none.
    package static func read(directory: String) throws(OperationFault) -> BackupManifest? {
        let path = path(directory)
        let bytes = try stored { () throws(StoreError) -> [UInt8]? in
            try FileSystem.exists(path) ? try FileSystem.read(path, limit: sizeBytesMax) : nil
        }
        guard let bytes else { return nil }
        struct Format: Codable {
            var format: Int
        }
        let decoder = JSONDecoder()
        guard let format = try? decoder.decode(Format.self, from: Data(bytes)).format else {
            throw .failed("\(path) cannot be read as a manifest. The backup is damaged: use another one.")
        }
        guard format == Self.format else {
            throw .failed(
                "\(path) has format \(format), and this program knows \(Self.format). Use the newer campaignctl that made it."
            )
        }
        guard let manifest = try? decoder.decode(BackupManifest.self, from: Data(bytes)), manifest.isWhole else {
            throw .failed("\(path) cannot be read as a manifest. The backup is damaged: use another one.")
        }
        return manifest
    }

    /// Whether its parts follow each other and end where it says.
    private var isWhole: Bool {
        var next: UInt64 = 1
        for part in parts {
            guard part.from == next, part.to >= part.from - 1 else { return false }
            next = part.to + 1
        }
        return parts.last?.to == head && parts.last?.recordsSha256 == recordsSha256
    }

    /// Writes it, durably, in the place of an older one.
    func write(directory: String) throws(OperationFault) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else {
            throw .failed("The manifest could not be written as JSON. This is a defect of the program; report it.")
        }
        try stored { () throws(StoreError) in
            try FileSystem.replace(
                Self.path(directory), temporary: "\(Self.path(directory)).new",
                with: String(decoding: data, as: UTF8.self) + "\n")
        }
    }
}
