#include <algorithm>
#include <vector>

#include "internal.hpp"

namespace campaign_json_internal {

namespace {

constexpr uint32_t pairwise_max = 24;

bool same_key(const campaign_json_node &a, const campaign_json_node &b) {
    return a.key_hash == b.key_hash && a.key_length == b.key_length && std::memcmp(a.key, b.key, a.key_length) == 0;
}

// By key; sorting, unlike a hash table, has no bad case that a sender could choose.
bool key_precedes(const campaign_json_node &a, const campaign_json_node &b) {
    if (a.key_length != b.key_length) return a.key_length < b.key_length;
    return std::memcmp(a.key, b.key, a.key_length) < 0;
}

}  // namespace

uint32_t find_duplicate(const campaign_json_node *nodes, uint32_t *members, uint32_t count) {
    if (count <= pairwise_max) {
        for (uint32_t i = 1; i < count; i++) {
            for (uint32_t j = 0; j < i; j++) {
                if (same_key(nodes[members[i]], nodes[members[j]])) return members[i];
            }
        }
        return 0;
    }
    std::sort(members, members + count, [nodes](uint32_t a, uint32_t b) {
        if (key_precedes(nodes[a], nodes[b])) return true;
        if (key_precedes(nodes[b], nodes[a])) return false;
        return a < b;
    });
    uint32_t earliest = 0;
    for (uint32_t i = 1; i < count; i++) {
        if (same_key(nodes[members[i - 1]], nodes[members[i]]) && (earliest == 0 || members[i] < earliest)) {
            earliest = members[i];
        }
    }
    return earliest;
}

}  // namespace campaign_json_internal

using namespace campaign_json_internal;

namespace {

// Members in the order of their keys.
std::vector<uint32_t> sorted_members(const campaign_json *parser, uint32_t object) {
    const campaign_json_node *nodes = parser->nodes;
    std::vector<uint32_t> members;
    members.reserve(nodes[object].count);
    for (uint32_t i = object + 1; i < nodes[object].next; i = nodes[i].next) members.push_back(i);
    std::sort(members.begin(), members.end(), [nodes](uint32_t a, uint32_t b) {
        return key_precedes(nodes[a], nodes[b]);
    });
    return members;
}

// Objects of equal counts. Keys are unique, so members in the order of their keys pair up or are not equal.
bool equal_members(const campaign_json *a, uint32_t object_a, const campaign_json *b, uint32_t object_b) {
    uint32_t i = object_a + 1, j = object_b + 1;
    // Senders mostly keep their order.
    while (i < a->nodes[object_a].next && same_key(a->nodes[i], b->nodes[j])) {
        if (!campaign_json_equal(a, i, b, j)) return false;
        i = a->nodes[i].next;
        j = b->nodes[j].next;
    }
    if (i == a->nodes[object_a].next) return true;
    const std::vector<uint32_t> members_a = sorted_members(a, object_a), members_b = sorted_members(b, object_b);
    for (size_t k = 0; k < members_a.size(); k++) {
        if (!same_key(a->nodes[members_a[k]], b->nodes[members_b[k]])) return false;
    }
    for (size_t k = 0; k < members_a.size(); k++) {
        if (!campaign_json_equal(a, members_a[k], b, members_b[k])) return false;
    }
    return true;
}

}  // namespace

bool campaign_json_equal(const campaign_json *a, uint32_t node_a, const campaign_json *b, uint32_t node_b) {
    const campaign_json_node &x = a->nodes[node_a], &y = b->nodes[node_b];
    if (x.kind != y.kind) return false;
    switch (x.kind) {
        case CAMPAIGN_JSON_STRING:
            return x.value_length == y.value_length && std::memcmp(x.value, y.value, x.value_length) == 0;
        case CAMPAIGN_JSON_INTEGER:
            return x.integer == y.integer;
        case CAMPAIGN_JSON_OBJECT:
            return x.count == y.count && equal_members(a, node_a, b, node_b);
        case CAMPAIGN_JSON_ARRAY: {
            if (x.count != y.count) return false;
            uint32_t j = node_b + 1;
            for (uint32_t i = node_a + 1; i < x.next; i = a->nodes[i].next) {
                if (!campaign_json_equal(a, i, b, j)) return false;
                j = b->nodes[j].next;
            }
            return true;
        }
        default:
            return true;
    }
}
