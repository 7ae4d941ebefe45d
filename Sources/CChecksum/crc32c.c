#include "CChecksum.h"

#include <stdatomic.h>
#include <string.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <arm_acle.h>
#include <sys/auxv.h>
#endif

// The Castagnoli polynomial 0x1EDC6F41, bits reversed.
#define CASTAGNOLI_REVERSED 0x82F63B78u

typedef uint32_t (*checksum_function)(uint32_t, const unsigned char *, size_t);

static uint32_t table[256];

// Runs before main, while there is one thread: after it the table is only read.
__attribute__((constructor)) static void fill_table(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t remainder = byte;
        for (int bit = 0; bit < 8; bit++) {
            remainder = (remainder >> 1) ^ ((remainder & 1u) ? CASTAGNOLI_REVERSED : 0u);
        }
        table[byte] = remainder;
    }
}

static uint32_t by_table(uint32_t state, const unsigned char *bytes, size_t length) {
    for (size_t index = 0; index < length; index++) {
        state = (state >> 8) ^ table[(state ^ bytes[index]) & 0xFFu];
    }
    return state;
}

#if defined(__x86_64__)

__attribute__((target("sse4.2")))
static uint32_t by_instruction(uint32_t state, const unsigned char *bytes, size_t length) {
    uint64_t wide = state;
    while (length >= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        wide = _mm_crc32_u64(wide, word);
        bytes += 8;
        length -= 8;
    }
    uint32_t narrow = (uint32_t)wide;
    while (length > 0) {
        narrow = _mm_crc32_u8(narrow, *bytes);
        bytes += 1;
        length -= 1;
    }
    return narrow;
}

static int has_instruction(void) { return __builtin_cpu_supports("sse4.2"); }

#elif defined(__aarch64__) && defined(__linux__)

// HWCAP_CRC32 of the Linux arm64 ABI.
#define CAPABILITY_CRC32 (1UL << 7)

__attribute__((target("crc")))
static uint32_t by_instruction(uint32_t state, const unsigned char *bytes, size_t length) {
    while (length >= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        state = __crc32cd(state, word);
        bytes += 8;
        length -= 8;
    }
    while (length > 0) {
        state = __crc32cb(state, *bytes);
        bytes += 1;
        length -= 1;
    }
    return state;
}

static int has_instruction(void) { return (getauxval(AT_HWCAP) & CAPABILITY_CRC32) != 0; }

#else

static uint32_t by_instruction(uint32_t state, const unsigned char *bytes, size_t length) {
    return by_table(state, bytes, length);
}

static int has_instruction(void) { return 0; }

#endif

// Chosen once; choosing twice at the same time gives the same answer, so relaxed order is enough.
static _Atomic(checksum_function) chosen;

uint32_t campaign_crc32c(uint32_t crc, const void *bytes, size_t length) {
    checksum_function function = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (function == NULL) {
        function = has_instruction() ? by_instruction : by_table;
        atomic_store_explicit(&chosen, function, memory_order_relaxed);
    }
    return ~function(~crc, bytes, length);
}

uint32_t campaign_crc32c_portable(uint32_t crc, const void *bytes, size_t length) {
    return ~by_table(~crc, bytes, length);
}
