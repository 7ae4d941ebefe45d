#define _GNU_SOURCE
#include "CProcessor.h"

#include <sched.h>

int campaign_processor_count(void) {
    cpu_set_t set;
    // A machine with more processors than the set has room for: one is always right.
    if (sched_getaffinity(0, sizeof set, &set) != 0) { return 1; }
    int count = CPU_COUNT(&set);
    return count > 0 ? count : 1;
}
