// One JSON text at a time, turned into a flat list of nodes. simdjson finds the tokens and checks UTF-8; what it leaves
// to whoever walks (numbers, escapes, literals, depth, duplicate keys) is checked here, for every token.
#ifndef CAMPAIGN_CSIMDJSON_H
#define CAMPAIGN_CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Limits, in bytes and levels.
enum {
    CAMPAIGN_JSON_TEXT_BYTES_MAX = 69632,
    CAMPAIGN_JSON_PADDING_BYTES = 64,        // readable behind a text that is said to be padded
    CAMPAIGN_JSON_DEPTH_MAX = 16,
    CAMPAIGN_JSON_NAMES_MAX = 16383,         // in a vocabulary: its table has at most 65,536 slots
    CAMPAIGN_JSON_SCAN_BYTES_MAX = 1 << 20,  // of a text that is scanned for the tokens of many values at once
};

// Names that are recognised while walking. Ids count from 1 in the order given; 0 means "no such name".
typedef struct campaign_json_vocabulary campaign_json_vocabulary;

// NULL when memory is short or there are too many names.
campaign_json_vocabulary *campaign_json_vocabulary_create(const char *const *names, size_t count);
void campaign_json_vocabulary_destroy(campaign_json_vocabulary *vocabulary);
// `text` must be readable for 8 bytes behind its end.
uint16_t campaign_json_vocabulary_find(const campaign_json_vocabulary *vocabulary, const uint8_t *text, size_t length);

enum {
    CAMPAIGN_JSON_OBJECT = 1,
    CAMPAIGN_JSON_ARRAY = 2,
    CAMPAIGN_JSON_STRING = 3,
    CAMPAIGN_JSON_INTEGER = 4,
    CAMPAIGN_JSON_TRUE = 5,
    CAMPAIGN_JSON_FALSE = 6,
    CAMPAIGN_JSON_NULL = 7,
};

// A value and, in an object, its key. Nodes lie in source order, a container before what it holds.
typedef struct {
    const uint8_t *key;    // unescaped; NULL for what is not a member
    const uint8_t *value;  // the unescaped text of a string; the source of everything else. Readable 8 bytes further
    int64_t integer;       // of an integer; where a string stands: the offset of its opening quote in the text
    uint32_t value_length;
    uint32_t next;   // index of the node behind this one and all it holds
    uint32_t count;  // elements of an array or members of an object
    uint32_t key_hash;
    uint16_t key_length;
    uint16_t key_id;    // in the vocabulary
    uint16_t value_id;  // of the string that is the value of the discriminator: its own id in the vocabulary
    uint8_t kind;
} campaign_json_node;

enum {
    CAMPAIGN_JSON_OK = 0,
    CAMPAIGN_JSON_EMPTY,              // nothing but white space
    CAMPAIGN_JSON_INVALID_UTF8,
    CAMPAIGN_JSON_CONTROL_CHARACTER,  // below 0x20 in a string
    CAMPAIGN_JSON_UNCLOSED_STRING,
    CAMPAIGN_JSON_UNCLOSED_CONTAINER,
    CAMPAIGN_JSON_INVALID_ESCAPE,
    CAMPAIGN_JSON_LONE_SURROGATE,
    CAMPAIGN_JSON_UNEXPECTED_TOKEN,
    CAMPAIGN_JSON_TRAILING_CONTENT,
    CAMPAIGN_JSON_TOO_DEEP,
    CAMPAIGN_JSON_DUPLICATE_KEY,
    CAMPAIGN_JSON_NOT_AN_INTEGER,     // a JSON number with a fraction or an exponent, or -0
    CAMPAIGN_JSON_INTEGER_TOO_LARGE,  // beyond 64 bits
    CAMPAIGN_JSON_TOO_LONG,
    CAMPAIGN_JSON_OUT_OF_MEMORY,
};

// What stood where the walk stopped on an unexpected token.
enum {
    CAMPAIGN_JSON_EXPECTED_VALUE = 0,
    CAMPAIGN_JSON_EXPECTED_KEY,
    CAMPAIGN_JSON_EXPECTED_COLON,
    CAMPAIGN_JSON_EXPECTED_COMMA_OR_END,
    CAMPAIGN_JSON_EXPECTED_END_OF_TEXT,
};

// One step of the way to the place of a fault.
typedef struct {
    const uint8_t *key;  // unescaped; NULL for an element of an array
    uint32_t key_length;
    uint32_t index;  // of an element
} campaign_json_step;

// The parser: what it found last can be read until the next parse. One a thread.
typedef struct {
    const campaign_json_node *nodes;
    uint32_t node_count;
    uint32_t code;
    uint32_t expected;
    uint32_t fault_offset;  // bytes from the beginning of the text
    uint32_t step_count;
    campaign_json_step steps[CAMPAIGN_JSON_DEPTH_MAX + 1];
} campaign_json;

// NULL when memory is short. The vocabulary must outlive the parser. `discriminator` is the id of the member of the
// outermost object whose value, a name of the vocabulary, tells which members the text has: the parser remembers in
// which order they came last and looks there first. 0 for none.
campaign_json *campaign_json_create(const campaign_json_vocabulary *vocabulary, uint16_t discriminator);
void campaign_json_destroy(campaign_json *parser);

// Parses one text. `level` is the depth the outermost value counts as, from 1; `context` is any number that says what
// the discriminator would say, where the text is without. Nodes point into `text` unless it is not padded: then it is
// copied first and they point into the copy. Returns whether the text is good.
bool campaign_json_parse(
    campaign_json *parser, const uint8_t *text, size_t length, uint32_t level, uint16_t context, bool is_padded);

// The quick way through many values: finds the tokens of a whole text at once. Returns false if the text is too long or
// has a fault somewhere; then each value is parsed by itself. `text` must be padded and stay until the last of them.
bool campaign_json_scan(campaign_json *parser, const uint8_t *text, size_t length);

// Parses the value that fills `length` bytes at `offset` of the scanned text, behind those parsed before, as
// `campaign_json_parse` does at level 1. False, without a fault to be read, if it is not good or nothing is scanned:
// from there on values are parsed by themselves until the next scan.
bool campaign_json_parse_scanned(campaign_json *parser, size_t offset, size_t length);

// Whether two nodes of two parsers are equal as JSON values: members in any order, strings by their unescaped text.
bool campaign_json_equal(const campaign_json *a, uint32_t node_a, const campaign_json *b, uint32_t node_b);

// Splits a JSON array into its elements without looking into them further than brackets and strings.
typedef struct {
    const uint8_t *text;
    size_t length;
    size_t offset;
    size_t count;  // elements found so far
} campaign_json_splitter;

enum { CAMPAIGN_JSON_SPLIT_ELEMENT = 0, CAMPAIGN_JSON_SPLIT_END = 1, CAMPAIGN_JSON_SPLIT_FAULT = 2 };

// As `campaign_json_split`, and parses the element, if the splitter's text is scanned and the element good. Otherwise
// returns false, leaves the splitter as it is, and does so until the next scan.
bool campaign_json_split_scanned(
    campaign_json *parser, campaign_json_splitter *splitter, size_t *element_offset, size_t *element_length);

// The next element's range, or the end, or a fault whose place is the splitter's offset.
int campaign_json_split(campaign_json_splitter *splitter, size_t *element_offset, size_t *element_length);

#ifdef __cplusplus
}
#endif
#endif
