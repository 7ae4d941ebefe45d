import Glibc

/// A small file of text.
enum TextFile {
    /// No configuration is longer, in bytes.
    private static let bytesMax = 1 << 20

    /// The whole text; the fault names the path and the reason.
    static func read(_ path: String) throws(SettingsFault) -> String {
        guard let file = fopen(path, "re") else {
            throw SettingsFault(
                path, "the file cannot be read: \(String(cString: strerror(errno)))",
                "Name a file that can be read.")
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: bytesMax + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else {
            throw SettingsFault(
                path, "the file cannot be read: \(String(cString: strerror(errno)))", "Name a file of text.")
        }
        guard count <= bytesMax else {
            throw SettingsFault(path, "the file is longer than \(bytesMax) bytes", "Name a configuration file.")
        }
        guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
            throw SettingsFault(path, "the file is not UTF-8", "Name a file of text.")
        }
        return text
    }
}
