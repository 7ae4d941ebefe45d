#include "baseline.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

void fail(const char *what, const char *why) {
    fprintf(stderr, "lmdb-baseline: cannot %s: %s\n", what, why);
    exit(1);
}

uint64_t nanoseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

struct records map_records(const char *path) {
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        fail("read the records", strerror(errno));
    }
    struct records records = {NULL, (size_t)status.st_size};
    if (records.size > 0) {
        // Populated before any clock starts: reading the records is not what is measured.
        void *mapped = mmap(NULL, records.size, PROT_READ, MAP_SHARED | MAP_POPULATE, descriptor, 0);
        if (mapped == MAP_FAILED) {
            fail("map the records", strerror(errno));
        }
        records.bytes = mapped;
    }
    close(descriptor);
    return records;
}

int next_record(const struct records *records, size_t *offset, const void **record, size_t *length) {
    uint32_t size;
    if (records->size - *offset < sizeof size) {
        return 0;
    }
    memcpy(&size, records->bytes + *offset, sizeof size);
    if (records->size - *offset - sizeof size < size) {
        return 0;
    }
    *record = records->bytes + *offset + sizeof size;
    *length = size;
    *offset += sizeof size + size;
    return 1;
}

void note_duration(struct durations *durations, uint64_t value) {
    if (durations->count == durations->capacity) {
        durations->capacity = durations->capacity == 0 ? 4096 : 2 * durations->capacity;
        durations->values = realloc(durations->values, durations->capacity * sizeof *durations->values);
        if (durations->values == NULL) {
            fail("keep the durations", strerror(ENOMEM));
        }
    }
    durations->values[durations->count++] = value;
}

static int ascending(const void *first, const void *second) {
    uint64_t a = *(const uint64_t *)first, b = *(const uint64_t *)second;
    return a < b ? -1 : a > b;
}

static double at_share(const struct durations *durations, double share) {
    size_t rank = (size_t)(share * (double)durations->count + 0.999999);
    return (double)durations->values[rank == 0 ? 0 : rank - 1] / 1000.0;
}

void print_durations(const char *name, struct durations *durations) {
    if (durations->count == 0) {
        printf("\"%s\": null", name);
        return;
    }
    qsort(durations->values, durations->count, sizeof *durations->values, ascending);
    printf(
        "\"%s\": {\"p50\": %.1f, \"p90\": %.1f, \"p99\": %.1f, \"max\": %.1f}", name, at_share(durations, 0.5),
        at_share(durations, 0.9), at_share(durations, 0.99), at_share(durations, 1));
}
