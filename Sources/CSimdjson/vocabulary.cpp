#include <cstdlib>

#include "internal.hpp"

using namespace campaign_json_internal;

namespace {
struct entry {
    const uint8_t *text;
    uint32_t length;
    uint32_t hash;
    uint16_t id;
};
}  // namespace

// Open addressing at a load of at most 1/4; the names' bytes are its own, padded for `hash_name`.
struct campaign_json_vocabulary {
    entry *entries;
    uint32_t mask;
    uint8_t *bytes;
};

campaign_json_vocabulary *campaign_json_vocabulary_create(const char *const *names, size_t count) {
    if (count > 65534) return nullptr;
    size_t size = 16, byte_count = 8;
    while (size < 4 * count) size *= 2;
    for (size_t i = 0; i < count; i++) byte_count += std::strlen(names[i]);
    auto vocabulary = static_cast<campaign_json_vocabulary *>(std::calloc(1, sizeof(campaign_json_vocabulary)));
    if (vocabulary == nullptr) return nullptr;
    vocabulary->entries = static_cast<entry *>(std::calloc(size, sizeof(entry)));
    vocabulary->bytes = static_cast<uint8_t *>(std::calloc(byte_count, 1));
    vocabulary->mask = static_cast<uint32_t>(size - 1);
    if (vocabulary->entries == nullptr || vocabulary->bytes == nullptr) {
        campaign_json_vocabulary_destroy(vocabulary);
        return nullptr;
    }
    uint8_t *bytes = vocabulary->bytes;
    for (size_t i = 0; i < count; i++) {
        size_t length = std::strlen(names[i]);
        std::memcpy(bytes, names[i], length);
        bytes += length;
    }
    bytes = vocabulary->bytes;
    for (size_t i = 0; i < count; i++) {
        size_t length = std::strlen(names[i]);
        uint32_t hash = hash_name(bytes, length);
        uint32_t slot = hash & vocabulary->mask;
        while (vocabulary->entries[slot].id != 0) slot = (slot + 1) & vocabulary->mask;
        vocabulary->entries[slot] =
            entry{bytes, static_cast<uint32_t>(length), hash, static_cast<uint16_t>(i + 1)};
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
uint16_t find_hashed(const campaign_json_vocabulary *vocabulary, const uint8_t *text, size_t length, uint32_t hash) {
    uint32_t slot = hash & vocabulary->mask;
    while (true) {
        const entry &candidate = vocabulary->entries[slot];
        if (candidate.id == 0) return 0;
        if (candidate.hash == hash && candidate.length == length && equal_text(candidate.text, text, length)) {
            return candidate.id;
        }
        slot = (slot + 1) & vocabulary->mask;
    }
}
}  // namespace campaign_json_internal

uint16_t campaign_json_vocabulary_find(
    const campaign_json_vocabulary *vocabulary, const uint8_t *text, size_t length) {
    return find_hashed(vocabulary, text, length, hash_name(text, length));
}
