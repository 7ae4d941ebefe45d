// What the parts of the checksum share. A remainder is a polynomial of degree 31 with its bits reversed: the highest
// bit is x^0.
#ifndef CAMPAIGN_CHECKSUM_INTERNAL_H
#define CAMPAIGN_CHECKSUM_INTERNAL_H

#include <stdbool.h>

#include "CChecksum.h"

// The Castagnoli polynomial 0x1EDC6F41, bits reversed.
#define CASTAGNOLI_REVERSED 0x82F63B78u

static inline uint32_t times_x(uint32_t remainder) {
    return (remainder >> 1) ^ ((remainder & 1u) ? CASTAGNOLI_REVERSED : 0u);
}

static inline uint32_t divided_by_x(uint32_t remainder) {
    return (remainder >> 31) ? ((remainder ^ CASTAGNOLI_REVERSED) << 1 | 1u) : remainder << 1;
}

// The remainder of a product.
static inline uint32_t multiply(uint32_t a, uint32_t b) {
    uint32_t product = 0;
    for (int bit = 31; bit >= 0; bit--) {
        if (a >> bit & 1u) product ^= b;
        b = times_x(b);
    }
    return product;
}

// Whether the CPU has the instructions that the next function needs.
bool campaign_crc32c_has_instruction(void);
// The state after some bytes.
uint32_t campaign_crc32c_by_instruction(uint32_t state, const unsigned char *bytes, size_t length);

// Whether a change can be moved over so many bytes by instructions.
bool campaign_crc32c_can_shift(size_t behind);
// What eight bytes, little-endian, add to the state after `behind` bytes more.
uint32_t campaign_crc32c_shifted_by_instruction(uint64_t change, size_t behind);

#endif
