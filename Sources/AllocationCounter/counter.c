// Counts a process's allocations, for `ledger-bench costs`: preloaded into the daemon, never linked by it.
//
// The counts lie in the file that ALLOCATION_COUNTER_FILE names, mapped, so that they are there after the process has
// ended in whatever way: two 64-bit numbers, allocations and the bytes that they asked for. Without the variable nothing
// is counted.
//
// Debian's valgrind (3.19) dies of libdispatch's `sigsuspend`, whose mask lies in read-only memory: valgrind writes to it.
// So the mask is copied here, which changes nothing for anybody else.
#define _GNU_SOURCE
#include "allocation_counter.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

// glibc's own, which interposing does not reach.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *pointer, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static struct allocation_counts *counts;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("ALLOCATION_COUNTER_FILE");
    int descriptor = path == NULL ? -1 : open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return;
    }
    if (ftruncate(descriptor, sizeof *counts) == 0) {
        void *mapped = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        counts = mapped == MAP_FAILED ? NULL : mapped;
    }
    close(descriptor);
}

static void count(size_t bytes) {
    if (counts != NULL) {
        atomic_fetch_add_explicit(&counts->allocations, 1, memory_order_relaxed);
        atomic_fetch_add_explicit(&counts->bytes, bytes, memory_order_relaxed);
    }
}

void *malloc(size_t size) {
    count(size);
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count(number * size);
    return __libc_calloc(number, size);
}

// A block that grows is one more allocation: it may move.
void *realloc(void *pointer, size_t size) {
    count(size);
    return __libc_realloc(pointer, size);
}

void *memalign(size_t alignment, size_t size) {
    count(size);
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count(size);
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **pointer, size_t alignment, size_t size) {
    count(size);
    *pointer = __libc_memalign(alignment, size);
    return *pointer == NULL ? ENOMEM : 0;
}

int sigsuspend(const sigset_t *mask) {
    sigset_t copy = *mask;
    return (int)syscall(SYS_rt_sigsuspend, &copy, _NSIG / 8);
}
