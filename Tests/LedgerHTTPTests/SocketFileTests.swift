import Foundation
import Testing

@testable import LedgerHTTP

@Suite(.serialized)
struct SocketFileTests {
    private static func mode(_ path: String) -> UInt32 {
        var status = stat()
        return lstat(path, &status) == 0 ? UInt32(status.st_mode) & 0o7777 : 0
    }

    @Test func theSocketIs0660InADirectoryOf0750() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/run/l.sock"
        let before = umask(0)
        defer { umask(before) }
        let file = try SocketFile(path: path)
        #expect(Self.mode(path) == 0o660)
        #expect(Self.mode(directory.path + "/run") == 0o750)
        close(file.descriptor)
        file.remove()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aLiveSocketIsNeverReplaced() throws {
        let path = try TemporaryDirectory().path + ".sock"
        let live = try SocketFile(path: path)
        defer {
            close(live.descriptor)
            live.remove()
        }
        let fault = #expect(throws: ListenerFault.self) { try SocketFile(path: path) }
        #expect(fault?.reason == .inUse)
        // Also without the lock, by asking the socket itself.
        #expect(unlink(path + ".lock") == 0)
        let asked = #expect(throws: ListenerFault.self) { try SocketFile(path: path) }
        #expect(asked?.reason == .inUse)
        _ = try RawConnection(path: path)
    }

    @Test func aStaleSocketIsReplaced() throws {
        let path = try TemporaryDirectory().path + ".sock"
        let dead = try SocketFile(path: path)
        // The daemon dies: its descriptors close, its socket stays behind.
        close(dead.descriptor)
        #expect(unlink(path + ".lock") == 0)
        let file = try SocketFile(path: path)
        _ = try RawConnection(path: path)
        close(file.descriptor)
        file.remove()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aFileThatIsNoSocketIsLeftAlone() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/precious"
        try Data("keep".utf8).write(to: URL(fileURLWithPath: path))
        let fault = #expect(throws: ListenerFault.self) { try SocketFile(path: path) }
        #expect(fault?.reason == .unusable)
        #expect(!FileManager.default.fileExists(atPath: path + ".lock"))
        #expect(fault?.description.contains("left alone") == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "keep")
        let link = directory.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(throws: ListenerFault.self) { try SocketFile(path: link) }
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
    }

    @Test func whatTookTheSocketsPlaceIsNotRemovedWithIt() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/l.sock"
        let file = try SocketFile(path: path)
        close(file.descriptor)
        #expect(unlink(path) == 0)
        try Data("keep".utf8).write(to: URL(fileURLWithPath: path))
        file.remove()
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func aPathHasAtMost107Bytes() throws {
        let directory = try TemporaryDirectory().path
        let long = directory + "-" + String(repeating: "x", count: 107 - directory.utf8.count)
        #expect(throws: ListenerFault.self) { try SocketFile(path: long) }
        let longest = String(long.dropLast())
        let file = try SocketFile(path: longest)
        close(file.descriptor)
        file.remove()
    }

    @Test func onlyAListeningUnixStreamSocketIsTakenOver() throws {
        #expect(try ActivatedSocket.descriptor(environment: [:]) == nil)
        #expect(try ActivatedSocket.descriptor(environment: ["LISTEN_PID": "1", "LISTEN_FDS": "1"]) == nil)
        #expect(throws: ListenerFault.self) {
            try ActivatedSocket.descriptor(environment: ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "2"])
        }
        let path = try TemporaryDirectory().path + ".sock"
        let file = try SocketFile(path: path)
        try ActivatedSocket.check(file.descriptor)
        close(file.descriptor)
        file.remove()
        let silent = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let datagrams = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        let network = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        for descriptor in [silent, datagrams, network, -1] {
            #expect(throws: ListenerFault.self) { try ActivatedSocket.check(descriptor) }
            close(descriptor)
        }
    }

    @Test func aPeersNameIsThatOfTheUserOrItsNumber() {
        let peers = PeerCredentials()
        #expect(peers.name(of: 0) == "root")
        #expect(peers.name(of: 4_000_000_123) == "4000000123")
    }

    @Test func theSocketIsGoneWhenTheServerHasStopped() async throws {
        let kept = Box()
        try await withDaemon { daemon in
            kept.path = daemon.socket
            let answer = try await daemon.get("/livez")
            #expect(answer.status == 200)
        }
        #expect(!FileManager.default.fileExists(atPath: kept.path))
    }

    @Test func aLiveStreamEndsCleanlyWhenTheServerStops() async throws {
        let kept = Box()
        try await withDaemon { daemon in
            #expect(try await daemon.post(Samples.lines).status == 201)
            let connection = try daemon.connect()
            try await connection.send("GET /v1/events?follow=true HTTP/1.1\r\nhost: l\r\n\r\n")
            _ = try await connection.receive(toHead: true)
            #expect(try await connection.receiveChunk() != nil)
            kept.connection = connection
        }
        let connection = try #require(kept.connection)
        #expect(try await connection.receiveChunk() == nil)
        #expect(try await connection.isClosed())
    }

    /// Carries something out of a daemon's life.
    private final class Box: @unchecked Sendable {
        // Written within the daemon's life, read after it: one after the other.
        var path = ""
        var connection: RawConnection?
    }
}
