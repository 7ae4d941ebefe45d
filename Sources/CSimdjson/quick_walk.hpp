// The walk for what services mostly send: no white space but behind colons and commas, strings without escapes,
// integers of at most 18 digits. It writes the same nodes as `walk` and judges nothing: at whatever it does not know it
// gives up, and `walk`, the one judge, starts anew. All is one function whose state stays in registers.
//
// What made it slow was one load waiting for another, so two things are done without:
//
//   Names are not searched. Services keep their order, so the name that followed the same one the last time, in an
//   event of the same type, is compared with the text first. A wrong guess costs a search, and the next one is right.
//
//   Repeats are found by numbering the objects: a name that was met in the object of the present number is there twice.
//   Nothing has to be cleared. When the numbers begin anew a stale one may be taken for the present one; then `walk`
//   says that all is well.
#pragma once

#include "walk.hpp"

namespace campaign_json_internal {

#define ALWAYS_INLINE __attribute__((always_inline))

struct quick_walk {
    // What is kept of an object or array while what it holds is walked over.
    struct outer {
        campaign_json_node *node;
        uint32_t count;
        uint32_t previous;
        uint32_t object;
        uint32_t unknown;
    };

    parser &p;
    const uint8_t *const text;
    const uint32_t *token;
    const uint32_t *const last;
    campaign_json_node *node;  // the next free one
    uint32_t context;          // what the discriminator says, times a number that spreads it
    outer top = {};            // the innermost object or array
    uint32_t depth = 0;        // of those outside of it
    bool is_object = true;
    outer outside[CAMPAIGN_JSON_DEPTH_MAX];  // written before it is read

    quick_walk(parser &p, const walk &w, uint16_t context)
        : p(p), text(w.text), token(w.token), last(w.last), node(p.tape), context(spread(context)) {}

    static constexpr uint32_t spread(uint32_t context) { return context * 613; }

    // The place before the first name of the object called `id`, as if it were a name.
    static constexpr uint32_t before_first(uint32_t id) { return id + 307; }

    // Looks the key up; false if it was there already or has no number to tell.
    ALWAYS_INLINE bool find_name() {
        const name_words words = words_of(node->key, node->key_length);
        guess &guessed = p.quick.guesses[(context + top.previous) % quick_memory::guess_count];
        const vocabulary_entry *entry = &p.vocabulary->entries[guessed.slot];
        top.previous = guessed.id;
        if (__builtin_expect(!is_name(*entry, node->key, node->key_length, words), 0)) {
            node->key_hash = hash_name(words, node->key_length);
            entry = &find_hashed(p.vocabulary, node->key, node->key_length, words, node->key_hash);
            if (entry->id == 0) return note_unknown();
            guessed = guess{static_cast<uint16_t>(entry - p.vocabulary->entries), entry->id};
            top.previous = entry->id;
        }
        // From the entry, not from the guess: a guess that was never made names the first slot, whoever has that.
        const uint32_t id = entry->id;
        node->key_hash = entry->hash;
        node->key_id = entry->id;
        if (id >= quick_memory::id_count) return false;
        uint32_t &met = p.quick.met[depth][id];
        const bool is_new = met != top.object;
        met = top.object;
        return is_new;
    }

    // One name that is not in the vocabulary cannot repeat another.
    ALWAYS_INLINE bool note_unknown() {
        top.previous = 0;
        return ++top.unknown == 1;
    }

    ALWAYS_INLINE bool read_key() {
        const uint32_t at = token[0], colon = token[1];
        token += 2;
        const uint32_t length = colon - at - 2;
        if (text[at] != '"' || text[colon] != ':' || text[colon - 1] != '"' || length > UINT16_MAX) return false;
        node->key = text + at + 1;
        node->key_length = static_cast<uint16_t>(length);
        return find_name();
    }

    // `end` is the next token's place.
    ALWAYS_INLINE bool read_string(uint32_t at, uint32_t end) {
        node->kind = CAMPAIGN_JSON_STRING;
        node->value = text + at + 1;
        node->value_length = end - at - 2;
        node->integer = at;
        return text[end - 1] == '"' && end - at >= 2;
    }

    ALWAYS_INLINE bool read_number(uint32_t at, uint32_t end) {
        const uint32_t length = end - at;
        node->kind = CAMPAIGN_JSON_INTEGER;
        node->value = text + at;
        node->value_length = length;
        if (length > 18 || (text[at] == '0' && length > 1)) return false;
        int64_t value = 0;
        for (uint32_t i = at; i < end; i++) {
            const uint8_t digit = static_cast<uint8_t>(text[i] - '0');
            if (digit > 9) return false;
            value = value * 10 + digit;
        }
        node->integer = value;
        return true;
    }

    // Begins the object or array at `at`: its node is the present one.
    ALWAYS_INLINE void open(uint32_t at) {
        is_object = text[at] == '{';
        node->kind = is_object ? CAMPAIGN_JSON_OBJECT : CAMPAIGN_JSON_ARRAY;
        node->value = text + at;
        top = outer{node, 0, before_first(node->key_id), ++p.quick.object, 0};
        node++;
    }

    ALWAYS_INLINE void close(uint32_t at) {
        top.node->next = static_cast<uint32_t>(node - p.tape);
        top.node->count = top.count;
        top.node->value_length = static_cast<uint32_t>(text + at + 1 - top.node->value);
    }

    ALWAYS_INLINE void begin() {
        node->key = nullptr;
        node->count = 0;
        node->key_length = 0;
        node->key_id = 0;
        node->value_id = 0;
    }

    void note_context() {
        node->value_id = campaign_json_vocabulary_find(p.vocabulary, node->value, node->value_length);
        context = spread(node->value_id);
    }

    // Behind a value: closes what ends, stops behind a comma. `is_done` says that all is closed.
    ALWAYS_INLINE bool finish_values(bool &is_done) {
        while (true) {
            const uint32_t at = *token++;
            if (text[at] == ',') return true;
            if (text[at] != (is_object ? '}' : ']')) return false;
            close(at);
            if (depth == 0) return is_done = true;
            if (token == last) return false;
            top = outside[--depth];
            is_object = top.node->kind == CAMPAIGN_JSON_OBJECT;
        }
    }

    // Walks over one object; false if it is for the careful walk.
    bool run(uint32_t level) {
        const uint32_t depth_max = CAMPAIGN_JSON_DEPTH_MAX - level;
        if (last - token < 2 || text[*token] != '{') return false;
        begin();
        open(*token++);
        for (bool is_done = false; !is_done;) {
            // A value is due. With its key, and with what must stand behind it, it has four tokens.
            if (last - token < (is_object ? 4 : 2)) return false;
            begin();
            if (is_object && !read_key()) return false;
            top.count++;
            const uint32_t at = *token++;
            const uint8_t byte = text[at];
            if (byte == '"') {
                if (!read_string(at, *token)) return false;
                if (node->key_id == p.discriminator && depth == 0 && node->key_id != 0) note_context();
            } else if (byte == '{' || byte == '[') {
                if (depth == depth_max || last - token < 2 || text[*token] == byte + 2) return false;
                outside[depth++] = top;
                open(at);
                continue;
            } else if (!read_number(at, *token)) {
                return false;
            }
            campaign_json_node &read = *node++;
            read.next = static_cast<uint32_t>(node - p.tape);
            if (!finish_values(is_done)) return false;
        }
        return true;
    }
};

#undef ALWAYS_INLINE

}  // namespace campaign_json_internal
