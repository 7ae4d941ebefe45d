// One walk over the tokens of one value: what simdjson's first stage leaves unchecked is checked here, for each token.
#pragma once

#include <simdjson.h>

#include <memory>

#include "internal.hpp"

namespace campaign_json_internal {

constexpr uint32_t vocabulary_words = 4;  // ids up to 255 find their duplicates by a bit each

struct frame {
    uint32_t node;
    uint32_t count;
    uint32_t unknown;  // members that are not in the vocabulary
    uint64_t seen[vocabulary_words];
};

// What the quick walk remembers from text to text; see there.
struct guess {
    uint16_t slot;  // in the vocabulary's table
    uint16_t id;    // of the name there
};

struct quick_memory {
    static constexpr uint32_t guess_count = 2048;
    static constexpr uint32_t id_count = 64 * vocabulary_words;
    guess guesses[guess_count];
    // By depth and id: the number of the object in which the name was met last.
    uint32_t met[CAMPAIGN_JSON_DEPTH_MAX][id_count];
    uint32_t object;
};

struct parser : campaign_json {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    const campaign_json_vocabulary *vocabulary;
    uint16_t discriminator;
    campaign_json_node *tape;
    uint32_t tape_capacity;
    uint32_t *members;   // scratch for duplicates, as long as the tape
    uint8_t *strings;    // unescaped strings and keys: never longer than their source
    uint8_t *copy;       // of a text that is not padded
    uint8_t *located;    // unescaped keys of the way to a fault
    const uint8_t *scanned;    // the text whose tokens are there for many values; null if there is none
    const uint32_t *next_token;  // of the scanned text
    uint32_t scanned_length;
    bool scanned_has_escapes;
    frame frames[CAMPAIGN_JSON_DEPTH_MAX];
    quick_memory quick;
};

struct walk {
    parser &p;
    const uint8_t *text;
    uint32_t length;
    const uint32_t *token;
    const uint32_t *last;
    uint8_t *strings;
    bool has_escapes;
    const uint8_t *strings_end = p.strings + CAMPAIGN_JSON_TEXT_BYTES_MAX;
    uint32_t nodes = 0;
    uint32_t code = CAMPAIGN_JSON_OK;
    uint32_t expected = 0;
    uint32_t offset = 0;

    bool fail(uint32_t fault, size_t at, uint32_t wanted = CAMPAIGN_JSON_EXPECTED_VALUE) {
        code = fault;
        offset = static_cast<uint32_t>(at);
        expected = wanted;
        return false;
    }

    // The end of the token at `at`: what lies between it and the next one is white space.
    uint32_t end_of(uint32_t at) const {
        uint32_t end = token < last ? *token : length;
        while (end > at + 1 && is_space(text[end - 1])) end--;
        return end;
    }

    // The text of the string whose opening quote is at `at`.
    bool read_string(uint32_t at, const uint8_t **value, uint32_t *value_length) {
        const uint32_t end = end_of(at);
        if (end < at + 2 || text[end - 1] != '"') return fail(CAMPAIGN_JSON_UNEXPECTED_TOKEN, at);
        *value = text + at + 1;
        *value_length = end - at - 2;
        return !has_escapes || unescape_string(value, value_length);
    }

    // Replaces a string by its unescaped text if it has escapes.
    bool unescape_string(const uint8_t **value, uint32_t *value_length) {
        const uint8_t *from = *value, *to = from + *value_length;
        if (std::memchr(from, '\\', *value_length) == nullptr) return true;
        // Only in a scanned text, which may be longer than one value can be.
        if (to - from > strings_end - strings) return fail(CAMPAIGN_JSON_TOO_LONG, static_cast<size_t>(from - text));
        const uint8_t *fault = from;
        uint8_t *target_end = strings;
        const uint32_t result = unescape(from, to, strings, &target_end, &fault);
        if (result != CAMPAIGN_JSON_OK) return fail(result, static_cast<size_t>(fault - text));
        *value = strings;
        *value_length = static_cast<uint32_t>(target_end - strings);
        strings = target_end;
        return true;
    }

    bool read_word(campaign_json_node &node, uint32_t at, const char *word, uint32_t word_length, uint8_t kind) {
        if (end_of(at) - at != word_length || std::memcmp(text + at, word, word_length) != 0) {
            return fail(CAMPAIGN_JSON_UNEXPECTED_TOKEN, at);
        }
        node.kind = kind;
        node.value_length = word_length;
        return true;
    }

    bool read_scalar(campaign_json_node &node, uint32_t at) {
        switch (text[at]) {
            case '"':
                node.kind = CAMPAIGN_JSON_STRING;
                node.integer = at;
                return read_string(at, &node.value, &node.value_length);
            case 't': return read_word(node, at, "true", 4, CAMPAIGN_JSON_TRUE);
            case 'f': return read_word(node, at, "false", 5, CAMPAIGN_JSON_FALSE);
            case 'n': return read_word(node, at, "null", 4, CAMPAIGN_JSON_NULL);
            case '-': case '0': case '1': case '2': case '3': case '4':
            case '5': case '6': case '7': case '8': case '9': {
                node.kind = CAMPAIGN_JSON_INTEGER;
                node.value_length = end_of(at) - at;
                const uint32_t result = read_integer(text + at, node.value_length, &node.integer);
                return result == CAMPAIGN_JSON_OK || fail(result, at);
            }
            default: return fail(CAMPAIGN_JSON_UNEXPECTED_TOKEN, at);
        }
    }

    void find_name(campaign_json_node &node) {
        const name_words words = words_of(node.key, node.key_length);
        node.key_hash = hash_name(words, node.key_length);
        node.key_id = find_hashed(p.vocabulary, node.key, node.key_length, words, node.key_hash).id;
    }

