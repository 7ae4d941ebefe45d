package import CampaignDomain
import Glibc

/// The engine's only source of the present. Tests and simulations pass their own.
package protocol LedgerClock: Sendable {
    /// The wall clock, UTC.
    func now() -> Instant
}

/// The machine's clock.
package struct SystemClock: LedgerClock {
    package init() {}

    package func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
