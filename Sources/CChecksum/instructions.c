// CRC-32C by the CPU's own instruction, which takes three cycles for eight bytes but can begin one in each: long values
// are cut into three lanes that are checked side by side and put together by carry-less multiplication (V. Gopal et
// al., "Fast CRC Computation for iSCSI Polynomial Using CRC32 Instruction", Intel 2011). A usual record is too short
// for that to pay: the CPU works on one record's end and the next one's beginning at the same time.
#include "internal.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

#define USES_INSTRUCTION __attribute__((target("sse4.2,pclmul")))

enum {
    near_count = 512,           // shifts by one byte each
    far_count = 128,            // shifts by `near_count` bytes each: 64 KiB in all
    lane_words_max = 31,        // two lanes, 496 bytes, are a near shift
    lanes_bytes_min = 384,      // below, putting together costs more than it saves
};

// x^(8n − 33): a product of two remainders as the instruction takes it comes out multiplied by x^33.
static uint32_t near_shift[near_count], far_shift[far_count];
static bool has_instructions;

// Runs before main, while there is one thread: after it all this is only read.
__attribute__((constructor)) static void prepare(void) {
    __builtin_cpu_init();
    has_instructions = __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul");
    uint32_t power = 1u << 31;
    for (int i = 0; i < 33; i++) power = divided_by_x(power);
    far_shift[0] = power;
    for (size_t i = 0; i < near_count; i++) {
        near_shift[i] = power;
        for (int bit = 0; bit < 8; bit++) power = times_x(power);
    }
    // Now it is x^(8 · near_count − 33); without the 33 it leads from one far shift to the next.
    for (int i = 0; i < 33; i++) power = times_x(power);
    for (size_t i = 1; i < far_count; i++) far_shift[i] = multiply(far_shift[i - 1], power);
}

bool campaign_crc32c_has_instruction(void) { return has_instructions; }

static inline uint64_t load(const unsigned char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    return word;
}

USES_INSTRUCTION static inline uint64_t product(uint64_t a, uint32_t b) {
    const __m128i wide = _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)a), _mm_cvtsi32_si128((int)b), 0);
    return (uint64_t)_mm_cvtsi128_si64(wide);
}

// Three lanes of so many words, one behind the other.
USES_INSTRUCTION static inline uint64_t three_lanes(uint64_t state, const unsigned char *bytes, size_t words) {
    uint64_t second = 0, third = 0;
    const unsigned char *end = bytes + 8 * words;
    for (const unsigned char *at = bytes; at < end; at += 8) {
        state = _mm_crc32_u64(state, load(at));
        second = _mm_crc32_u64(second, load(at + 8 * words));
        third = _mm_crc32_u64(third, load(at + 16 * words));
    }
    return _mm_crc32_u64(0, product(state, near_shift[16 * words]) ^ product(second, near_shift[8 * words])) ^ third;
}

USES_INSTRUCTION
uint32_t campaign_crc32c_by_instruction(uint32_t state, const unsigned char *bytes, size_t length) {
    uint64_t wide = state;
    while (length >= lanes_bytes_min) {
        size_t words = length / 24;
        if (words > lane_words_max) words = lane_words_max;
        wide = three_lanes(wide, bytes, words);
        bytes += 24 * words;
        length -= 24 * words;
    }
    for (; length >= 8; length -= 8, bytes += 8) wide = _mm_crc32_u64(wide, load(bytes));
    uint32_t narrow = (uint32_t)wide;
    for (; length > 0; length--, bytes++) narrow = _mm_crc32_u8(narrow, *bytes);
    return narrow;
}

bool campaign_crc32c_can_shift(size_t behind) {
    return has_instructions && behind < (size_t)near_count * far_count;
}

USES_INSTRUCTION
uint32_t campaign_crc32c_shifted_by_instruction(uint64_t change, size_t behind) {
    const uint64_t state = _mm_crc32_u64(0, change);
    const uint64_t moved = _mm_crc32_u64(0, product(state, near_shift[behind % near_count]));
    if (behind < near_count) return (uint32_t)moved;
    return (uint32_t)_mm_crc32_u64(0, product(moved, far_shift[behind / near_count]));
}

#else

bool campaign_crc32c_can_shift(size_t behind) {
    (void)behind;
    return false;
}

uint32_t campaign_crc32c_shifted_by_instruction(uint64_t change, size_t behind) {
    return campaign_crc32c_changed_portable(0, change, behind);
}

#if defined(__aarch64__) && defined(__linux__)
#include <arm_acle.h>
#include <sys/auxv.h>

// HWCAP_CRC32 of the Linux arm64 ABI.
#define CAPABILITY_CRC32 (1UL << 7)

bool campaign_crc32c_has_instruction(void) { return (getauxval(AT_HWCAP) & CAPABILITY_CRC32) != 0; }

__attribute__((target("crc")))
uint32_t campaign_crc32c_by_instruction(uint32_t state, const unsigned char *bytes, size_t length) {
    for (; length >= 8; length -= 8, bytes += 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        state = __crc32cd(state, word);
    }
    for (; length > 0; length--, bytes++) state = __crc32cb(state, *bytes);
    return state;
}

#else

bool campaign_crc32c_has_instruction(void) { return false; }

uint32_t campaign_crc32c_by_instruction(uint32_t state, const unsigned char *bytes, size_t length) {
    return ~campaign_crc32c_portable(~state, bytes, length);
}

#endif
#endif