    // The key at the next token and the colon behind it.
    bool read_key(campaign_json_node &node, frame &object) {
        if (token == last) return fail(CAMPAIGN_JSON_UNCLOSED_CONTAINER, length);
        const uint32_t at = *token++;
        if (text[at] != '"') return fail(CAMPAIGN_JSON_UNEXPECTED_TOKEN, at, CAMPAIGN_JSON_EXPECTED_KEY);
        uint32_t key_length = 0;
        if (!read_string(at, &node.key, &key_length)) return false;
        if (key_length > UINT16_MAX) return fail(CAMPAIGN_JSON_TOO_LONG, at);  // the same
        node.key_length = static_cast<uint16_t>(key_length);
        if (token == last) return fail(CAMPAIGN_JSON_UNCLOSED_CONTAINER, length);
        const uint32_t colon = *token++;
        if (text[colon] != ':') return fail(CAMPAIGN_JSON_UNEXPECTED_TOKEN, colon, CAMPAIGN_JSON_EXPECTED_COLON);
        find_name(node);
        if (node.key_id == 0 || node.key_id >= 64 * vocabulary_words) {
            object.unknown++;
            return true;
        }
        uint64_t &word = object.seen[node.key_id / 64];
        const uint64_t bit = uint64_t(1) << (node.key_id % 64);
        if ((word & bit) != 0) return fail(CAMPAIGN_JSON_DUPLICATE_KEY, colon);
        word |= bit;
        return true;
    }

    // Whether the names that have no bit are there once each.
    bool check_unknown(const frame &top) {
        uint32_t count = 0;
        for (uint32_t i = top.node + 1; i < nodes; i = p.tape[i].next) {
            if (p.tape[i].key_id == 0 || p.tape[i].key_id >= 64 * vocabulary_words) p.members[count++] = i;
        }
        const uint32_t duplicate = find_duplicate(p.tape, p.members, count);
        if (duplicate == 0) return true;
        const campaign_json_node &second = p.tape[duplicate];
        // The text of a string may be unescaped elsewhere.
        const size_t at = second.kind == CAMPAIGN_JSON_STRING ? static_cast<size_t>(second.integer)
                                                              : static_cast<size_t>(second.value - text);
        return fail(CAMPAIGN_JSON_DUPLICATE_KEY, at);
    }

    bool close(const frame &top, uint32_t at) {
        campaign_json_node &node = p.tape[top.node];
        node.next = nodes;
        node.count = top.count;
        node.value_length = static_cast<uint32_t>(text + at + 1 - node.value);
        return top.unknown < 2 || check_unknown(top);
    }

    // Starts a value's node, with its key if it is a member.
    bool begin(campaign_json_node &node, uint32_t depth) {
        node.key_id = 0;
        node.value_id = 0;
        if (depth > 0) {
            frame &top = p.frames[depth - 1];
            top.count++;
            if (p.tape[top.node].kind == CAMPAIGN_JSON_OBJECT) return read_key(node, top);
        }
        node.key = nullptr;
        node.key_length = 0;
        return true;
    }

    // Walks over one value; the token stands behind it then.
    bool run(uint32_t level) {
        uint32_t depth = 0;
        do {
            campaign_json_node &node = p.tape[nodes];
            if (!begin(node, depth)) return false;
            if (token == last) return fail(CAMPAIGN_JSON_UNCLOSED_CONTAINER, length);
            const uint32_t at = *token++;
            const uint8_t byte = text[at];
            node.value = text + at;
            node.next = ++nodes;
            node.count = 0;
            if (byte == '{' || byte == '[') {
                if (depth + level > CAMPAIGN_JSON_DEPTH_MAX) return fail(CAMPAIGN_JSON_TOO_DEEP, at);
                node.kind = byte == '{' ? CAMPAIGN_JSON_OBJECT : CAMPAIGN_JSON_ARRAY;
                p.frames[depth++] = frame{nodes - 1, 0, 0, {0, 0, 0, 0}};
                if (token == last) return fail(CAMPAIGN_JSON_UNCLOSED_CONTAINER, length);
                if (text[*token] != byte + 2) continue;  // `{` and `}`, `[` and `]` are two apart
            } else if (!read_scalar(node, at)) {
                return false;
            } else if (depth == 1 && node.key_id == p.discriminator && node.key_id != 0) {
                find_value(node);
            }
            if (!finish_values(depth)) return false;
        } while (depth > 0);
        return true;
    }

    void find_value(campaign_json_node &node) {
        if (node.kind != CAMPAIGN_JSON_STRING) return;
        node.value_id = campaign_json_vocabulary_find(p.vocabulary, node.value, node.value_length);
    }

    // Behind a value or an opening bracket that closes at once: closes what ends, stops behind a comma.
    bool finish_values(uint32_t &depth) {
        while (depth > 0) {
            if (token == last) return fail(CAMPAIGN_JSON_UNCLOSED_CONTAINER, length);
            frame &top = p.frames[depth - 1];
            const uint32_t at = *token++;
            if (text[at] == ',') return true;
            const uint8_t closing = p.tape[top.node].kind == CAMPAIGN_JSON_OBJECT ? '}' : ']';
            if (text[at] != closing) {
                return fail(CAMPAIGN_JSON_UNEXPECTED_TOKEN, at, CAMPAIGN_JSON_EXPECTED_COMMA_OR_END);
            }
            if (!close(top, at)) return false;
            depth--;
        }
        return true;
    }
};

}  // namespace campaign_json_internal
