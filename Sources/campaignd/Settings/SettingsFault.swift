/// Why the configuration stops the start: where, what, and what is allowed.
struct SettingsFault: Error, Equatable, CustomStringConvertible {
    /// A file with line and column, a variable or a flag.
    let place: String
    let problem: String
    let allowed: String

    init(_ place: String, _ problem: String, _ allowed: String) {
        self.place = place
        self.problem = problem
        self.allowed = allowed
    }

    var description: String { "\(place): \(problem). \(allowed)" }
}
