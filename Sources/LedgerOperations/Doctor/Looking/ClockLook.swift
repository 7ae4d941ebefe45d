import CampaignDomain
import Glibc

/// Looks at the clock.
enum ClockLook {
    /// How long it is watched, in microseconds.
    private static let watchMicroseconds: UInt32 = 50_000

    static func glance() -> ClockGlance {
        let before = ahead()
        usleep(watchMicroseconds)
        let after = ahead()
        return ClockGlance(
            now: Instant(microseconds: read(CLOCK_REALTIME)), stepMicroseconds: after - before,
            isSynchronized: isSynchronized())
    }

    /// By how much the clock of the calendar is ahead of the one that only goes forward.
    private static func ahead() -> Int64 {
        read(CLOCK_REALTIME) - read(CLOCK_MONOTONIC)
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    /// What systemd-timesyncd noted; nil where it does not run: others keep the clock without saying so in a file.
    private static func isSynchronized() -> Bool? {
        guard access("/run/systemd/timesync", F_OK) == 0 else { return nil }
        return access("/run/systemd/timesync/synchronized", F_OK) == 0
    }
}
