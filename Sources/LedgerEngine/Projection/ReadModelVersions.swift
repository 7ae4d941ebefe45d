/// The versions of the read models' rows, for those who look at them from outside.
package enum ReadModelVersions {
    /// The version this program writes.
    package static let written = ViewKeys.rowsVersion
    /// The versions whose rows this program can read and go on folding.
    package static let readable = ViewKeys.readableVersions
}
