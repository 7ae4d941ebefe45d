internal import EventLog

/// What every `IndexStorage` asks of a checkpoint.
enum IndexRules {
    static func check(
        _ entries: [IndexEntry], after present: Position, through position: Position
    ) throws(StoreError) {
        guard position >= present, position <= .indexable else {
            throw .invalidRequest("a checkpoint of the index at \(position) does not follow its position \(present)")
        }
        for entry in entries where entry.position <= present || entry.position > position {
            throw .invalidRequest(
                "an index entry at \(entry.position) lies outside its checkpoint, after \(present) through \(position)")
        }
    }
}
