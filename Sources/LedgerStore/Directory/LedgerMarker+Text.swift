internal import EventLog

extension LedgerMarker {
    /// The file's text.
    package var text: String {
        """
        format: \(Self.format)
        ledger: \(identity)
        head: \(head)
        checksum: \(hexadecimal(checksum))

        """
    }

    /// Reads the file's text. A newer format is told apart before anything else is looked at.
    package init(text: String) throws(MarkerFault) {
        let values: [String: String]
        do throws(KeyedLinesFault) {
            values = try KeyedLines.read(text)
        } catch {
            throw .unreadable(error.reason)
        }
        guard let formatText = values["format"], let format = Int(formatText) else {
            throw .unreadable("there is no format")
        }
        guard format == Self.format else {
            throw format > Self.format ? .newer(format) : .unreadable("format \(format) never was")
        }
        guard values.count == 4, let identity = values["ledger"], Self.isIdentity(identity) else {
            throw .unreadable("there is no ledger identity of \(Self.identityDigits) digits, or an unknown key")
        }
        guard let head = values["head"].flatMap({ UInt64($0) }),
            let checksum = values["checksum"].flatMap({ UInt32($0, radix: 16) })
        else { throw .unreadable("the head or its checksum is no number") }
        self.init(identity: identity, head: Position(head), checksum: checksum)
    }

    private static let temporaryName = "\(fileName).new"
    private static let sizeBytesMax = 4096

    /// Names that may lie in a directory before its first start is complete.
    package static let unfinishedNames: Set<String> = [temporaryName]

    /// The marker of a directory; nil if it has none.
    package static func read(directory: String) throws(StoreError) -> LedgerMarker? {
        let path = "\(directory)/\(fileName)"
        guard try FileSystem.exists(path) else { return nil }
        let bytes = try FileSystem.read(path, limit: sizeBytesMax)
        do throws(MarkerFault) {
            return try LedgerMarker(text: String(decoding: bytes, as: UTF8.self))
        } catch {
            switch error {
            case .newer(let format):
                throw .refused(path: directory, .markerNewer(format: format, known: Self.format))
            case .unreadable(let reason):
                throw .refused(path: directory, .markerUnreadable(reason: reason))
            }
        }
    }

    /// Writes the marker: temporary file, sync, rename, sync of the directory.
    package func write(directory: String) throws(StoreError) {
        try FileSystem.replace(
            "\(directory)/\(Self.fileName)", temporary: "\(directory)/\(Self.temporaryName)", with: text)
    }
}

/// Why a text is no marker.
package enum MarkerFault: Error, Hashable, Sendable {
    case newer(Int)
    case unreadable(String)
}
