/// What a check of an installation says.
package enum DoctorVerdict: String, CaseIterable, Comparable, Sendable {
    case ok
    /// It could not be looked at; the finding says why.
    case unseen
    /// It works, but somebody should see to it.
    case warning
    /// It does not work, or is not safe.
    case wrong

    package static func < (left: DoctorVerdict, right: DoctorVerdict) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// One thing that a check found: what is so, where, and what to do.
package struct DoctorFinding: Sendable, Equatable {
    /// The check's name, a word.
    package var check: String
    package var verdict: DoctorVerdict
    /// A sentence, without its full stop.
    package var text: String
    /// What to do, as a sentence; nil where nothing is to be done.
    package var advice: String?

    package init(_ check: String, _ verdict: DoctorVerdict, _ text: String, advice: String? = nil) {
        self.check = check
        self.verdict = verdict
        self.text = text
        self.advice = advice
    }
}

/// A check of an installation: pure, so that each way to fail can be had in a test.
package protocol DoctorCheck: Sendable {
    /// A word for people, the same for ever: others look for it in the JSON.
    static var name: String { get }

    /// Everything that it has to say; an `ok` where all is well.
    static func findings(_ installation: Installation) -> [DoctorFinding]
}

extension DoctorCheck {
    static func ok(_ text: String) -> DoctorFinding { DoctorFinding(name, .ok, text) }

    static func warning(_ text: String, _ advice: String) -> DoctorFinding {
        DoctorFinding(name, .warning, text, advice: advice)
    }

    static func wrong(_ text: String, _ advice: String) -> DoctorFinding {
        DoctorFinding(name, .wrong, text, advice: advice)
    }

    static func unseen(_ text: String, _ advice: String? = nil) -> DoctorFinding {
        DoctorFinding(name, .unseen, text, advice: advice)
    }
}

/// All checks of an installation.
package enum Doctor {
    package static let checks: [any DoctorCheck.Type] = [
        DataDirectoryCheck.self, SocketCheck.self, DaemonCheck.self, LockCheck.self, FormatCheck.self,
        VerifiedCheck.self, ReadinessCheck.self, LagCheck.self, HeartbeatCheck.self, ReplayCheck.self, DiskCheck.self,
        MapCheck.self, LimitsCheck.self, ClockCheck.self, BackupCheck.self,
    ]

    /// What all checks find, in their order.
    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        checks.flatMap { $0.findings(installation) }
    }
}
