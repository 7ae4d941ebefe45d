import CampaignDomain

/// An instant as RFC 3339 in UTC.
func rfc3339(seconds: Int64) -> String {
    Instant(microseconds: seconds * 1_000_000).rfc3339
}
