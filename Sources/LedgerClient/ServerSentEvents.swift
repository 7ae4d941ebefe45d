package import FoundationEssentials

/// One message of an event stream.
package struct ServerSentEvent: Sendable, Equatable {
    /// The position, which `Last-Event-ID` takes up again.
    package var id: String?
    /// What kind of message it is; nil where it does not say.
    package var event: String?
    package var data: Data
}

/// Puts the lines of an event stream together (WHATWG HTML, "Server-sent events": fields `id`, `event` and `data`, comments
/// skipped, an empty line ends a message).
package struct ServerSentEventParser: Sendable {
    private var id: String?
    private var event: String?
    private var data: Data?

    package init() {}

    /// Takes a line without its end.
    /// - Returns: the message that it completes.
    package mutating func take(_ line: Data) -> ServerSentEvent? {
        guard !line.isEmpty else {
            defer { (event, data) = (nil, nil) }
            return data.map { ServerSentEvent(id: id, event: event, data: $0) }
        }
        let colon = line.firstIndex(of: 58)
        let name = String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self)
        var value = colon.map { line[line.index(after: $0)...] } ?? Data()
        if value.first == 32 {
            value = value.dropFirst()
        }
        switch name {
        case "id": id = String(decoding: value, as: UTF8.self)
        case "event": event = String(decoding: value, as: UTF8.self)
        case "data":
            if data == nil {
                data = Data(value)
            } else {
                data?.append(10)
                data?.append(value)
            }
        default: break
        }
        return nil
    }
}
