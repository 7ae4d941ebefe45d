import LedgerStore

/// Looks at the files of the replays: what a daemon that is down left behind.
enum ReplayLook {
    private static let suffix = ".job"
    private static let noteBytesMax = 8 << 20

    static func replays(_ directory: String) -> Look<[ReplayGlance]> {
        do throws(StoreError) {
            guard let names = try FileSystem.names(in: "\(directory)/replays") else { return .absent }
            return .seen(
                names.filter { $0.hasSuffix(suffix) }.compactMap { name in
                    FileLook.lines("\(directory)/replays/\(name)", limit: noteBytesMax).map {
                        glance(id: String(name.dropLast(suffix.count)), $0)
                    }
                })
        } catch { return .unseen(error.message) }
    }

    /// From the lines of a job's file, `key: value` each.
    static func glance(id: String, _ lines: [Substring]) -> ReplayGlance {
        func value(_ key: String) -> String? {
            lines.first { $0.hasPrefix("\(key): ") }.map { String($0.dropFirst(key.count + 2)) }
        }
        return ReplayGlance(
            id: id, kind: value("kind") ?? "?", state: value("state") ?? "?",
            attempt: value("attempt").flatMap { Int($0) } ?? 0, error: value("error"))
    }
}
