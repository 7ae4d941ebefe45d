#include <algorithm>
#include <cstdlib>
#include <new>

#include "quick_walk.hpp"

using namespace campaign_json_internal;

namespace {

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

bool has_backslash(const uint8_t *text, size_t length) { return std::memchr(text, '\\', length) != nullptr; }

const uint32_t *end_of_tokens(const parser &p) {
    return p.stage->structural_indexes.get() + p.stage->n_structural_indexes;
}

// Walks over the value at the first of the tokens. Text without escapes goes the quick way first.
bool walk_value(parser &p, walk &w, uint32_t level, uint16_t context) {
    if (!w.has_escapes) {
        quick_walk quick(p, w, context);
        if (quick.run(level)) {
            w.token = quick.token;
            w.nodes = static_cast<uint32_t>(quick.node - p.tape);
            return true;
        }
    }
    return w.run(level);
}

// Walks over the value at the next token of the scanned text. `end` is the end of the value.
bool walk_scanned(parser &p, bool has_escapes, uint32_t *end) {
    // A value that is short enough has no more tokens than bytes; the tape has room for as many.
    const uint32_t *last = std::min(end_of_tokens(p), p.next_token + CAMPAIGN_JSON_TEXT_BYTES_MAX + 1);
    walk w{p, p.scanned, p.scanned_length, p.next_token, last, p.strings, has_escapes};
    if (w.token == w.last || !walk_value(p, w, 1, 0)) return false;
    *end = w.end_of(w.token[-1]);
    p.next_token = w.token;
    p.node_count = w.nodes;
    p.code = CAMPAIGN_JSON_OK;
    p.step_count = 0;
    return true;
}

}  // namespace

campaign_json *campaign_json_create(const campaign_json_vocabulary *vocabulary, uint16_t discriminator) {
    auto p = new (std::nothrow) parser{};
    if (p == nullptr) return nullptr;
    const size_t bytes = CAMPAIGN_JSON_TEXT_BYTES_MAX + CAMPAIGN_JSON_PADDING_BYTES;
    p->vocabulary = vocabulary;
    p->discriminator = discriminator;
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
    campaign_json *handle, const uint8_t *text, size_t length, uint32_t level, uint16_t context, bool is_padded) {
    parser &p = *static_cast<parser *>(handle);
    p.scanned = nullptr;
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
    walk w{p, text, static_cast<uint32_t>(length), tokens, tokens + count, p.strings, has_backslash(text, length)};
    if (!walk_value(p, w, level, context)) return fail(p, text, length, w.code, w.expected, w.offset);
    if (w.token != w.last) {
        const uint32_t expected = CAMPAIGN_JSON_EXPECTED_END_OF_TEXT;
        return fail(p, text, length, CAMPAIGN_JSON_TRAILING_CONTENT, expected, *w.token);
    }
    p.code = CAMPAIGN_JSON_OK;
    p.node_count = w.nodes;
    return true;
}

bool campaign_json_scan(campaign_json *handle, const uint8_t *text, size_t length) {
    parser &p = *static_cast<parser *>(handle);
    p.scanned = nullptr;
    if (length == 0 || length > CAMPAIGN_JSON_SCAN_BYTES_MAX) return false;
    if (length > p.stage->capacity() && p.stage->set_capacity(length) != simdjson::SUCCESS) return false;
    if (p.stage->stage1(text, length, simdjson::stage1_mode::regular) != simdjson::SUCCESS) return false;
    if (!reserve(p, std::min<uint32_t>(p.stage->n_structural_indexes, CAMPAIGN_JSON_TEXT_BYTES_MAX) + 2)) return false;
    p.scanned = text;
    p.scanned_length = static_cast<uint32_t>(length);
    p.scanned_has_escapes = has_backslash(text, length);
    p.next_token = p.stage->structural_indexes.get();
    return true;
}

bool campaign_json_parse_scanned(campaign_json *handle, size_t offset, size_t length) {
    parser &p = *static_cast<parser *>(handle);
    if (p.scanned == nullptr) return false;
    const bool has_escapes = p.scanned_has_escapes && has_backslash(p.scanned + offset, length);
    uint32_t end = 0;
    const bool is_good = length <= CAMPAIGN_JSON_TEXT_BYTES_MAX && p.next_token < end_of_tokens(p) &&
                         *p.next_token >= offset && walk_scanned(p, has_escapes, &end) && end <= offset + length &&
                         (p.next_token == end_of_tokens(p) || *p.next_token >= offset + length);
    if (!is_good) p.scanned = nullptr;
    return is_good;
}

bool campaign_json_split_scanned(
    campaign_json *handle, campaign_json_splitter *splitter, size_t *element_offset, size_t *element_length) {
    parser &p = *static_cast<parser *>(handle);
    if (p.scanned == nullptr) return false;
    const uint8_t *text = p.scanned;
    p.scanned = nullptr;
    const uint32_t *last = end_of_tokens(p);
    if (last - p.next_token < 3 || text[*p.next_token] != (splitter->count == 0 ? '[' : ',')) return false;
    const uint32_t start = *++p.next_token;
    uint32_t end = 0;
    p.scanned = text;
    if (text[start] == ']' || !walk_scanned(p, p.scanned_has_escapes, &end) || p.next_token == last ||
        (text[*p.next_token] != ',' && text[*p.next_token] != ']') ||
        end - start > CAMPAIGN_JSON_TEXT_BYTES_MAX) {
        p.scanned = nullptr;
        return false;
    }
    splitter->offset = *p.next_token;
    splitter->count++;
    *element_offset = start;
    *element_length = end - start;
    return true;
}
