#include "internal.hpp"

using namespace campaign_json_internal;

namespace {

size_t skip_space(const uint8_t *text, size_t length, size_t i) {
    while (i < length && is_space(text[i])) i++;
    return i;
}

enum : uint8_t { other = 0, quote, open, close, comma };

struct class_table {
    uint8_t classes[256] = {};
    constexpr class_table() {
        classes['"'] = quote;
        classes['{'] = classes['['] = open;
        classes['}'] = classes[']'] = close;
        classes[','] = comma;
    }
};
constexpr class_table table;

// Behind the closing quote of the string that opens at `i`; beyond `length` if there is none.
size_t skip_string(const uint8_t *text, size_t length, size_t i) {
    for (i++; i < length; i++) {
        if (text[i] == '"') return i + 1;
        if (text[i] == '\\') i++;
    }
    return length + 1;
}

// The end of the element at `i`: the comma or bracket behind it; beyond `length` if there is none.
size_t end_of_element(const uint8_t *text, size_t length, size_t i) {
    size_t depth = 0;
    while (i < length) {
        switch (table.classes[text[i]]) {
            case quote: i = skip_string(text, length, i); continue;
            case open: depth++; break;
            case close:
                if (depth == 0) return i;
                depth--;
                break;
            case comma:
                if (depth == 0) return i;
                break;
            default: break;
        }
        i++;
    }
    return length + 1;
}

int fault(campaign_json_splitter *splitter, size_t offset) {
    splitter->offset = offset;
    return CAMPAIGN_JSON_SPLIT_FAULT;
}

}  // namespace

int campaign_json_split(campaign_json_splitter *splitter, size_t *element_offset, size_t *element_length) {
    const uint8_t *text = splitter->text;
    const size_t length = splitter->length;
    size_t i = skip_space(text, length, splitter->offset);
    if (i >= length) return fault(splitter, length);
    const bool is_first = splitter->count == 0;
    const uint8_t byte = text[i];
    // The offset stands at the opening bracket at first, then at the comma or bracket behind an element.
    if (is_first ? byte != '[' : byte != ',' && byte != ']') return fault(splitter, i);
    size_t start = is_first || byte == ',' ? skip_space(text, length, i + 1) : i;
    if (start >= length) return fault(splitter, length);
    if (text[start] == ']' && (is_first || byte == ']')) {
        const size_t end = skip_space(text, length, start + 1);
        splitter->offset = end;
        return end == length ? CAMPAIGN_JSON_SPLIT_END : CAMPAIGN_JSON_SPLIT_FAULT;
    }
    size_t end = end_of_element(text, length, start);
    if (end > length) return fault(splitter, start);
    splitter->offset = end;
    while (end > start && is_space(text[end - 1])) end--;
    if (end == start || text[splitter->offset] == '}') return fault(splitter, splitter->offset);
    splitter->count++;
    *element_offset = start;
    *element_length = end - start;
    return CAMPAIGN_JSON_SPLIT_ELEMENT;
}
