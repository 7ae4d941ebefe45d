/// The media types of the API.
package enum MediaType {
    package static let json = "application/json"
    package static let problem = "application/problem+json"
    package static let cloudEvent = "application/cloudevents+json"
    package static let cloudEventBatch = "application/cloudevents-batch+json"
    package static let ndjson = "application/x-ndjson"
    package static let eventStream = "text/event-stream"
    /// Prometheus' text format.
    package static let metrics = "text/plain; version=0.0.4; charset=utf-8"
}
