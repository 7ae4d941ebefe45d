import Glibc

/// A process whose standard output and standard error are read here, line by line. Used by one thread.
struct MessageChild {
    private let processID: pid_t
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var status: Int32?

    /// - Throws: `OperationFault` if it cannot be started.
    init(_ program: String, _ arguments: [String]) throws(OperationFault) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .failed("No pipe could be made: errno \(errno).") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        // The threads of a pool block signals: the child must hear that it is called off.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let texts = ([program] + arguments).map { strdup($0) } + [nil]
        // Its own last words are enough: a trace of its stack says nothing of the file.
        let variables = Self.environment.map { strdup($0) } + [strdup("SWIFT_BACKTRACE=enable=no"), nil]
        defer { (texts + variables).forEach { free($0) } }
        var started: pid_t = 0
        let code = posix_spawn(&started, program, &actions, &attributes, texts, variables)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw .failed("\(program) could not be started: errno \(code).")
        }
        (processID, descriptor) = (started, ends[0])
    }

    private static var environment: [String] {
        var found: [String] = []
        var next = environ
        while let text = next.pointee {
            let variable = String(cString: text)
            if !variable.hasPrefix("SWIFT_BACKTRACE=") { found.append(variable) }
            next += 1
        }
        return found
    }

    /// Whole lines without their ends, as soon as there are any.
    ///
    /// - Returns: nothing after `milliseconds`; nil when it has closed them.
    mutating func lines(waitingMilliseconds milliseconds: Int32) throws(OperationFault) -> [ArraySlice<UInt8>]? {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, milliseconds) > 0 else { return [] }
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &piece, piece.count)
        if count < 0, errno == EINTR { return [] }
        guard count > 0 else {
            defer { buffer = [] }
            return buffer.isEmpty ? nil : [buffer[...]]
        }
        buffer += piece[..<count]
        guard let end = buffer.lastIndex(of: UInt8(ascii: "\n")) else {
            guard buffer.count <= VerificationMessage.lineBytesMax else {
                throw .failed("The process that reads wrote a line of more than \(buffer.count) bytes.")
            }
            return []
        }
        let lines = buffer[..<end].split(separator: UInt8(ascii: "\n"))
        buffer.removeSubrange(...end)
        return lines
    }

    func signal(_ number: Int32) {
        if status == nil { kill(processID, number) }
    }

    /// - Returns: its status, as `waitpid` has it.
    mutating func waitForEnd() -> Int32 {
        if let status { return status }
        var raw: Int32 = 0
        while waitpid(processID, &raw, 0) < 0, errno == EINTR {}
        status = raw
        return raw
    }

    /// Calls it off if it still runs, and waits for its end.
    mutating func end() {
        signal(SIGTERM)
        close(descriptor)
        _ = waitForEnd()
    }
}
