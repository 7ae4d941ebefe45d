import NIOCore

/// The body of a request as it arrives, and what of the budget it holds.
struct BodyCollector {
    let plan: BodyPlan
    private(set) var bytes: ByteBuffer
    /// Taken from the budget as bytes arrive: a length that is only announced must not keep others from posting.
    private(set) var reservedBytes = 0

    init(plan: BodyPlan, allocator: ByteBufferAllocator) {
        self.plan = plan
        bytes = allocator.buffer(capacity: (plan.contentLength ?? 0) + HTTPLimits.paddingBytes)
    }

    /// What the budget has to give before the part can be taken.
    func missingBytes(for part: ByteBuffer) -> Int {
        max(bytes.readableBytes + part.readableBytes - reservedBytes, 0)
    }

    mutating func take(_ part: ByteBuffer, reserved: Int) {
        reservedBytes += reserved
        bytes.writeImmutableBuffer(part)
    }

    /// Lends the body with the readable padding that a parser needs behind it.
    mutating func withPaddedBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let end = bytes.writerIndex
        bytes.setRepeatingByte(0, count: HTTPLimits.paddingBytes, at: end)
        let range = bytes.readerIndex..<end
        return bytes.withVeryUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
}
