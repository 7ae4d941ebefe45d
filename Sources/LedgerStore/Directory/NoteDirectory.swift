internal import Glibc

/// A directory of small texts that are replaced as a whole: after a crash each is the old one or the new one.
package struct NoteDirectory: Sendable {
    package let path: String

    /// - Parameter path: made if it is not there; its parent has to be.
    package init(path: String) throws(StoreError) {
        self.path = path
        try FileSystem.createDirectory(path)
    }

    private static let temporarySuffix = ".new"

    /// The names in it, sorted; not those of texts whose writing was cut off.
    package func names() throws(StoreError) -> [String] {
        (try FileSystem.names(in: path) ?? []).filter { !$0.hasSuffix(Self.temporarySuffix) }
    }

    /// A text's bytes; of a longer one so many and one more.
    package func read(_ name: String, bytesMax: Int) throws(StoreError) -> [UInt8] {
        try FileSystem.read("\(path)/\(name)", limit: bytesMax + 1)
    }

    /// Replaces a text; it is durable on return.
    package func write(_ name: String, _ text: String) throws(StoreError) {
        try FileSystem.replace(
            "\(path)/\(name)", temporary: "\(path)/\(name)\(Self.temporarySuffix)", with: text)
    }

    /// Gives a text another name, over one that has it.
    package func rename(_ name: String, to new: String) throws(StoreError) {
        try FileSystem.rename("\(path)/\(name)", to: "\(path)/\(new)")
    }

    /// Deletes a text or another plain file of that name, if it is there.
    package func remove(_ name: String) throws(StoreError) {
        guard unlink("\(path)/\(name)") == 0 else {
            if errno == ENOENT { return }
            throw FileSystem.fault("deleting", "\(path)/\(name)")
        }
        try FileSystem.syncDirectory(path)
    }
}
