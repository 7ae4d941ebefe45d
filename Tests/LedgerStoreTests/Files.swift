import Glibc

/// Plain file access for tests that injure a data directory.
enum Files {
    static func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }

    static func write(_ bytes: [UInt8], _ path: String) {
        guard let file = fopen(path, "w") else { preconditionFailure("\(path) can be written") }
        defer { fclose(file) }
        precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count, "\(path) takes all bytes")
    }

    static func write(_ text: String, _ path: String) {
        write(Array(text.utf8), path)
    }

    static func text(_ path: String) -> String {
        String(decoding: read(path), as: UTF8.self)
    }

    static func mode(_ path: String) -> mode_t {
        var status = stat()
        stat(path, &status)
        return status.st_mode & 0o777
    }

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Flips one bit in each of the places where `pattern` occurs.
    static func injure(_ path: String, after pattern: String) -> Int {
        var bytes = read(path)
        let wanted = Array(pattern.utf8)
        var places = 0
        for start in bytes.indices.dropLast(wanted.count) where bytes[start] == wanted[0] {
            if bytes[start..<start + wanted.count].elementsEqual(wanted) {
                bytes[start + wanted.count] ^= 1
                places += 1
            }
        }
        write(bytes, path)
        return places
    }
}
