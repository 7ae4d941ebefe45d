/// What a backup's directory holds besides `LEDGER` and `log/`.
package enum BackupNames {
    /// Says what the backup holds; there when it is complete.
    package static let manifest = "MANIFEST"
    /// There while a backup is made, and after one that was killed.
    package static let unfinished = "UNFINISHED"
}
