import CampaignCoding

/// Admission keeps buffers that are worth reusing, and works for one request at a time: whoever admits takes one out.
final class AdmissionPool: Sendable {
    private let idle = Monitor<[EventAdmission]>([])
    private let tables: CatalogueTables

    /// Idle ones kept: as many as requests are parsed at once on a few cores.
    private static let idleMax = 8

    init(tables: CatalogueTables) {
        self.tables = tables
    }

    func withAdmission<Result>(_ body: (EventAdmission) -> Result) -> Result {
        let admission = idle.withLock { $0.popLast() } ?? EventAdmission(tables: tables)
        defer {
            idle.withLock { idle in
                if idle.count < Self.idleMax { idle.append(admission) }
            }
        }
        return body(admission)
    }
}
