#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdatomic.h>
#include <stdint.h>

// What lies in the file that ALLOCATION_COUNTER_FILE names.
struct allocation_counts {
    _Atomic uint64_t allocations;
    _Atomic uint64_t bytes;
};

#endif
