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

// The first and the last 8 bytes of a name, each cut to the name's length. With the length they are all of a name of up
// to 16 bytes. Reads up to 8 bytes behind short names.
struct name_words {
    uint64_t first, last;
};

inline name_words words_of(const uint8_t *text, size_t length) {
    const uint64_t mask = length >= 8 ? ~uint64_t(0) : (uint64_t(1) << (8 * length)) - 1;
    return name_words{load64(text) & mask, load64(text + (length > 8 ? length - 8 : 0)) & mask};
}

// Equal names have equal hashes and that is all it promises.
inline uint32_t hash_name(name_words words, size_t length) {
    const uint64_t last = words.last << 29 | words.last >> 35;
    uint64_t mixed = (words.first ^ last ^ length * 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
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

struct vocabulary_entry {
    const uint8_t *text;
    name_words words;
    uint32_t length;
    uint32_t hash;
    uint16_t id;  // 0 in a slot that is free
};

inline bool is_name(const vocabulary_entry &entry, const uint8_t *text, size_t length, name_words words) {
    return entry.words.first == words.first && entry.words.last == words.last && entry.length == length &&
           (length <= 16 || std::memcmp(entry.text, text, length) == 0);
}

// The entry of a name whose hash is known, or a free one, whose id is 0.
const vocabulary_entry &find_hashed(
    const campaign_json_vocabulary *vocabulary, const uint8_t *text, size_t length, name_words words, uint32_t hash);

// What kind of fault a token that starts like a number has, or CAMPAIGN_JSON_OK for a good integer.
uint32_t read_integer(const uint8_t *text, size_t length, int64_t *value);

// The node of the first member, in source order, whose key an earlier one of `members` has too; 0 if there is none.
uint32_t find_duplicate(const campaign_json_node *nodes, uint32_t *members, uint32_t count);

}  // namespace campaign_json_internal

// Open addressing at a load of at most 1/4; the names' bytes are its own, padded for `words_of`.
struct campaign_json_vocabulary {
    campaign_json_internal::vocabulary_entry *entries;
    uint32_t mask;
    uint8_t *bytes;
};
