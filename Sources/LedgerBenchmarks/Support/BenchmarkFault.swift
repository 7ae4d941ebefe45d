import Glibc

/// Why a measurement is not one, as a sentence that says what to do.
struct BenchmarkFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// A call of the operating system that failed, with its reason.
    static func system(_ what: String, code: Int32 = errno) -> BenchmarkFault {
        BenchmarkFault("Cannot \(what): \(String(cString: strerror(code))).")
    }
}
