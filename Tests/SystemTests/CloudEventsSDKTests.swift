import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("CloudEvents SDK for Python")
    struct CloudEventsSDKTests {
        private static var isCI: Bool { ProcessInfo.processInfo.environment["CI"] != nil }

        private static func python(_ version: Int) -> String {
            Places.root.appendingPathComponent(".build-python/cloudevents-\(version)/bin/python").path
        }

        @Test(
            "The SDK posts in structured and in binary mode and reads its events back",
            .enabled(if: isCI || Files.exists(python(1)), "no .build-python: scripts/python-tests-setup makes it"),
            .timeLimit(.minutes(1)), arguments: [1, 2])
        func sdk(version: Int) async throws {
            let report = try await onThread {
                let python = Self.python(version)
                try require(Files.exists(python), "there is no \(python): scripts/python-tests-setup makes it")
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                try Files.write(CloudEventsScript.text, to: "\(folder.path)/sdk.py")
                let outcome = try Subprocess.run(
                    python, ["\(folder.path)/sdk.py", daemon.socketPath, "\(version)"], timeoutSeconds: 40)
                try require(outcome.status == 0, "SDK \(version).x: \(outcome.text)\n\(outcome.errors)")
                let head = try daemon.client().head()
                try require(head == UInt64(CloudEventsScript.events), "the head is \(head)")
                try daemon.stop()
                return outcome.text
            }
            note("CloudEvents SDK: \(report.trimmingCharacters(in: .whitespacesAndNewlines))")
        }
    }
}

/// A service in Python that uses nothing but the SDK and the standard library.
enum CloudEventsScript {
    /// How many events it leaves in the log.
    static let events = 8

    static let text = #"""
        import datetime, http.client, json, socket, sys
        from importlib.metadata import version

        path, major = sys.argv[1], sys.argv[2]
        if major == "1":
            from cloudevents.http import CloudEvent, from_http, to_binary, to_structured

            def structured(event):
                return to_structured(event)

            def binary(event):
                return to_binary(event)

            def parse(headers, body):
                event = from_http(headers, body)
                return {name: event[name] for name in event.get_attributes()}, event.get_data()
        else:
            from cloudevents.core.bindings import http as binding
            from cloudevents.core.v1.event import CloudEvent

            def structured(event):
                message = binding.to_structured_event(event)
                return message.headers, message.body

            def binary(event):
                message = binding.to_binary_event(event)
                return message.headers, message.body

            def parse(headers, body):
                event = binding.from_structured_event(binding.HTTPMessage(headers=headers, body=body))
                return event.get_attributes(), event.get_data()


        class Connection(http.client.HTTPConnection):
            def connect(self):
                self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                self.sock.connect(path)


        connection = Connection("ledger", timeout=20)


        def exchange(method, target, body=None, headers={}):
            connection.request(method, target, body=body, headers=headers)
            reply = connection.getresponse()
            return reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()


        def made(identity, extra):
            moment = "2024-03-01T12:00:00Z"
            if major == "2":
                moment = datetime.datetime(2024, 3, 1, 12, 0, tzinfo=datetime.timezone.utc)
            attributes = {"id": identity, "source": "urn:python-sdk", "type": "influencer.registered",
                          "specversion": "1.0", "time": moment, **extra}
            data = {"influencerId": "ada", "platform": "instagram", "niches": ["books", "tea"],
                    "ext": {"note": "grüße 🌍", "n": 5, "deep": [None, True, {"a": "b"}]}}
            return CloudEvent(attributes, data), data


        extras = [{}, {"datacontenttype": "application/json"},
                  {"subject": "influencer/ada", "correlationid": "a b%c", "traceparent": "00-0af7-b7ad-01"},
                  {"dataschema": "urn:campaign-ledger:influencer.registered:1", "datacontenttype": "application/json"}]
        if major == "1":
            # 1.x writes header values as they are; a bare % is only right where it is encoded.
            extras[2]["correlationid"] = "a-b"
        posted = 0
        for number, extra in enumerate(extras):
            for mode, convert in (("structured", structured), ("binary", binary)):
                event, data = made(f"{mode}-{number}", extra)
                headers, body = convert(event)
                status, _, answer = exchange("POST", "/v1/events", body, headers)
                assert status == 201, (mode, extra, status, answer)
                posted += 1
                assert json.loads(answer)["positions"] == [[posted, posted]], answer
                for again in (structured, binary):
                    headers, body = again(event)
                    status, _, answer = exchange("POST", "/v1/events", body, headers)
                    assert status == 200, (mode, extra, status, answer)
                    assert json.loads(answer)["repeats"] == [{"index": 0, "position": posted}], answer
                status, headers, body = exchange("GET", f"/v1/events/{posted}")
                assert status == 200, body
                attributes, back = parse(headers, body)
                assert back == data, back
                assert attributes["id"] == f"{mode}-{number}" and attributes["source"] == "urn:python-sdk", attributes
                assert attributes["type"] == "influencer.registered", attributes
                assert attributes["subject"] == "influencer/ada", attributes
                assert attributes["sequence"] == f"{posted:020d}", attributes
                assert attributes.get("correlationid") == extra.get("correlationid"), attributes
                wrong, _ = made(f"{mode}-{number}", {})
                wrong_headers, wrong_body = convert(wrong)
                wrong_body = wrong_body.replace(b"instagram", b"elsewhere")
                status, _, answer = exchange("POST", "/v1/events", wrong_body, wrong_headers)
                assert status == 409 and json.loads(answer)["code"] == "identityConflict", (status, answer)
        status, _, body = exchange("GET", "/v1/events")
        lines = body.splitlines()
        assert len(lines) == posted, len(lines)
        print(f"{version('cloudevents')}: {posted} events posted, repeated, read back")
        """#
}
