#include <simdjson.h>

#include <cstdlib>
#include <new>

#include "internal.hpp"

using namespace campaign_json_internal;

namespace {

constexpr uint32_t vocabulary_words = 4;  // ids up to 255 find their duplicates by a bit each

struct frame {
    uint32_t node;
    uint32_t count;
    uint32_t unknown;  // members that are not in the vocabulary
    uint64_t seen[vocabulary_words];
};

struct parser : campaign_json {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    const campaign_json_vocabulary *vocabulary;
    campaign_json_node *tape;
    uint32_t tape_capacity;
    uint32_t *members;   // scratch for duplicates, as long as the tape
    uint8_t *strings;    // unescaped strings and keys: never longer than their source
    uint8_t *copy;       // of a text that is not padded
    uint8_t *located;    // unescaped keys of the way to a fault
    frame frames[CAMPAIGN_JSON_DEPTH_MAX];
};

// One walk over the tokens of one text.
struct walk {
    parser &p;
    const uint8_t *text;
    uint32_t length;
    const uint32_t *token;
    const uint32_t *last;
    uint8_t *strings;
    bool has_escapes;
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
        const uint8_t *from = text + at + 1, *to = text + end - 1;
        if (!has_escapes || std::memchr(from, '\\', static_cast<size_t>(to - from)) == nullptr) {
            *value = from;
            *value_length = static_cast<uint32_t>(to - from);
            return true;
        }
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

    // The key at the next token and the colon behind it.
    bool read_key(campaign_json_node &node, frame &object) {
        if (token == last) return fail(CAMPAIGN_JSON_UNCLOSED_CONTAINER, length);
        const uint32_t at = *token++;
        if (text[at] != '"') return fail(CAMPAIGN_JSON_UNEXPECTED_TOKEN, at, CAMPAIGN_JSON_EXPECTED_KEY);
        if (!read_string(at, &node.key, &node.key_length)) return false;
        if (token == last) return fail(CAMPAIGN_JSON_UNCLOSED_CONTAINER, length);
        const uint32_t colon = *token++;
        if (text[colon] != ':') return fail(CAMPAIGN_JSON_UNEXPECTED_TOKEN, colon, CAMPAIGN_JSON_EXPECTED_COLON);
        node.key_hash = hash_name(node.key, node.key_length);
        node.key_id = find_hashed(p.vocabulary, node.key, node.key_length, node.key_hash);
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

    bool close(frame &top, uint32_t at) {
        campaign_json_node &node = p.tape[top.node];
        node.next = nodes;
        node.count = top.count;
        node.value_length = static_cast<uint32_t>(text + at + 1 - node.value);
        if (top.unknown < 2) return true;
        uint32_t count = 0;
        for (uint32_t i = top.node + 1; i < nodes; i = p.tape[i].next) {
            if (p.tape[i].key_id == 0 || p.tape[i].key_id >= 64 * vocabulary_words) p.members[count++] = i;
        }
        const uint32_t duplicate = find_duplicate(p.tape, p.members, count);
        if (duplicate == 0) return true;
        const campaign_json_node &second = p.tape[duplicate];
        if (second.value >= text && second.value < text + length) {
            return fail(CAMPAIGN_JSON_DUPLICATE_KEY, static_cast<size_t>(second.value - text));
        }
        return fail(CAMPAIGN_JSON_DUPLICATE_KEY, at);
    }

    // Starts a value's node, with its key if it is a member.
    bool begin(campaign_json_node &node, uint32_t depth) {
        node.key = nullptr;
        node.key_length = 0;
        node.key_id = 0;
        if (depth == 0) return true;
        frame &top = p.frames[depth - 1];
        top.count++;
        return p.tape[top.node].kind != CAMPAIGN_JSON_OBJECT || read_key(node, top);
    }

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
            }
            if (!finish_values(depth)) return false;
        } while (depth > 0);
        return token == last || fail(CAMPAIGN_JSON_TRAILING_CONTENT, *token, CAMPAIGN_JSON_EXPECTED_END_OF_TEXT);
    }

    // Behind a value or an opening bracket that closes at once: closes what ends, stops behind a comma.
    bool finish_values(uint32_t &depth) {
        while (depth > 0) {
            if (token == last) return fail(CAMPAIGN_JSON_UNCLOSED_CONTAINER, length);
            frame &top = p.frames[depth - 1];
            const uint32_t at = *token++;
            const uint8_t closing = p.tape[top.node].kind == CAMPAIGN_JSON_OBJECT ? '}' : ']';
            if (text[at] == ',') return true;
            if (text[at] != closing) {
                return fail(CAMPAIGN_JSON_UNEXPECTED_TOKEN, at, CAMPAIGN_JSON_EXPECTED_COMMA_OR_END);
            }
            if (!close(top, at)) return false;
            depth--;
        }
        return true;
    }
};

