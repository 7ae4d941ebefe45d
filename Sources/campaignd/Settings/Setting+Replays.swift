import LedgerEngine

extension Setting {
    /// What share of the machine replays take unless they are asked otherwise.
    static let replays: [Setting] = {
        let standard = ReplayPace()
        return [
            Setting(
                "replays.cores", .number(1...1024), "\(standard.cores)", "Cores of a replay, at most the machine's."),
            Setting(
                "replays.sharePercent", .number(1...100), "\(standard.sharePercent)",
                "Of those cores' time so many per cent."),
            Setting(
                "replays.diskBytesPerSecond", .number(0...(1 << 40)), "\(standard.diskBytesPerSecond ?? 0)",
                "Bytes that a replay writes a second at most; 0 is no bound."),
        ]
    }()
}

extension DaemonSettings {
    var replayPace: ReplayPace {
        let diskBytes = number("replays.diskBytesPerSecond")
        return ReplayPace(
            cores: min(number("replays.cores"), ReplayPace.coresMax), sharePercent: number("replays.sharePercent"),
            diskBytesPerSecond: diskBytes == 0 ? nil : diskBytes)
    }
}
