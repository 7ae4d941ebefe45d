/// The instants of a plot's lower side, with ticks at the beginnings of days, months or years.
struct TimeAxis {
    struct Tick: Equatable {
        let seconds: Int64
        let label: String
    }

    let from: Int64
    let to: Int64
    let ticks: [Tick]

    private static let ticksMax: Int64 = 6
    private static let daySteps: [Int64] = [1, 2, 5, 7, 14]
    private static let monthSteps: [Int64] = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1_200]

    init(from: Int64, to: Int64) {
        self.from = from
        self.to = max(to, from + WireTime.daySeconds)
        ticks = Self.ticks(from, self.to)
    }

    private init(from: Int64, to: Int64, ticks: [Tick]) {
        self.from = from
        self.to = to
        self.ticks = ticks
    }

    /// The same axis with at most so many ticks, for small plots.
    func thinned(to count: Int) -> TimeAxis {
        let step = max(1, (ticks.count + count - 1) / count)
        return TimeAxis(from: from, to: to, ticks: ticks.enumerated().filter { $0.offset % step == 0 }.map(\.element))
    }

    private static func ticks(_ from: Int64, _ to: Int64) -> [Tick] {
        let firstDay = WireTime.floorDivided(from + WireTime.daySeconds - 1, WireTime.daySeconds)
        let lastDay = WireTime.floorDivided(to, WireTime.daySeconds)
        if lastDay - firstDay < 60 {
            let step = daySteps.first { (lastDay - firstDay) / $0 < ticksMax } ?? 14
            return stride(from: firstDay, through: lastDay, by: Int(step)).map { day in
                Tick(seconds: day * WireTime.daySeconds, label: String(WireTime.dayText(day).suffix(5)))
            }
        }
        let firstMonth = WireTime.month(ofDay: firstDay - 1) + 1
        let lastMonth = WireTime.month(ofDay: lastDay)
        let step = monthSteps.first { (lastMonth - firstMonth) / $0 < ticksMax } ?? 1_200
        let start = WireTime.floorDivided(firstMonth + step - 1, step) * step
        return stride(from: start, through: lastMonth, by: Int(step)).map { month in
            let text = WireTime.monthText(month)
            return Tick(
                seconds: WireTime.firstDay(ofMonth: month) * WireTime.daySeconds,
                label: step >= 12 ? String(text.prefix(4)) : text)
        }
    }
}
