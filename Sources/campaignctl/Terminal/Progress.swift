/// How far long work is: a bar with rate and time left on a terminal, plain lines from time to time otherwise.
struct Progress {
    /// Milliseconds between two updates of a bar, and between two plain lines.
    static let barMilliseconds: Int64 = 100
    static let lineMilliseconds: Int64 = 5_000
    private static let barColumns = 24

    private let console: Console
    /// The work as a whole, in any unit; nil if nobody knows.
    var total: Int?
    private let isQuiet: Bool
    private let unit: String
    private let started = ContinuousClock.now
    private var lastShown: Int64 = 0
    private var hasBar = false

    /// - Parameters:
    ///   - total: The work as a whole, in any unit; nil if nobody knows.
    ///   - unit: What is counted, in the plural.
    init(total: Int?, console: Console, isQuiet: Bool = false, unit: String = "events") {
        self.total = total
        self.console = console
        self.isQuiet = isQuiet
        self.unit = unit
    }

    /// Milliseconds since the work began.
    var elapsedMilliseconds: Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - started).components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }

    /// Shows where the work is, if it is time to.
    mutating func update(done: Int, events: Int) {
        let (total, unit, style, elapsed) = (total, unit, console.errorStyle, elapsedMilliseconds)
        update { hasBar in
            Self.text(
                done: done, total: total, events: events, milliseconds: elapsed, unit: unit, hasBar: hasBar, style)
        }
    }

    /// Shows a text of one line, if it is time to.
    ///
    /// - Parameter line: is told whether there is room for a bar.
    mutating func update(_ line: (_ hasBar: Bool) -> String) {
        guard !isQuiet else { return }
        let elapsed = elapsedMilliseconds
        let pause = console.errorIsTerminal ? Self.barMilliseconds : Self.lineMilliseconds
        guard elapsed - lastShown >= pause else { return }
        lastShown = elapsed
        let text = line(console.errorIsTerminal)
        console.note(console.errorIsTerminal ? "\r\u{1B}[K\(text)" : text + "\n")
        hasBar = console.errorIsTerminal
    }

    /// Takes the bar away, so that what follows stands on a clean line.
    mutating func finish() {
        guard hasBar else { return }
        console.note("\r\u{1B}[K")
        hasBar = false
    }

    /// The text of one update.
    static func text(
        done: Int, total: Int?, events: Int, milliseconds: Int64, unit: String = "events", hasBar: Bool,
        _ style: Style
    ) -> String {
        let rate = events * 1_000 / max(1, Int(milliseconds))
        let one = unit.hasSuffix("s") ? String(unit.dropLast()) : unit
        let pace = "\(Figures.count(events, one, unit))  \(Figures.grouped(rate)) \(unit)/s"
        guard let total, total > 0 else { return pace }
        let percent = min(100, done * 100 / total)
        let left = done > 0 ? Int64(max(0, total - done)) * milliseconds / Int64(done) / 1_000 : 0
        let bar = hasBar ? "[\(style.bar(Int64(done), of: Int64(total), width: barColumns))] " : ""
        return "\(bar)\(percent) %  \(pace)  \(Figures.duration(seconds: left)) left"
    }
}
