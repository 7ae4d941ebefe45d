package import EventLog

/// What the file BACKUP in a data directory says: when the ledger was last backed up, how far, and where to. For those
/// who watch over it; nothing depends on it.
///
///     format: 1
///     seconds: 1795497600
///     position: 1234
///     path: /srv/backup/ledger
package struct LastBackup: Hashable, Sendable {
    /// The format this program writes.
    package static let format = 1
    /// The file's name in the data directory.
    package static let fileName = "BACKUP"

    /// When it was complete: seconds since 1970 UTC.
    package var seconds: Int64
    /// The last position it holds.
    package var position: Position
    /// The backup's directory as an absolute path.
    package var path: String

    package init(seconds: Int64, position: Position, path: String) {
        self.seconds = seconds
        self.position = position
        self.path = path
    }

    private static let temporaryName = "\(fileName).new"
    private static let sizeBytesMax = 16_384

    /// The note of a data directory; nil if there is none, or none that this program can read: it is only a note.
    package static func read(directory: String) throws(StoreError) -> LastBackup? {
        let file = "\(directory)/\(fileName)"
        guard try FileSystem.exists(file) else { return nil }
        let text = String(decoding: try FileSystem.read(file, limit: sizeBytesMax), as: UTF8.self)
        guard let values = try? KeyedLines.read(text), values["format"] == "\(format)",
            let seconds = values["seconds"].flatMap({ Int64($0) }),
            let position = values["position"].flatMap({ UInt64($0) }), let path = values["path"]
        else { return nil }
        return LastBackup(seconds: seconds, position: Position(position), path: path)
    }

    /// Writes the note, durably, for the daemon to read.
    package func write(directory: String) throws(StoreError) {
        let file = "\(directory)/\(Self.fileName)"
        try FileSystem.replace(file, temporary: "\(directory)/\(Self.temporaryName)", with: text)
        FileSystem.giveToOwner(of: directory, file)
    }

    private var text: String {
        // A line feed in a path would make another line of it.
        let shown = String(decoding: path.utf8.map { $0 < 0x20 ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
        return """
            format: \(Self.format)
            seconds: \(seconds)
            position: \(position)
            path: \(shown)

            """
    }
}
