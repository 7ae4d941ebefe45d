import EventLog
import LedgerEngine
import Synchronization

/// What `/metrics` answers: what was counted, and what is so now.
enum MetricsDocument {
    static func text(_ ledger: Ledger, _ metrics: HTTPMetrics) throws(QueryFault) -> [UInt8] {
        let status = try ledger.status()
        var text = MetricsText()
        text.addBuild(status)
        text.addAppends(ledger.metrics)
        text.addQueue(ledger, status)
        text.addPositions(status)
        text.addCheckpoints(ledger.metrics)
        text.addSpace(status)
        text.addHealth(ledger, status)
        text.addReplays(ledger.replays.all)
        text.addBackup(ledger)
        text.addRequests(metrics)
        text.add(ProcessFigures.now())
        return text.bytes
    }
}

extension MetricsText {
    fileprivate mutating func addBuild(_ status: LedgerStatus) {
        family("campaign_ledger_build_info", .gauge, "Always 1; its labels say what runs.")
        sample(1, [("version", status.version), ("ledger", status.ledgerID)])
        family("campaign_ledger_uptime_seconds", .gauge, "Since the ledger was opened.")
        sample(UInt64(status.uptimeSeconds))
    }

    fileprivate mutating func addAppends(_ metrics: LedgerMetrics) {
        family("campaign_ledger_appends_total", .counter, "Posts that were acknowledged.")
        sample(metrics.appends.value)
        family("campaign_ledger_appended_events_total", .counter, "Events that were recorded.")
        sample(metrics.events.value)
        family("campaign_ledger_repeated_events_total", .counter, "Events of acknowledged posts recorded before.")
        sample(metrics.repeats.value)
        family("campaign_ledger_batches_total", .counter, "Groups of posts committed together.")
        sample(metrics.batches.value)
        family(
            "campaign_ledger_commit_duration_seconds", .histogram,
            "From a group's decision to its durable commit.")
        sample(metrics.commits.reading)
        family("campaign_ledger_sync_duration_seconds", .histogram, "Of a group's commit, syncing it to the disk.")
        sample(metrics.syncs.reading)
    }

    fileprivate mutating func addQueue(_ ledger: Ledger, _ status: LedgerStatus) {
        family("campaign_ledger_queue_requests", .gauge, "Posts that wait for the writer.")
        sample(UInt64(status.queueDepth))
        family("campaign_ledger_queue_bytes", .gauge, "Bytes of the posts that wait for the writer.")
        sample(UInt64(ledger.queueBytes))
    }

    fileprivate mutating func addPositions(_ status: LedgerStatus) {
        family("campaign_ledger_head_position", .gauge, "The log's last position.")
        sample(status.head.rawValue)
        let models = status.readModels
        family("campaign_ledger_read_model_position", .gauge, "Up to where a read model has seen the log.")
        for model in models { sample(model.position.rawValue, [("read_model", model.name)]) }
        family("campaign_ledger_read_model_checkpoint_position", .gauge, "Up to where a read model is durable.")
        for model in models { sample(model.checkpointPosition.rawValue, [("read_model", model.name)]) }
        let followed = models.filter { !$0.isIdle }
        family(
            "campaign_ledger_read_model_lag_events", .gauge,
            "Events behind the head; none for a read model that nobody asks.")
        for model in followed { sample(model.lagEvents, [("read_model", model.name)]) }
        family(
            "campaign_ledger_read_model_lag_seconds", .gauge,
            "Since the oldest event not yet seen was recorded; none for a read model that nobody asks.")
        for model in followed { sample(UInt64(max(0, model.lagSeconds)), [("read_model", model.name)]) }
    }

    fileprivate mutating func addCheckpoints(_ metrics: LedgerMetrics) {
        family("campaign_ledger_checkpoint_duration_seconds", .histogram, "Taking what is folded to the disk.")
        sample(metrics.viewCheckpoints.reading, [("read_model", "views")])
        sample(metrics.indexCheckpoints.reading, [("read_model", "index")])
        family("campaign_ledger_checkpoint_bytes_total", .counter, "Bytes that checkpoints took in.")
        sample(metrics.viewCheckpointBytes.value, [("read_model", "views")])
        sample(metrics.indexCheckpointBytes.value, [("read_model", "index")])
    }

