#ifndef CAMPAIGN_LEDGER_PROCESSOR_H
#define CAMPAIGN_LEDGER_PROCESSOR_H

// What Swift does not show of the processor.

// Asks for the cache line at an address to be brought near, without waiting for it. Any address may be given.
//
// Looking one key up in a table far larger than the cache is a wait of about 100 ns; asking for many keys' lines first
// and looking them up afterwards lets the waits overlap.
static inline void campaign_prefetch(const void *address) {
    __builtin_prefetch(address, 0, 3);
}

// How many processors this process may run on, at least 1: those of its affinity, which is what `taskset` and a
// service's `CPUAffinity=` leave of the machine's.
int campaign_processor_count(void);

#endif
