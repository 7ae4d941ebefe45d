import LedgerStore

/// Runs what the store does, with its errors as sentences.
func stored<Result>(_ body: () throws(StoreError) -> Result) throws(OperationFault) -> Result {
    do throws(StoreError) {
        return try body()
    } catch {
        throw OperationFault(error)
    }
}

extension OperationFault {
    init(_ error: StoreError) {
        let text = error.message
        self = .failed("\(text.prefix(1).uppercased())\(text.dropFirst()). \(error.advice).")
    }
}
