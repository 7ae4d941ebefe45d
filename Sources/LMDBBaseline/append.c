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

// Appends up to `batch` records in one durable transaction; returns how many.
static size_t append_batch(
    MDB_env *environment, MDB_dbi table, const struct records *records, size_t *offset, size_t batch, size_t *position) {
    MDB_txn *transaction;
    MDB_cursor *cursor;
    size_t count = 0, length;
    const void *record;
    check(mdb_txn_begin(environment, NULL, 0, &transaction), "begin");
    check(mdb_cursor_open(transaction, table, &cursor), "open a cursor");
    while (count < batch && next_record(records, offset, &record, &length)) {
        MDB_val key = {sizeof *position, position}, value = {length, (void *)record};
        *position += 1;
        check(mdb_cursor_put(cursor, &key, &value, MDB_APPEND), "append");
        count += 1;
    }
    mdb_cursor_close(cursor);
    check(mdb_txn_commit(transaction), "commit");
    return count;
}

// Records a second over one tenth of the commits, the first being 0; 0 of too few.
static double tenth_per_second(const struct durations *commits, size_t batch, size_t tenth) {
    size_t count = commits->count / 10;
    uint64_t sum = 0;
    for (size_t index = tenth * count; index < (tenth + 1) * count; index++) {
        sum += commits->values[index];
    }
    return sum == 0 ? 0 : (double)(count * batch) / ((double)sum / 1e9);
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
    struct records records = map_records(file);
    MDB_env *environment = open_environment(folder, 0);
    MDB_dbi table = open_table(environment);
    struct extension extension = begin_extension(environment);
    struct durations commits = {NULL, 0, 0};
    size_t offset = 0, position = 0, count;
    uint64_t start = nanoseconds(), last = start;
    do {
        if (extends) {
            extend(&extension, environment, (size_t)16 << 20);
        }
        size_t most = limit - position < batch ? limit - position : batch;
        count = most == 0 ? 0 : append_batch(environment, table, &records, &offset, most, &position);
        if (count > 0) {
            uint64_t now = nanoseconds();
            note_duration(&commits, now - last);
            last = now;
        }
    } while (count > 0);
    double seconds = (double)(last - start) / 1e9;
    MDB_envinfo info;
    check(mdb_env_info(environment, &info), "ask for the last page");
    printf("{\"records\": %zu, \"bytes\": %zu, \"batch\": %zu, \"extended\": %s, ", position,
        offset - position * sizeof(uint32_t), batch, extends ? "true" : "false");
    printf("\"seconds\": %.6f, \"recordsPerSecond\": %.1f, ", seconds, (double)position / seconds);
    printf("\"secondTenthPerSecond\": %.1f, \"lastTenthPerSecond\": %.1f, ", tenth_per_second(&commits, batch, 1),
        tenth_per_second(&commits, batch, 9));
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
