import CampaignDomain
import Glibc

/// An instant as RFC 3339 in UTC.
func rfc3339(seconds: Int64) -> String {
    Instant(microseconds: seconds * 1_000_000).rfc3339
}

/// A path from the root, with links followed where it exists.
func absolutePath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
}
