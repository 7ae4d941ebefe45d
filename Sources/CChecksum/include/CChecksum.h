#ifndef CAMPAIGN_CHECKSUM_H
#define CAMPAIGN_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli polynomial, reflected, initial value and final inversion all ones) of `length` bytes.
///
/// `crc` is the checksum of what came before, 0 at the beginning, so that a long value can be checked in pieces.
/// Uses the CPU's instruction when it has one, found out at run time, and a table otherwise.
uint32_t campaign_crc32c(uint32_t crc, const void *bytes, size_t length);

/// The same by the table alone; public so that a test can hold both against each other.
uint32_t campaign_crc32c_portable(uint32_t crc, const void *bytes, size_t length);

/// What the checksum `crc` of a value becomes when eight of its bytes are XORed with `change` (little-endian) and
/// `behind` bytes follow them. Costs the same however long the value is, and does not read it.
uint32_t campaign_crc32c_changed(uint32_t crc, uint64_t change, size_t behind);

/// The same without special instructions; public so that a test can hold both against each other.
uint32_t campaign_crc32c_changed_portable(uint32_t crc, uint64_t change, size_t behind);

#endif
