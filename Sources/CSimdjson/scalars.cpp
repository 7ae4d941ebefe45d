#include "internal.hpp"

namespace campaign_json_internal {

namespace {

// Four hexadecimal digits, or -1.
int32_t hexadecimal(const uint8_t *source, const uint8_t *end) {
    if (end - source < 4) return -1;
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        uint8_t byte = source[i], lower = byte | 0x20;
        if (is_digit(byte)) {
            value = value * 16 + (byte - '0');
        } else if (lower >= 'a' && lower <= 'f') {
            value = value * 16 + (lower - 'a' + 10);
        } else {
            return -1;
        }
    }
    return value;
}

uint8_t *write_utf8(uint32_t scalar, uint8_t *target) {
    if (scalar < 0x80) {
        *target++ = static_cast<uint8_t>(scalar);
    } else if (scalar < 0x800) {
        *target++ = static_cast<uint8_t>(0xC0 | scalar >> 6);
        *target++ = static_cast<uint8_t>(0x80 | (scalar & 0x3F));
    } else if (scalar < 0x10000) {
        *target++ = static_cast<uint8_t>(0xE0 | scalar >> 12);
        *target++ = static_cast<uint8_t>(0x80 | (scalar >> 6 & 0x3F));
        *target++ = static_cast<uint8_t>(0x80 | (scalar & 0x3F));
    } else {
        *target++ = static_cast<uint8_t>(0xF0 | scalar >> 18);
        *target++ = static_cast<uint8_t>(0x80 | (scalar >> 12 & 0x3F));
        *target++ = static_cast<uint8_t>(0x80 | (scalar >> 6 & 0x3F));
        *target++ = static_cast<uint8_t>(0x80 | (scalar & 0x3F));
    }
    return target;
}

// Reads what follows `\u` and moves behind it; a high surrogate takes its low one with it.
uint32_t read_scalar(const uint8_t **source, const uint8_t *end, uint32_t *scalar) {
    int32_t first = hexadecimal(*source, end);
    if (first < 0) return CAMPAIGN_JSON_INVALID_ESCAPE;
    *source += 4;
    *scalar = static_cast<uint32_t>(first);
    if (first < 0xD800 || first > 0xDFFF) return CAMPAIGN_JSON_OK;
    if (first > 0xDBFF || end - *source < 6 || (*source)[0] != '\\' || (*source)[1] != 'u') {
        return CAMPAIGN_JSON_LONE_SURROGATE;
    }
    int32_t second = hexadecimal(*source + 2, end);
    if (second < 0) return CAMPAIGN_JSON_INVALID_ESCAPE;
    if (second < 0xDC00 || second > 0xDFFF) return CAMPAIGN_JSON_LONE_SURROGATE;
    *source += 6;
    *scalar = 0x10000u + (static_cast<uint32_t>(first - 0xD800) << 10) + static_cast<uint32_t>(second - 0xDC00);
    return CAMPAIGN_JSON_OK;
}

// The byte a one-letter escape stands for, or 0.
uint8_t escaped(uint8_t letter) {
    switch (letter) {
        case '"': case '\\': case '/': return letter;
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: return 0;
    }
}

// Whether a token is a JSON number at all.
bool is_number(const uint8_t *text, size_t length) {
    size_t i = length > 0 && text[0] == '-' ? 1 : 0;
    size_t start = i;
    while (i < length && is_digit(text[i])) i++;
    if (i == start || (text[start] == '0' && i - start > 1)) return false;
    if (i < length && text[i] == '.') {
        start = ++i;
        while (i < length && is_digit(text[i])) i++;
        if (i == start) return false;
    }
    if (i < length && (text[i] | 0x20) == 'e') {
        i++;
        if (i < length && (text[i] == '+' || text[i] == '-')) i++;
        start = i;
        while (i < length && is_digit(text[i])) i++;
        if (i == start) return false;
    }
    return i == length;
}

}  // namespace

uint32_t unescape(
    const uint8_t *source, const uint8_t *end, uint8_t *target, uint8_t **target_end, const uint8_t **fault) {
    while (source < end) {
        if (*source != '\\') {
            *target++ = *source++;
            continue;
        }
        *fault = source;
        if (++source == end) return CAMPAIGN_JSON_INVALID_ESCAPE;
        if (*source == 'u') {
            source++;
            uint32_t scalar = 0;
            uint32_t code = read_scalar(&source, end, &scalar);
            if (code != CAMPAIGN_JSON_OK) return code;
            target = write_utf8(scalar, target);
            continue;
        }
        uint8_t byte = escaped(*source++);
        if (byte == 0) return CAMPAIGN_JSON_INVALID_ESCAPE;
        *target++ = byte;
    }
    *target_end = target;
    return CAMPAIGN_JSON_OK;
}

uint32_t read_integer(const uint8_t *text, size_t length, int64_t *value) {
    const bool negative = text[0] == '-';
    size_t i = negative ? 1 : 0;
    const size_t digits = length - i;
    if (digits == 0) return CAMPAIGN_JSON_UNEXPECTED_TOKEN;
    uint64_t magnitude = 0;
    bool is_whole = true, overflows = digits > 19;
    for (; i < length; i++) {
        if (!is_digit(text[i])) {
            is_whole = false;
            break;
        }
        magnitude = magnitude * 10 + (text[i] - '0');
    }
    const size_t first = negative ? 1 : 0;
    if (!is_whole) {
        return is_number(text, length) ? CAMPAIGN_JSON_NOT_AN_INTEGER : CAMPAIGN_JSON_UNEXPECTED_TOKEN;
    }
    if (text[first] == '0' && digits > 1) return CAMPAIGN_JSON_UNEXPECTED_TOKEN;
    if (text[first] == '0' && negative) return CAMPAIGN_JSON_NOT_AN_INTEGER;
    // 19 digits are below 2^64, so the sum did not wrap.
    const uint64_t limit = negative ? uint64_t(1) << 63 : (uint64_t(1) << 63) - 1;
    if (overflows || magnitude > limit) return CAMPAIGN_JSON_INTEGER_TOO_LARGE;
    *value = static_cast<int64_t>(negative ? 0 - magnitude : magnitude);
    return CAMPAIGN_JSON_OK;
}

}  // namespace campaign_json_internal
