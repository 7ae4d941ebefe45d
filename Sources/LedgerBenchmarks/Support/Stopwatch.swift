import Glibc

/// Nanoseconds of a clock that never jumps; only differences mean anything.
func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Time since it was made.
struct Stopwatch {
    let start = monotonicNanoseconds()

    var nanoseconds: UInt64 { monotonicNanoseconds() - start }
    var seconds: Double { Double(nanoseconds) / 1e9 }
}
