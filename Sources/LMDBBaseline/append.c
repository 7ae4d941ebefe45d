// The floor of a durable append: the same records into the same kind of table, and nothing else.
#include "baseline.h"

#include <errno.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { extend_bytes = 64 << 20, zero_bytes = 1 << 20 };

static void check(int code, const char *what) {
    if (code != 0) {
        fail(what, mdb_strerror(code));
    }
}

// As large as anything that a benchmark appends; a sparse map costs address space only.
static const size_t map_bytes = (size_t)256 << 30;

static MDB_env *open_environment(const char *folder, unsigned flags) {
    MDB_env *environment;
    check(mdb_env_create(&environment), "create an environment");
    check(mdb_env_set_mapsize(environment, map_bytes), "set the map's size");
    check(mdb_env_open(environment, folder, flags, 0600), "open the environment");
    return environment;
}

// Writes zeros beyond the end of the data file, so that commits do not change its size. Called between transactions.
struct extension {
    int descriptor;
    off_t end;
    size_t page_bytes;
};

static void extend(struct extension *extension, MDB_env *environment, size_t room) {
    static char zeros[zero_bytes];
    MDB_envinfo info;
    check(mdb_env_info(environment, &info), "ask for the last page");
    off_t used = (off_t)((info.me_last_pgno + 1) * extension->page_bytes);
    if (used + (off_t)room <= extension->end) {
        return;
    }
    if (extension->end < used) {
        extension->end = used;
    }
    for (size_t written = 0; written < extend_bytes; written += zero_bytes) {
        if (pwrite(extension->descriptor, zeros, zero_bytes, extension->end) != zero_bytes) {
            fail("extend the data file", strerror(errno));
        }
        extension->end += zero_bytes;
    }
    if (fdatasync(extension->descriptor) != 0) {
        fail("extend the data file", strerror(errno));
    }
}

static struct extension begin_extension(MDB_env *environment) {
    struct extension extension;
    struct stat status;
    MDB_stat tables;
    check(mdb_env_get_fd(environment, &extension.descriptor), "ask for the data file");
    check(mdb_env_stat(environment, &tables), "ask for the size of a page");
    if (fstat(extension.descriptor, &status) != 0) {
        fail("ask for the data file's size", strerror(errno));
    }
    extension.end = status.st_size;
    extension.page_bytes = tables.ms_psize;
    return extension;
}

// What is appended and how far that has come.
struct source {
    struct records records;
    // Whether to begin again at their end.
    int repeats;
    size_t offset;
    size_t position;
    size_t bytes;
};

static int next_of(struct source *source, MDB_val *value) {
    const void *record;
    if (!next_record(&source->records, &source->offset, &record, &value->mv_size)) {
        if (!source->repeats || source->offset == 0) {
            return 0;
        }
        source->offset = 0;
        return next_of(source, value);
    }
    value->mv_data = (void *)record;
    source->position += 1;
    source->bytes += value->mv_size;
    return 1;
}

// Appends up to `batch` records in one durable transaction; returns how many.
static size_t append_batch(MDB_env *environment, MDB_dbi table, struct source *source, size_t batch) {
    MDB_txn *transaction;
    MDB_cursor *cursor;
    size_t count = 0;
    MDB_val value;
    check(mdb_txn_begin(environment, NULL, 0, &transaction), "begin");
    check(mdb_cursor_open(transaction, table, &cursor), "open a cursor");
    while (count < batch && next_of(source, &value)) {
        MDB_val key = {sizeof source->position, &source->position};
        check(mdb_cursor_put(cursor, &key, &value, MDB_APPEND), "append");
        count += 1;
    }
    mdb_cursor_close(cursor);
    check(mdb_txn_commit(transaction), "commit");
    return count;
}

enum { parts = 20 };

// Records a second over each twentieth of the commits; 0 of too few.
static void print_parts(const struct durations *commits, size_t batch) {
    size_t count = commits->count / parts;
    printf("\"partsPerSecond\": [");
    for (size_t part = 0; part < parts; part++) {
        uint64_t sum = 0;
        for (size_t index = part * count; index < (part + 1) * count; index++) {
            sum += commits->values[index];
        }
        printf("%s%.1f", part == 0 ? "" : ", ", sum == 0 ? 0 : (double)(count * batch) / ((double)sum / 1e9));
    }
    printf("], ");
}

static MDB_dbi open_table(MDB_env *environment) {
    MDB_txn *transaction;
    MDB_dbi table;
    check(mdb_txn_begin(environment, NULL, 0, &transaction), "begin");
    check(mdb_dbi_open(transaction, NULL, MDB_INTEGERKEY, &table), "open the table");
    check(mdb_txn_commit(transaction), "commit");
    return table;
}

void append_records(const char *file, const char *folder, size_t batch, size_t limit, int extends) {
    struct source source = {map_records(file), limit > 0, 0, 0, 0};
    MDB_env *environment = open_environment(folder, 0);
    MDB_dbi table = open_table(environment);
    struct extension extension = begin_extension(environment);
    struct durations commits = {NULL, 0, 0};
    size_t count;
    uint64_t start = nanoseconds(), last = start;
    do {
        if (extends) {
            extend(&extension, environment, (size_t)16 << 20);
        }
        size_t most = limit > 0 && limit - source.position < batch ? limit - source.position : batch;
        count = most == 0 ? 0 : append_batch(environment, table, &source, most);
        if (count > 0) {
            uint64_t now = nanoseconds();
            note_duration(&commits, now - last);
            last = now;
        }
    } while (count > 0);
    double seconds = (double)(last - start) / 1e9;
    MDB_envinfo info;
    check(mdb_env_info(environment, &info), "ask for the last page");
    printf("{\"records\": %zu, \"bytes\": %zu, \"batch\": %zu, \"extended\": %s, ", source.position,
        source.bytes, batch, extends ? "true" : "false");
    printf("\"seconds\": %.6f, \"recordsPerSecond\": %.1f, ", seconds, (double)source.position / seconds);
    print_parts(&commits, batch);
    printf("\"usedBytes\": %zu, \"lmdb\": \"%d.%d.%d\", ", (info.me_last_pgno + 1) * extension.page_bytes,
        MDB_VERSION_MAJOR, MDB_VERSION_MINOR, MDB_VERSION_PATCH);
    print_durations("commitMicroseconds", &commits);
    printf("}\n");
    mdb_env_close(environment);
}

void dump_records(const char *folder, const char *file) {
    MDB_env *environment = open_environment(folder, MDB_RDONLY | MDB_NOLOCK);
    MDB_txn *transaction;
    MDB_dbi table;
    MDB_cursor *cursor;
    MDB_val key, value;
    FILE *output = fopen(file, "w");
    if (output == NULL) {
        fail("write the records", strerror(errno));
    }
    check(mdb_txn_begin(environment, NULL, MDB_RDONLY, &transaction), "begin");
    check(mdb_dbi_open(transaction, NULL, 0, &table), "open the table");
    check(mdb_cursor_open(transaction, table, &cursor), "open a cursor");
    size_t count = 0;
    int code;
    while ((code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
        uint32_t length = (uint32_t)value.mv_size;
        fwrite(&length, sizeof length, 1, output);
        fwrite(value.mv_data, 1, value.mv_size, output);
        count += 1;
    }
    if (code != MDB_NOTFOUND) {
        fail("read the log", mdb_strerror(code));
    }
    if (ferror(output) || fclose(output) != 0) {
        fail("write the records", strerror(errno));
    }
    mdb_cursor_close(cursor);
    mdb_txn_abort(transaction);
    mdb_env_close(environment);
    printf("{\"records\": %zu}\n", count);
}
