import Logging

/// Looks each second how much room there is and says beforehand that it will run out: in the log, in status and in the
/// metrics. The thread also says in the log that a component has gone silent, which that component cannot.
final class SpaceWatch: Sendable {
    private struct State {
        var latest: SpaceMeasure?
        var bounds: HealthBounds
        var isClosed = false
    }

    private let health: Health
    private let logger: Logger
    private let measure: @Sendable () -> SpaceMeasure?
    private let state: Monitor<State>

    private static let tickNanoseconds: UInt64 = 1_000_000_000
    /// How often a warning that holds is said in the log again, in nanoseconds.
    private static let repeatNanoseconds: UInt64 = 600_000_000_000

    /// - Parameter measure: how much room there is; nil if that cannot be told.
    init(
        health: Health, logger: Logger, bounds: HealthBounds,
        measure: @escaping @Sendable () -> SpaceMeasure?
    ) {
        self.health = health
        self.logger = logger
        state = Monitor(State(bounds: bounds))
        self.measure = measure
    }

    /// Other bounds from the next look on.
    func follow(_ bounds: HealthBounds) {
        state.withLock { $0.bounds = bounds }
    }

    /// What the last look saw.
    var latest: SpaceMeasure? { state.withLock { $0.latest } }

    /// The thread's loop, until `close`.
    func run() {
        var look = Look()
        repeat {
            step(&look, at: monotonicNanoseconds())
        } while state.wait(atMost: Self.tickNanoseconds, for: { $0.isClosed ? true : nil }) == nil
    }

    func close() {
        state.notify { $0.isClosed = true }
    }

    /// What is kept from look to look.
    struct Look {
        fileprivate var disk = FillForecast()
        fileprivate var maps: [String: FillForecast] = [:]
        /// When each warning was said last, by what it is about.
        fileprivate var said: [String: UInt64] = [:]
    }

    /// One look at a moment.
    func step(_ look: inout Look, at now: UInt64) {
        let bounds = state.withLock { $0.bounds }
        var warnings: [Warning] = []
        if var measure = measure() {
            look.disk.note(roomBytes: measure.diskFreeBytes, at: now)
            measure.diskSecondsUntilFull = look.disk.secondsUntilFull
            for (number, map) in measure.maps.enumerated() {
                look.maps[map.name, default: FillForecast()].note(
                    roomBytes: map.bytesMax - min(map.bytesMax, map.usedBytes), at: now)
                measure.maps[number].secondsUntilFull = look.maps[map.name]?.secondsUntilFull
            }
            let measured = measure
            state.withLock { $0.latest = measured }
            warnings = measured.warnings(bounds)
        }
        health.setWarnings(warnings.map(\.text))
        let silent = health.heartbeats.missing(secondsMax: bounds.heartbeatSecondsMax)
        say(warnings, silent, &look, now)
    }

    private func say(_ warnings: [Warning], _ silent: [String], _ look: inout Look, _ now: UInt64) {
        for warning in warnings where look.isDue(warning.about, now, Self.repeatNanoseconds) {
            logger.warning("room runs out", metadata: ["of": "\(warning.about)", "what": "\(warning.text)"])
        }
        // The seconds in it grow: it is one and the same thing.
        if !silent.isEmpty, look.isDue("silence", now, Self.repeatNanoseconds) {
            logger.critical("a component is silent", metadata: ["what": "\(silent.joined(separator: "; "))"])
        }
        let present = Set(warnings.map(\.about) + (silent.isEmpty ? [] : ["silence"]))
        for about in look.said.keys.sorted() where !present.contains(about) {
            look.said[about] = nil
            logger.notice("that is over", metadata: ["of": "\(about)"])
        }
    }
}

extension SpaceWatch.Look {
    /// Whether something is to be said now, being new or not said for a while.
    fileprivate mutating func isDue(_ about: String, _ now: UInt64, _ repeatNanoseconds: UInt64) -> Bool {
        if let last = said[about], now - last < repeatNanoseconds { return false }
        said[about] = now
        return true
    }
}

/// Something that will go wrong.
struct Warning {
    /// A word that stays the same while the warning holds.
    var about: String
    var text: String
}

extension SpaceMeasure {
    /// What runs out.
    func warnings(_ bounds: HealthBounds) -> [Warning] {
        var warnings: [Warning] = []
        if diskFreeBytes < bounds.diskFreeBytesMin {
            warnings.append(
                Warning(
                    about: "disk.free",
                    text: "the disk has \(Self.mebibytes(diskFreeBytes)) free, less than "
                        + "\(Self.mebibytes(bounds.diskFreeBytesMin)): make room, or posts will be refused"))
        }
        if let seconds = diskSecondsUntilFull, seconds < UInt64(bounds.fullSecondsMin) {
            warnings.append(
                Warning(
                    about: "disk.rate",
                    text: "the disk is full in \(seconds / 60) minutes if it goes on as in the last ones"))
        }
        for map in maps { warnings += map.warnings(bounds) }
        return warnings
    }

    private static func mebibytes(_ bytes: UInt64) -> String { "\(bytes >> 20) MiB" }
}

extension SpaceMeasure.Map {
    fileprivate func warnings(_ bounds: HealthBounds) -> [Warning] {
        var warnings: [Warning] = []
        let percent = bytesMax == 0 ? 0 : Int(usedBytes / max(1, bytesMax / 100))
        if percent > bounds.mapUsePercentMax {
            warnings.append(
                Warning(
                    about: "map.\(name).use",
                    text: "\(name)/ fills \(percent) % of what ledger.\(name)MapBytesMax allows: raise that and restart"
                ))
        }
        if let seconds = secondsUntilFull, seconds < UInt64(bounds.fullSecondsMin) {
            warnings.append(
                Warning(
                    about: "map.\(name).rate",
                    text:
                        "\(name)/ reaches ledger.\(name)MapBytesMax in \(seconds / 60) minutes if it goes on as in the "
                        + "last ones"))
        }
        return warnings
    }
}
