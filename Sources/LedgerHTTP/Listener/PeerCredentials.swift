import CampaignCoding
import Glibc
import NIOCore
import Synchronization

/// Who is at the other end of a connection, as the kernel says: the poster of its events.
final class PeerCredentials: Sendable {
    /// `struct ucred`.
    private struct Credentials {
        var pid: Int32 = 0
        var uid: UInt32 = 0
        var gid: UInt32 = 0
    }

    /// Names by user number. A user's name is looked up once: the lookup may go over the network.
    private let names = Mutex<[UInt32: String]>([:])

    /// The poster behind a channel that was accepted.
    func poster(of channel: any Channel) -> EventLoopFuture<Poster> {
        guard let provider = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
        }
        let credentials: EventLoopFuture<Credentials> = provider.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
        return credentials.map { [self] in Poster(uid: $0.uid, userName: name(of: $0.uid)) }
    }

    /// The user's name; its number in digits when it has none.
    func name(of uid: UInt32) -> String {
        if let name = names.withLock({ $0[uid] }) { return name }
        let name = Self.lookUp(uid) ?? String(uid)
        names.withLock { $0[uid] = name }
        return name
    }

    /// What `getpwuid_r` may need for one entry.
    private static let entryBytesMax = 16 << 10

    private static func lookUp(_ uid: UInt32) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: entryBytesMax) { buffer in
            guard getpwuid_r(uid, &entry, buffer.baseAddress!, buffer.count, &found) == 0, found != nil else {
                return nil
            }
            return String(cString: entry.pw_name)
        }
    }
}