bool fail(parser &p, const uint8_t *text, size_t length, uint32_t code, uint32_t expected, size_t offset) {
    p.node_count = 0;
    p.code = code;
    p.expected = expected;
    p.fault_offset = static_cast<uint32_t>(offset);
    if (text != nullptr) locate(&p, text, length, offset, p.located);
    return false;
}

// Room for a node a token. Nothing is kept: the tape is about to be written.
bool reserve(parser &p, uint32_t tokens) {
    if (tokens <= p.tape_capacity) return true;
    uint32_t capacity = 1024;
    while (capacity < tokens) capacity *= 2;
    std::free(p.tape);
    std::free(p.members);
    p.tape = static_cast<campaign_json_node *>(std::malloc(capacity * sizeof(campaign_json_node)));
    p.members = static_cast<uint32_t *>(std::malloc(capacity * sizeof(uint32_t)));
    p.tape_capacity = p.tape != nullptr && p.members != nullptr ? capacity : 0;
    p.nodes = p.tape;
    return p.tape_capacity > 0;
}

}  // namespace

campaign_json *campaign_json_create(const campaign_json_vocabulary *vocabulary) {
    auto p = new (std::nothrow) parser{};
    if (p == nullptr) return nullptr;
    const size_t bytes = CAMPAIGN_JSON_TEXT_BYTES_MAX + CAMPAIGN_JSON_PADDING_BYTES;
    p->vocabulary = vocabulary;
    p->strings = static_cast<uint8_t *>(std::calloc(bytes, 1));
    p->copy = static_cast<uint8_t *>(std::calloc(bytes, 1));
    p->located = static_cast<uint8_t *>(std::calloc(bytes, 1));
    const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
        CAMPAIGN_JSON_TEXT_BYTES_MAX, CAMPAIGN_JSON_DEPTH_MAX, p->stage);
    if (error || p->strings == nullptr || p->copy == nullptr || p->located == nullptr || !reserve(*p, 1)) {
        campaign_json_destroy(p);
        return nullptr;
    }
    return p;
}

void campaign_json_destroy(campaign_json *handle) {
    auto p = static_cast<parser *>(handle);
    if (p == nullptr) return;
    std::free(p->tape);
    std::free(p->members);
    std::free(p->strings);
    std::free(p->copy);
    std::free(p->located);
    delete p;
}

bool campaign_json_parse(
    campaign_json *handle, const uint8_t *text, size_t length, uint32_t level, bool is_padded) {
    parser &p = *static_cast<parser *>(handle);
    p.step_count = 0;
    if (length > CAMPAIGN_JSON_TEXT_BYTES_MAX) {
        return fail(p, nullptr, 0, CAMPAIGN_JSON_TOO_LONG, 0, CAMPAIGN_JSON_TEXT_BYTES_MAX);
    }
    if (length == 0) return fail(p, nullptr, 0, CAMPAIGN_JSON_EMPTY, 0, 0);
    if (!is_padded) {
        std::memcpy(p.copy, text, length);
        text = p.copy;
    }
    const auto error = p.stage->stage1(text, length, simdjson::stage1_mode::regular);
    if (error == simdjson::EMPTY) return fail(p, text, length, CAMPAIGN_JSON_EMPTY, 0, 0);
    if (error) {
        const diagnosis found = diagnose(text, length);
        return fail(p, text, length, found.code, 0, found.offset);
    }
    const uint32_t count = p.stage->n_structural_indexes;
    if (!reserve(p, count + 1)) return fail(p, nullptr, 0, CAMPAIGN_JSON_OUT_OF_MEMORY, 0, 0);
    const uint32_t *tokens = p.stage->structural_indexes.get();
    const bool has_escapes = std::memchr(text, '\\', length) != nullptr;
    walk w{p, text, static_cast<uint32_t>(length), tokens, tokens + count, p.strings, has_escapes};
    if (!w.run(level)) return fail(p, text, length, w.code, w.expected, w.offset);
    p.code = CAMPAIGN_JSON_OK;
    p.node_count = w.nodes;
    return true;
}
