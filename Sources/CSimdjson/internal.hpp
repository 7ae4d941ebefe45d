// What the parts of the shim share.
#pragma once

#include <cstring>

#include "CSimdjson.h"

namespace campaign_json_internal {

inline uint64_t load64(const uint8_t *p) {
    uint64_t word;
    std::memcpy(&word, p, sizeof word);
    return word;
}

// A hash of a name from its length, its first and its last 8 bytes; equal names have equal hashes and that is all it
// promises. Reads up to 8 bytes behind short names.
inline uint32_t hash_name(const uint8_t *text, size_t length) {
    uint64_t first, last;
    if (length >= 8) {
        first = load64(text);
        last = load64(text + length - 8);
    } else {
        first = length == 0 ? 0 : load64(text) << (64 - 8 * length);
        last = 0;
    }
    uint64_t mixed = (first ^ (last << 29 | last >> 35) ^ length * 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
    mixed ^= mixed >> 32;
    return static_cast<uint32_t>(mixed * 0xD6E8FEB86659FD93u >> 32);
}

inline bool is_space(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

inline bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

// Unescapes the inside of a string. Returns CAMPAIGN_JSON_OK, INVALID_ESCAPE or LONE_SURROGATE; the place of the fault
// goes to `fault`, the end of what was written to `target_end`.
uint32_t unescape(
    const uint8_t *source, const uint8_t *end, uint8_t *target, uint8_t **target_end, const uint8_t **fault);

struct diagnosis {
    uint32_t code;
    size_t offset;
};

// Finds what simdjson's first stage refused a text for: bad UTF-8, a control character in a string, an open string.
diagnosis diagnose(const uint8_t *text, size_t length);

// Fills in the steps that lead to the value at `offset`. `scratch` takes unescaped keys and must hold `length` bytes.
void locate(campaign_json *result, const uint8_t *text, size_t length, size_t offset, uint8_t *scratch);

// Whether two texts of one length are equal; both must be readable for 8 bytes behind their ends. Names are short, and
// a call of memcmp costs more than they do.
inline bool equal_text(const uint8_t *a, const uint8_t *b, size_t length) {
    size_t i = 0;
    for (; i + 8 <= length; i += 8) {
        if (load64(a + i) != load64(b + i)) return false;
    }
    return i == length || ((load64(a + i) ^ load64(b + i)) << (64 - 8 * (length - i))) == 0;
}

// The id of a name whose hash is known.
uint16_t find_hashed(const campaign_json_vocabulary *vocabulary, const uint8_t *text, size_t length, uint32_t hash);

// What kind of fault a token that starts like a number has, or CAMPAIGN_JSON_OK for a good integer.
uint32_t read_integer(const uint8_t *text, size_t length, int64_t *value);

// The node of the first member, in source order, whose key an earlier one of `members` has too; 0 if there is none.
uint32_t find_duplicate(const campaign_json_node *nodes, uint32_t *members, uint32_t count);

}  // namespace campaign_json_internal
