// What the parts of the baseline share. See main.c for what the program is.
#ifndef BASELINE_H
#define BASELINE_H

#include <stddef.h>
#include <stdint.h>

// Ends the program with a sentence on stderr: nothing here is worth more than that.
void fail(const char *what, const char *why) __attribute__((noreturn));

// Nanoseconds of a clock that never jumps.
uint64_t nanoseconds(void);

// A file of records, mapped: each is its length (4 bytes, little-endian) and its bytes.
struct records {
    const unsigned char *bytes;
    size_t size;
};

struct records map_records(const char *path);

// The record at `offset`, and the offset of the next; 0 when there is none.
int next_record(const struct records *records, size_t *offset, const void **record, size_t *length);

// Durations in nanoseconds, each one kept.
struct durations {
    uint64_t *values;
    size_t count;
    size_t capacity;
};

void note_duration(struct durations *durations, uint64_t value);

// Prints `"NAME": {"p50": …, "p90": …, "p99": …, "max": …}` in microseconds. Sorts the values.
void print_durations(const char *name, struct durations *durations);

void append_records(const char *file, const char *folder, size_t batch, size_t limit, int extends);
void dump_records(const char *folder, const char *file);
void ping_pong(const char *socket_path, size_t request, size_t answer, size_t count);

#endif
