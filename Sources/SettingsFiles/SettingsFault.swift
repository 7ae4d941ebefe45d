/// Why a file of settings is not taken: where, what, and what is allowed.
package struct SettingsFault: Error, Equatable, CustomStringConvertible {
    /// A file with line and column, a variable or a flag.
    package let place: String
    package let problem: String
    package let allowed: String

    package init(_ place: String, _ problem: String, _ allowed: String) {
        self.place = place
        self.problem = problem
        self.allowed = allowed
    }

    package var description: String { "\(place): \(problem). \(allowed)" }
}
