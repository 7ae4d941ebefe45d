import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The few calls of the operating system that this program makes itself, with errors as sentences.
enum FileDescriptor {
    /// Writes everything.
    /// - Parameter remains: What a failure leaves behind and what to do, as sentences.
    /// - Throws: `CommandFailure`: `.pipeClosed` when the reader has gone, else with the reason.
    static func write(
        _ bytes: Data, to descriptor: Int32, name: String, remains: String = "What was written so far is incomplete."
    ) throws(CommandFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { buffer in
                #if canImport(Glibc)
                    Glibc.write(descriptor, buffer.baseAddress, buffer.count)
                #elseif canImport(Musl)
                    Musl.write(descriptor, buffer.baseAddress, buffer.count)
                #else
                    Darwin.write(descriptor, buffer.baseAddress, buffer.count)
                #endif
            }
            guard written < 0 else {
                rest = rest.dropFirst(written)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: waitUntilWritable(descriptor)
            case EPIPE: throw CommandFailure(.pipeClosed, "")
            case let code:
                throw CommandFailure(.refused, "Cannot write to \(name): \(sentence(code)). \(remains)")
            }
        }
    }

    /// Up to `capacity` bytes; none at the end.
    static func read(_ descriptor: Int32, capacity: Int, name: String) throws(CommandFailure) -> [UInt8] {
        while true {
            var count = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
                #if canImport(Glibc)
                    count = Glibc.read(descriptor, buffer.baseAddress, capacity)
                #elseif canImport(Musl)
                    count = Musl.read(descriptor, buffer.baseAddress, capacity)
                #else
                    count = Darwin.read(descriptor, buffer.baseAddress, capacity)
                #endif
                initialized = max(0, count)
            }
            if count >= 0 {
                return bytes
            }
            guard errno == EINTR || errno == EAGAIN else {
                throw CommandFailure(.inputMissing, "Cannot read \(name): \(sentence(errno)).")
            }
        }
    }

    /// Whether a read would not wait, within so many milliseconds.
    static func isReadable(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) != 0
    }

    private static func waitUntilWritable(_ descriptor: Int32) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, 1_000)
    }

    static func openForReading(_ path: String) throws(CommandFailure) -> Int32 {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .inputMissing, "Cannot open \(path): \(sentence(errno)). Give an NDJSON file, or - for standard input.")
        }
        return descriptor
    }

    /// The size of a regular file; nil for everything else, whose end is not known.
    static func size(of descriptor: Int32) -> Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// How many columns a terminal has; nil for what is none, and for one that does not say.
    static func terminalColumns(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    static func close(_ descriptor: Int32) {
        #if canImport(Glibc)
            _ = Glibc.close(descriptor)
        #elseif canImport(Musl)
            _ = Musl.close(descriptor)
        #else
            _ = Darwin.close(descriptor)
        #endif
    }

    private static func sentence(_ code: Int32) -> String {
        String(cString: strerror(code))
    }
}
