/// The file UNVERIFIED in a data directory: what was restored into it was not yet verified.
///
/// It is there before the first byte of the log is, and goes when every record was read again and compared.
package enum UnverifiedMark {
    /// The file's name in the data directory.
    package static let fileName = "UNVERIFIED"

    private static let temporaryName = "\(fileName).new"

    /// Whether a directory has the mark.
    package static func isSet(_ directory: String) throws(StoreError) -> Bool {
        try FileSystem.exists("\(directory)/\(fileName)")
    }

    /// Sets the mark, durably.
    ///
    /// - Parameter text: what a person should know who finds it.
    package static func set(_ directory: String, text: String) throws(StoreError) {
        try FileSystem.replace("\(directory)/\(fileName)", temporary: "\(directory)/\(temporaryName)", with: text)
    }

    /// Takes the mark away, durably; nothing happens where there is none.
    package static func clear(_ directory: String) throws(StoreError) {
        try FileSystem.removeFile("\(directory)/\(fileName)")
        try FileSystem.syncDirectory(directory)
    }

    /// Names that may lie in a directory whose restore did not come as far as its log.
    package static let names: Set<String> = [fileName, temporaryName]
}

extension LedgerDirectory {
    /// Whether the ledger was restored and not verified since. Unreadable counts as unverified.
    package var isUnverified: Bool {
        do throws(StoreError) {
            return try UnverifiedMark.isSet(path)
        } catch {
            return true
        }
    }

    /// Takes the mark away: every record was read and compared.
    package func setVerified() throws(StoreError) {
        try UnverifiedMark.clear(path)
    }
}
