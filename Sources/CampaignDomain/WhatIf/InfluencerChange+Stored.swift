// A change as bytes, in the order of its members: a byte says whether there is one of those that may be absent, a number
// how many of those that may be several. Read by the version of the program that wrote it: it is in no log.
extension InfluencerChange {
    /// Adds the change.
    public func write(to writer: inout FactWriter) {
        writer.append(byte: UInt8(Tier.allCases.firstIndex(of: tier) ?? 0))
        writer.append(score) { $0.append(integer: $1.rawValue) }
        writer.append(scoreBeforeCaps) { $0.append(integer: $1.rawValue) }
        writer.append(list: components) { writer, item in
            writer.append(word: item.component)
            writer.append(item.value) { $0.append(integer: $1.rawValue) }
        }
        writer.append(evidence) { $0.append(word: $1) }
        writer.append(evidenceCount) { $0.append(wide: $1) }
        writer.append(caps) { $0.append(list: $1) { $0.append(word: $1) } }
        writer.append(openBreaches) { $0.append(integer: Int64($1)) }
        writer.append(stage) { $0.append(word: $1) }
        writer.append(flags) { $0.append(list: $1) { $0.append(word: $1) } }
        writer.append(list: metrics) { writer, item in
            writer.append(word: item.metric)
            // −1: none, which no share is.
            writer.append(item.value) { $0.append(integer: $1?.rawValue ?? -1) }
        }
        writer.append(homeTopics) { $0.append(list: $1) { $0.append(name: $1) } }
        writer.append(list: sums) { writer, item in
            writer.append(integer: Int64(item.currency.storedCode))
            writer.append(word: item.sum)
            writer.append(item.value) { $0.append(wide: $1) }
        }
        writer.append(list: reportable) { writer, item in
            writer.append(integer: Int64(item.year))
            writer.append(integer: Int64(item.currency.storedCode))
            writer.append(item.value) { $0.append($1) }
        }
    }

    /// Reads what `write` added. Bytes that it did not write trap: whoever keeps them knows that they are the same.
    public init(from reader: inout FactReader) {
        tier = Tier.allCases[Int(reader.readByte())]
        score = reader.readChange { Score($0.readInteger()) }
        scoreBeforeCaps = reader.readChange { Score($0.readInteger()) }
        components = reader.readList { reader in
            Component(
                component: reader.readCase(), value: reader.readChanged { BasisPoints($0.readInteger()) })
        }
        evidence = reader.readChange { $0.readCase() }
        evidenceCount = reader.readChange { $0.readWide() }
        caps = reader.readChange { $0.readList { $0.readCase() } }
        openBreaches = reader.readChange { Int($0.readInteger()) }
        stage = reader.readChange { $0.readCase() }
        flags = reader.readChange { $0.readList { $0.readCase() } }
        metrics = reader.readList { reader in
            Metric(
                metric: reader.readCase(),
                value: reader.readChanged {
                    let share = $0.readInteger()
                    return share < 0 ? nil : BasisPoints(share)
                })
        }
        homeTopics = reader.readChange { $0.readList { $0.readText() } }
        sums = reader.readList { reader in
            Sum(currency: reader.readCurrency(), sum: reader.readCase(), value: reader.readChanged { $0.readWide() })
        }
        reportable = reader.readList { reader in
            Reportable(
                year: Int(reader.readInteger()), currency: reader.readCurrency(),
                value: reader.readChanged { Reported(from: &$0) })
        }
    }
}

extension InfluencerChange.Reported {
    fileprivate init(from reader: inout FactReader) {
        cash = reader.readWide()
        gifts = reader.readWide()
        switch reader.readByte() {
        case 0: isReportable = false
        case 1: isReportable = true
        default: isReportable = nil
        }
    }
}

extension FactWriter {
    /// Adds both values behind whether there are any.
    fileprivate mutating func append<Value>(_ change: Changed<Value>?, _ write: (inout FactWriter, Value) -> Void) {
        append(byte: change == nil ? 0 : 1)
        if let change { append(change, write) }
    }

    fileprivate mutating func append<Value>(_ change: Changed<Value>, _ write: (inout FactWriter, Value) -> Void) {
        write(&self, change.before)
        write(&self, change.after)
    }

    fileprivate mutating func append<Item>(list: [Item], _ write: (inout FactWriter, Item) -> Void) {
        append(integer: Int64(list.count))
        for item in list { write(&self, item) }
    }

    /// A word by its place among the words of its kind.
    fileprivate mutating func append<Word: CaseIterable & Equatable>(word: Word) where Word.AllCases == [Word] {
        append(byte: UInt8(Word.allCases.firstIndex(of: word) ?? 0))
    }

    fileprivate mutating func append(wide value: Int128) {
        append(fixed: UInt64(truncatingIfNeeded: value), bytes: 8)
        append(fixed: UInt64(truncatingIfNeeded: value >> 64), bytes: 8)
    }

    /// A name of an event: at most 255 bytes.
    fileprivate mutating func append(name: String) {
        var name = name
        name.withUTF8 { append(text: UnsafeRawBufferPointer($0)) }
    }

    fileprivate mutating func append(_ reported: InfluencerChange.Reported) {
        append(wide: reported.cash)
        append(wide: reported.gifts)
        append(byte: reported.isReportable.map { $0 ? 1 : 0 } ?? 2)
    }
}

extension FactReader {
    /// Reads a name that was written as a text.
    public mutating func readName() -> String { readText() }

    fileprivate mutating func readChange<Value>(_ read: (inout FactReader) -> Value) -> Changed<Value>? {
        readByte() == 0 ? nil : readChanged(read)
    }

    fileprivate mutating func readChanged<Value>(_ read: (inout FactReader) -> Value) -> Changed<Value> {
        let before = read(&self)
        return Changed(before: before, after: read(&self))
    }

    fileprivate mutating func readList<Item>(_ read: (inout FactReader) -> Item) -> [Item] {
        let count = Int(readInteger())
        return (0..<count).map { _ in read(&self) }
    }

    fileprivate mutating func readCase<Word: CaseIterable>(_: Word.Type = Word.self) -> Word
    where Word.AllCases == [Word] {
        Word.allCases[Int(readByte())]
    }

    fileprivate mutating func readWide() -> Int128 {
        let low = readFixed(bytes: 8)
        return Int128(truncatingIfNeeded: Int64(bitPattern: readFixed(bytes: 8))) << 64 | Int128(low)
    }

    fileprivate mutating func readCurrency() -> Currency {
        Currency(storedCode: UInt32(truncatingIfNeeded: readInteger()))
    }
}
