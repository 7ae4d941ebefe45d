#include <cstdlib>

#include "internal.hpp"

using namespace campaign_json_internal;

campaign_json_vocabulary *campaign_json_vocabulary_create(const char *const *names, size_t count) {
    if (count > CAMPAIGN_JSON_NAMES_MAX) return nullptr;
    size_t size = 16, byte_count = 8;
    while (size < 4 * count) size *= 2;
    for (size_t i = 0; i < count; i++) byte_count += std::strlen(names[i]);
    auto vocabulary = static_cast<campaign_json_vocabulary *>(std::calloc(1, sizeof(campaign_json_vocabulary)));
    if (vocabulary == nullptr) return nullptr;
    vocabulary->entries = static_cast<vocabulary_entry *>(std::calloc(size, sizeof(vocabulary_entry)));
    vocabulary->bytes = static_cast<uint8_t *>(std::calloc(byte_count, 1));
    vocabulary->mask = static_cast<uint32_t>(size - 1);
    if (vocabulary->entries == nullptr || vocabulary->bytes == nullptr) {
        campaign_json_vocabulary_destroy(vocabulary);
        return nullptr;
    }
    // No name is as long as a free slot says, so none is found there.
    for (size_t i = 0; i < size; i++) vocabulary->entries[i].length = UINT32_MAX;
    uint8_t *bytes = vocabulary->bytes;
    for (size_t i = 0; i < count; i++) {
        size_t length = std::strlen(names[i]);
        std::memcpy(bytes, names[i], length);
        bytes += length;
    }
    bytes = vocabulary->bytes;
    for (size_t i = 0; i < count; i++) {
        size_t length = std::strlen(names[i]);
        const name_words words = words_of(bytes, length);
        uint32_t hash = hash_name(words, length);
        uint32_t slot = hash & vocabulary->mask;
        while (vocabulary->entries[slot].id != 0) slot = (slot + 1) & vocabulary->mask;
        vocabulary->entries[slot] =
            vocabulary_entry{bytes, words, static_cast<uint32_t>(length), hash, static_cast<uint16_t>(i + 1)};
        bytes += length;
    }
    return vocabulary;
}

void campaign_json_vocabulary_destroy(campaign_json_vocabulary *vocabulary) {
    if (vocabulary == nullptr) return;
    std::free(vocabulary->entries);
    std::free(vocabulary->bytes);
    std::free(vocabulary);
}

namespace campaign_json_internal {
const vocabulary_entry &find_hashed(
    const campaign_json_vocabulary *vocabulary, const uint8_t *text, size_t length, name_words words, uint32_t hash) {
    uint32_t slot = hash & vocabulary->mask;
    while (true) {
        const vocabulary_entry &candidate = vocabulary->entries[slot];
        if (candidate.id == 0 || is_name(candidate, text, length, words)) return candidate;
        slot = (slot + 1) & vocabulary->mask;
    }
}
}  // namespace campaign_json_internal

uint16_t campaign_json_vocabulary_find(
    const campaign_json_vocabulary *vocabulary, const uint8_t *text, size_t length) {
    const name_words words = words_of(text, length);
    return find_hashed(vocabulary, text, length, words, hash_name(words, length)).id;
}
