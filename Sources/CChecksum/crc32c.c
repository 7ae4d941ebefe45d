#include "internal.h"

#include <stdatomic.h>
#include <string.h>

typedef uint32_t (*checksum_function)(uint32_t, const unsigned char *, size_t);

static uint32_t table[256];

// Runs before main, while there is one thread: after it the table is only read.
__attribute__((constructor)) static void fill_table(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t remainder = byte;
        for (int bit = 0; bit < 8; bit++) remainder = times_x(remainder);
        table[byte] = remainder;
    }
}

static uint32_t by_table(uint32_t state, const unsigned char *bytes, size_t length) {
    for (size_t index = 0; index < length; index++) {
        state = (state >> 8) ^ table[(state ^ bytes[index]) & 0xFFu];
    }
    return state;
}

// Chosen once; choosing twice at the same time gives the same answer, so relaxed order is enough.
static _Atomic(checksum_function) chosen;

static checksum_function choose(void) {
    checksum_function function = campaign_crc32c_has_instruction() ? campaign_crc32c_by_instruction : by_table;
    atomic_store_explicit(&chosen, function, memory_order_relaxed);
    return function;
}

uint32_t campaign_crc32c(uint32_t crc, const void *bytes, size_t length) {
    checksum_function function = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (function == NULL) function = choose();
    return ~function(~crc, bytes, length);
}

uint32_t campaign_crc32c_portable(uint32_t crc, const void *bytes, size_t length) {
    return ~by_table(~crc, bytes, length);
}

uint32_t campaign_crc32c_changed_portable(uint32_t crc, uint64_t change, size_t behind) {
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)(change >> (8 * i));
    // x^(8 · behind) by repeated squaring; x^8 is eight bits below the highest.
    uint32_t factor = 1u << 31, square = 1u << 23;
    for (size_t rest = behind; rest > 0; rest >>= 1) {
        if (rest & 1u) factor = multiply(factor, square);
        square = multiply(square, square);
    }
    return crc ^ multiply(factor, by_table(0, bytes, 8));
}

uint32_t campaign_crc32c_changed(uint32_t crc, uint64_t change, size_t behind) {
    if (!campaign_crc32c_can_shift(behind)) return campaign_crc32c_changed_portable(crc, change, behind);
    return crc ^ campaign_crc32c_shifted_by_instruction(change, behind);
}
