import Hummingbird
import LedgerAPI
import LedgerEngine
import NIOCore

/// `/metrics`, for Prometheus.
enum MetricsRoute {
    static let route = Route(
        "/metrics", "getMetrics", "Counts, times and sizes in the Prometheus text format, version 0.0.4.",
        .text(MediaType.metrics), problems: [.storageFailure]
    ) { call in
        let body = ByteBuffer(bytes: try MetricsDocument.text(call.ledger, call.metrics))
        return Response(
            status: .ok, headers: [.contentType: MediaType.metrics], body: ResponseBody(byteBuffer: body))
    }
}
