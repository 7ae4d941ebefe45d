import Foundation

/// A browser without a window, where one is installed: the page as people will see it.
struct Browser {
    private static let candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]

    static var path: String? {
        candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    let path: String
    /// Holds the browser's profile and what it draws.
    let folder: String

    /// A picture of the top of a page in a window of this size: its PNG file.
    func picture(of page: String, width: Int, height: Int, dark: Bool = false) throws -> [UInt8] {
        let file = "\(folder)/\(width)\(dark ? "-dark" : "").png"
        try run(
            ["--hide-scrollbars", "--window-size=\(width),\(height)", "--screenshot=\(file)"]
                + (dark ? ["--blink-settings=preferredColorScheme=0"] : []), page)
        return try Files.bytes(file)
    }

    /// The page on paper: its PDF file.
    func paper(of page: String) throws -> [UInt8] {
        let file = "\(folder)/page.pdf"
        try run(["--no-pdf-header-footer", "--print-to-pdf=\(file)"], page)
        return try Files.bytes(file)
    }

    /// The document as the browser understood it, and what it complained of.
    func document(of page: String) throws -> (html: String, complaints: [String]) {
        let outcome = try run(["--dump-dom", "--enable-logging=stderr", "--log-level=0"], page)
        let complaints = outcome.errors.split(separator: "\n").filter { $0.contains("CONSOLE") }.map(String.init)
        return (outcome.text, complaints)
    }

    @discardableResult
    private func run(_ arguments: [String], _ page: String) throws -> Subprocess.Outcome {
        // Nothing may be looked up: a page that needs the network would show that it does.
        let own = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--user-data-dir=\(folder)/profile", "--host-resolver-rules=MAP * ~NOTFOUND",
        ]
        func drawn() throws -> Subprocess.Outcome {
            try Subprocess.run(
                path, own + arguments + ["file://\(page)"],
                environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder, "LANG": "C.UTF-8"],
                timeoutSeconds: 60)
        }
        var outcome = try drawn()
        // A browser that a signal ended fell over itself, as it does now and then on a machine that is short of memory:
        // that says nothing about the page, so it is asked again. What it complains of is always told.
        for _ in 0..<2 where outcome.status >= 128 { outcome = try drawn() }
        try require(outcome.status == 0, "\(path) ended with status \(outcome.status): \(outcome.errors)")
        return outcome
    }
}
