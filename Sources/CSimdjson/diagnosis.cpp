// The slow way, for texts that are refused: where the fault is and how one gets there.
#include "internal.hpp"

namespace campaign_json_internal {

namespace {

// The length of the UTF-8 sequence at `text`, or 0 if it is none (RFC 3629: shortest form, no surrogates).
size_t sequence_length(const uint8_t *text, size_t left) {
    const uint8_t lead = text[0];
    if (lead < 0x80) return 1;
    const size_t count = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || count > left) return 0;
    for (size_t i = 1; i < count; i++) {
        if ((text[i] & 0xC0) != 0x80) return 0;
    }
    const uint8_t second = text[1];
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
        (lead == 0xF4 && second > 0x8F)) {
        return 0;
    }
    return count;
}

// The end of the string whose opening quote is at `start`: the closing quote or the end of the text.
size_t end_of_string(const uint8_t *text, size_t length, size_t start) {
    size_t i = start + 1;
    while (i < length && text[i] != '"') i += text[i] == '\\' ? 2 : 1;
    return i < length ? i : length;
}

struct level {
    bool is_object;
    bool has_key;
    const uint8_t *key;
    uint32_t key_length;
    uint32_t index;
};

// Walks to the offset without judging, and keeps the levels that are open there.
struct locator {
    const uint8_t *text;
    size_t length;
    uint8_t *scratch;
    level levels[CAMPAIGN_JSON_DEPTH_MAX + 1];
    uint32_t depth = 0;
    bool is_key_next = false;

    void open(bool is_object) {
        if (depth <= CAMPAIGN_JSON_DEPTH_MAX) levels[depth++] = level{is_object, false, nullptr, 0, 0};
        is_key_next = is_object;
    }

    void close() {
        if (depth > 0) depth--;
        is_key_next = false;
    }

    void comma() {
        if (depth == 0) return;
        level &top = levels[depth - 1];
        top.index++;
        top.has_key = false;
        is_key_next = top.is_object;
    }

    // Takes the string at `i` as a key if one is due; returns the place behind it.
    size_t string(size_t i) {
        const size_t end = end_of_string(text, length, i);
        if (is_key_next && depth > 0 && end < length) {
            level &top = levels[depth - 1];
            const uint8_t *fault = text;
            uint8_t *target_end = scratch;
            if (unescape(text + i + 1, text + end, scratch, &target_end, &fault) == CAMPAIGN_JSON_OK) {
                top.key = scratch;
                top.key_length = static_cast<uint32_t>(target_end - scratch);
                top.has_key = true;
                scratch = target_end;
            }
        }
        is_key_next = false;
        return end + 1;
    }

    void walk(size_t offset) {
        size_t i = 0;
        while (i < offset && i < length) {
            const uint8_t byte = text[i];
            if (byte == '"') {
                const size_t end = string(i);
                if (end > offset) return;
                i = end;
                continue;
            }
            if (byte == '{' || byte == '[') open(byte == '{');
            if (byte == '}' || byte == ']') close();
            if (byte == ',') comma();
            i++;
        }
    }
};

}  // namespace

diagnosis diagnose(const uint8_t *text, size_t length) {
    size_t string_start = 0;
    bool in_string = false;
    for (size_t i = 0; i < length;) {
        const size_t count = sequence_length(text + i, length - i);
        if (count == 0) return diagnosis{CAMPAIGN_JSON_INVALID_UTF8, i};
        if (in_string && text[i] < 0x20) return diagnosis{CAMPAIGN_JSON_CONTROL_CHARACTER, i};
        if (in_string && text[i] == '\\' && i + 1 < length && text[i + 1] >= 0x20 && text[i + 1] < 0x80) {
            i += 2;
            continue;
        }
        if (text[i] == '"') {
            in_string = !in_string;
            string_start = i;
        }
        i += count;
    }
    if (in_string) return diagnosis{CAMPAIGN_JSON_UNCLOSED_STRING, string_start};
    // A backslash outside of strings hides a quote from the first stage.
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"') {
            i = end_of_string(text, length, i);
        } else if (text[i] == '\\') {
            return diagnosis{CAMPAIGN_JSON_UNEXPECTED_TOKEN, i};
        }
    }
    return diagnosis{CAMPAIGN_JSON_UNEXPECTED_TOKEN, 0};
}

void locate(campaign_json *result, const uint8_t *text, size_t length, size_t offset, uint8_t *scratch) {
    locator finder{text, length, scratch, {}};
    finder.walk(offset);
    result->step_count = 0;
    for (uint32_t i = 0; i < finder.depth; i++) {
        const level &at = finder.levels[i];
        if (at.is_object && !at.has_key) break;  // the fault is in the object itself
        campaign_json_step &step = result->steps[result->step_count++];
        step.key = at.is_object ? at.key : nullptr;
        step.key_length = at.is_object ? at.key_length : 0;
        step.index = at.index;
    }
}

}  // namespace campaign_json_internal
