/// The service that posts an event.
enum SimulatedSource {
    case registry, listening, messages, relations, logistics, shop, finance, media

    var uri: StaticString {
        switch self {
        case .registry: "urn:registry"
        case .listening: "urn:listening"
        case .messages: "urn:messages"
        case .relations: "urn:relations"
        case .logistics: "urn:fulfilment"
        case .shop: "urn:webshop"
        case .finance: "urn:finance"
        case .media: "urn:paid-media"
        }
    }
}

extension Simulation {
    /// Writes everything up to the first member of `data`: what follows begins with that member, without a comma.
    mutating func open(_ type: StaticString, from source: SimulatedSource, _ bytes: inout [UInt8]) {
        bytes.write("{\"specversion\":\"1.0\",\"id\":\"")
        writeIdentifier(&bytes)
        bytes.write("\",\"source\":\"")
        bytes.write(source.uri)
        bytes.write("\",\"type\":\"")
        bytes.write(type)
        bytes.write("\",\"time\":\"")
        bytes.write(time)
        bytes.write("\",\"data\":{")
    }

    /// The same for an event of an influencer, whose identifier is then written.
    mutating func open(
        _ type: StaticString, from source: SimulatedSource, influencer: Int, _ bytes: inout [UInt8]
    ) {
        recentSubjects[written & 63] = UInt32(influencer)
        open(type, from: source, &bytes)
        bytes.write("\"influencerId\":\"inf-", numbered: influencer + 1, digits: 7)
    }

    /// The same for an event of an influencer in a campaign, whose identifiers are then written.
    mutating func open(
        _ type: StaticString, from source: SimulatedSource, influencer: Int, campaign: Int, _ bytes: inout [UInt8]
    ) {
        open(type, from: source, influencer: influencer, &bytes)
        bytes.write(",\"campaignId\":\"campaign-", numbered: campaign + 1, digits: 5)
    }

    func close(_ bytes: inout [UInt8]) {
        bytes.write("}}")
    }

    /// Three events in a thousand are posted hours or days after they happened.
    mutating func maybeLate() {
        guard random.happens(bp: 30) else { return }
        let delay = Int64(random.within(1...120)) * (delays[Delay.hour.rawValue])
        time.microseconds = max(settings.from.microseconds, now.microseconds - delay)
    }

    private mutating func writeIdentifier(_ bytes: inout [UInt8]) {
        switch settings.ids {
        case .uuidV7:
            writeUUID(
                high: UInt64(now.microseconds / 1_000) << 16 | 0x7000 | (random.next() & 0x0FFF), low: random.next(),
                &bytes)
        case .random:
            writeUUID(high: random.next() & ~0xF000 | 0x4000, low: random.next(), &bytes)
        case .short:
            bytes.write(Int(settings.seed & UInt64(Int64.max)))
            bytes.append(46)
            bytes.write(written + 1)
        }
    }

    private func writeUUID(high: UInt64, low: UInt64, _ bytes: inout [UInt8]) {
        bytes.writeHex(high >> 32, digits: 8)
        bytes.append(45)
        bytes.writeHex(high >> 16, digits: 4)
        bytes.append(45)
        bytes.writeHex(high, digits: 4)
        bytes.append(45)
        bytes.writeHex(low >> 48 & 0x3FFF | 0x8000, digits: 4)
        bytes.append(45)
        bytes.writeHex(low, digits: 12)
    }
}
