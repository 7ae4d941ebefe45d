import Foundation
import LedgerEngine
import LedgerHTTP
import SettingsFiles
import Testing

@testable import campaignd

struct ServiceManagerTests {
    @Test func theManagerIsToldOverItsSocket() throws {
        let path = FileManager.default.temporaryDirectory.path + "/notify-\(UUID().uuidString.prefix(8))"
        let receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer {
            close(receiver)
            unlink(path)
        }
        var timeout = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(receiver, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(receiver, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        ServiceManager(environment: ["NOTIFY_SOCKET": path]).tell("READY=1")
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = recv(receiver, &bytes, bytes.count, 0)
        #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == "READY=1")
    }

    @Test func theWatchdogGetsASignInHalfItsBound() {
        #expect(ServiceManager(environment: [:]).watchdogNanoseconds == nil)
        #expect(ServiceManager(environment: ["WATCHDOG_USEC": "30000000"]).watchdogNanoseconds == 15_000_000_000)
        let mine = ["WATCHDOG_USEC": "2000", "WATCHDOG_PID": "\(getpid())"]
        #expect(ServiceManager(environment: mine).watchdogNanoseconds == 1_000_000)
        let others = ["WATCHDOG_USEC": "2000", "WATCHDOG_PID": "1"]
        #expect(ServiceManager(environment: others).watchdogNanoseconds == nil)
    }
}

struct DaemonExitTests {
    @Test func whatWentWrongDecidesTheCode() throws {
        #expect(DaemonExit(SettingsFault("f", "p", "a")) == .configuration)
        #expect(DaemonExit(StorageFailure(description: "gone")) == .failure)
        #expect(DaemonExit(opening: LedgerOpeningError.inUse("data")) == .inUse)
        #expect(DaemonExit(opening: LedgerOpeningError.refused("data")) == .storage)
        #expect(DaemonExit(CancellationError()) == .failure)
        let path = FileManager.default.temporaryDirectory.path + "/exit-\(UUID().uuidString.prefix(8))"
        let file = try SocketFile(path: path)
        defer {
            close(file.descriptor)
            file.remove()
        }
        let fault = #expect(throws: ListenerFault.self) { try SocketFile(path: path) }
        #expect(fault.map { DaemonExit($0) } == .inUse)
    }
}