    fileprivate mutating func addSpace(_ status: LedgerStatus) {
        family("campaign_ledger_file_size_bytes", .gauge, "The size of an environment's file.")
        for size in status.sizes { sample(size.fileBytes, [("environment", size.name)]) }
        family("campaign_ledger_map_used_bytes", .gauge, "Pages in use in an environment's map.")
        for size in status.sizes { sample(size.usedBytes, [("environment", size.name)]) }
        family("campaign_ledger_map_size_bytes", .gauge, "An environment's map as it is now.")
        for size in status.sizes { sample(size.mapBytes, [("environment", size.name)]) }
        family("campaign_ledger_map_max_bytes", .gauge, "What an environment's map may grow to.")
        for map in status.space?.maps ?? [] { sample(map.bytesMax, [("environment", map.name)]) }
        family("campaign_ledger_map_seconds_until_full", .gauge, "At the rate of the last minutes; none at no growth.")
        for map in status.space?.maps ?? [] {
            if let seconds = map.secondsUntilFull { sample(seconds, [("environment", map.name)]) }
        }
        family("campaign_ledger_readers", .gauge, "Snapshots that are open in an environment.")
        for size in status.sizes { sample(UInt64(size.readers), [("environment", size.name)]) }
        family("campaign_ledger_oldest_reader_age_seconds", .gauge, "How long the oldest snapshot has been open.")
        for size in status.sizes {
            sample(nanoseconds: size.oldestReaderNanoseconds, [("environment", size.name)])
        }
        family("campaign_ledger_disk_free_bytes", .gauge, "What may still be written to the data directory's disk.")
        if let space = status.space { sample(space.diskFreeBytes) }
        family("campaign_ledger_disk_size_bytes", .gauge, "The size of the data directory's disk.")
        if let space = status.space { sample(space.diskBytes) }
        family(
            "campaign_ledger_disk_seconds_until_full", .gauge,
            "At the rate of the last minutes; none while free space does not shrink.")
        if let seconds = status.space?.diskSecondsUntilFull { sample(seconds) }
    }

    fileprivate mutating func addHealth(_ ledger: Ledger, _ status: LedgerStatus) {
        family("campaign_ledger_ready", .gauge, "1 if /readyz says yes.")
        sample(ledger.readiness == .ready ? 1 : 0)
        family("campaign_ledger_read_only", .gauge, "1 while no events are taken.")
        sample(status.readOnlyReason == nil ? 0 : 1)
        family("campaign_ledger_troubles", .gauge, "How many things are wrong; /v1/status names them.")
        sample(UInt64(status.troubles.count))
        family("campaign_ledger_warnings", .gauge, "How many things will go wrong; /v1/status names them.")
        sample(UInt64(status.warnings.count))
        family(
            "campaign_ledger_heartbeat_age_seconds", .gauge,
            "Since a component's last sign of life; 0 while it has nothing to do.")
        for beat in status.heartbeats {
            sample(nanoseconds: beat.ageNanoseconds, [("component", "\(beat.component)")])
        }
    }

    fileprivate mutating func addReplays(_ jobs: [ReplayJob]) {
        family("campaign_ledger_replays", .gauge, "Replays that are kept, by their state.")
        for state in ReplayJob.State.allCases {
            sample(UInt64(jobs.count { $0.state == state }), [("state", state.rawValue)])
        }
        let running = jobs.first { $0.state == .running }
        family("campaign_ledger_replay_phase_steps", .gauge, "Steps of the running replay's phase: all of them.")
        if let running { sample(running.progress.total, [("kind", running.request.kind.rawValue)]) }
        family("campaign_ledger_replay_phase_steps_done", .gauge, "Steps of the running replay's phase that are done.")
        if let running { sample(running.progress.done, [("kind", running.request.kind.rawValue)]) }
    }

    fileprivate mutating func addBackup(_ ledger: Ledger) {
        family("campaign_ledger_unverified", .gauge, "1 while what was restored is not verified.")
        sample(ledger.isUnverified ? 1 : 0)
        let backup = ledger.lastBackup
        family("campaign_ledger_last_backup_timestamp_seconds", .gauge, "When the last backup was complete, Unix time.")
        if let backup { sample(UInt64(max(0, backup.seconds))) }
        family("campaign_ledger_last_backup_position", .gauge, "The last position that the last backup holds.")
        if let backup { sample(backup.position.rawValue) }
    }

    fileprivate mutating func addRequests(_ metrics: HTTPMetrics) {
        family("campaign_ledger_refusals_total", .counter, "Requests that were refused, by the problem's code.")
        for (code, count) in metrics.refusalCounts { sample(count, [("code", code)]) }
        family("campaign_ledger_http_connections", .gauge, "Open connections.")
        sample(UInt64(max(0, metrics.openConnections.load(ordering: .relaxed))))
        family(
            "campaign_ledger_http_request_duration_seconds", .histogram,
            "From a request's head to the end of its answer; live streams are left out.")
        for (number, histogram) in metrics.durations.enumerated() {
            let routes = RouteTable.all.routes
            let route = number < routes.count ? routes[number] : nil
            sample(
                histogram.reading, [("method", route?.method ?? "other"), ("route", route?.path ?? "other")])
        }
    }
}
