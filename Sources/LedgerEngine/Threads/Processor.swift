import CProcessor

/// Brings the cache line at an address near without waiting for it.
@inline(__always)
func prefetch(_ address: UnsafeRawPointer) {
    campaign_prefetch(address)
}

/// How many processors this process may run on, at least 1.
func processorCount() -> Int {
    Int(campaign_processor_count())
}
