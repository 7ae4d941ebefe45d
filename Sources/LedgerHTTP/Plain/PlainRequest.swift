import CampaignCoding
import LedgerAPI
import NIOCore

/// A request that needs no more than its bytes: a post of whole events, or a question that a route may answer at once.
enum PlainRequest {
    case append(RequestFormat, ByteBuffer)
    case question(Route, place: Substring, RequestTarget)
}

extension ConnectionService {
    /// The plain request with that head at the first of the bytes, which hold all of it; nil for the decoder's.
    func plainRequest(_ head: PlainHead, of bytes: ByteBuffer) -> PlainRequest? {
        guard !head.needsAll else { return nil }
        switch head.method {
        case .post: return append(head, of: bytes)
        case .get: return question(head, of: bytes)
        case .other: return nil
        }
    }

    private func append(_ head: PlainHead, of bytes: ByteBuffer) -> PlainRequest? {
        guard head.bodyLength > 0, let contentType = head.contentType else { return nil }
        let format = bytes.withUnsafeReadableBytes { bytes -> RequestFormat? in
            guard bytes[head.target].elementsEqual(AppendPlan.path.utf8) else { return nil }
            return AppendPlan.format(of: UnsafeRawBufferPointer(rebasing: bytes[contentType]))
        }
        let body = bytes.getSlice(at: bytes.readerIndex + head.headLength, length: head.bodyLength)
        guard let format, let body else { return nil }
        return .append(format, body)
    }

    private func question(_ head: PlainHead, of bytes: ByteBuffer) -> PlainRequest? {
        guard head.bodyLength == 0 else { return nil }
        let text = bytes.withUnsafeReadableBytes { String(decoding: $0[head.target], as: UTF8.self) }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        let target = RequestTarget(text)
        guard let (route, place) = RouteTable.all.find(method: "GET", path: target.path), route.atOnce != nil else {
            return nil
        }
        return .question(route, place: place, target)
    }
}
