import EventLog

/// What is on the disk can be read by this program.
package enum FormatCheck: DoctorCheck {
    package static let name = "format"

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        guard let ledger = installation.ledger.value else {
            guard case .unseen(let reason) = installation.ledger else {
                return [unseen("there is no ledger to look at")]
            }
            return [unseen("the ledger could not be read: \(reason)", "Run doctor as the daemon's user, or as root.")]
        }
        if let fault = ledger.fault { return [wrong(fault.text, fault.advice)] }
        let found = ledger.folds.compactMap(finding)
        guard found.isEmpty else { return found }
        let versions = ledger.folds.compactMap { fold in fold.version.map { "\(fold.name) \($0)" } }
        let folds = versions.isEmpty ? "" : ", " + versions.joined(separator: ", ")
        return [ok("ledger \(ledger.identity ?? "?") to position \(ledger.head?.rawValue ?? 0)\(folds)")]
    }

    private static func finding(_ fold: FoldGlance) -> DoctorFinding? {
        guard let version = fold.version, let written = fold.versionWritten, version != written else { return nil }
        if version > written {
            return warning(
                "\(fold.name)/ is of version \(version); this program writes \(written)",
                "A newer program wrote it. Use that one, or let this one build it again at its start.")
        }
        guard fold.versionsReadable.contains(version) else {
            return warning(
                "\(fold.name)/ is of version \(version), which the next start replaces by \(written) before it serves",
                "Nothing is lost. Plan the start: it reads the whole log.")
        }
        return warning(
            "\(fold.name)/ is of version \(version) and is being replaced by \(written), or will be at the next start",
            "Nothing is to be done: the old one is served meanwhile. See campaignctl replay list.")
    }
}
