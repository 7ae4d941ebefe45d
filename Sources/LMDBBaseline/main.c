// lmdb-baseline: what LMDB and a socket cost without a ledger around them. A measure of scripts/bench, useful by itself.
//
//   lmdb-baseline dump LOG-FOLDER FILE                          the records of a stopped ledger's log/, into a file
//   lmdb-baseline append FILE EMPTY-FOLDER BATCH [LIMIT] [extend]
//                                                               appends them durably, BATCH a transaction
//   lmdb-baseline pingpong SOCKET REQUEST-BYTES ANSWER-BYTES COUNT
//
// Each prints one line of JSON. Durability is LMDB's default: data synced, then the meta page, before a commit returns.
#include "baseline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t number(const char *text) {
    char *end;
    unsigned long long value = strtoull(text, &end, 10);
    if (*text == 0 || *end != 0 || value == 0) {
        fail("read a number of the command line", text);
    }
    return (size_t)value;
}

int main(int count, char **arguments) {
    if (count == 4 && strcmp(arguments[1], "dump") == 0) {
        dump_records(arguments[2], arguments[3]);
    } else if (count >= 5 && count <= 7 && strcmp(arguments[1], "append") == 0) {
        int extends = strcmp(arguments[count - 1], "extend") == 0;
        size_t limit = count - extends == 6 ? number(arguments[5]) : 0;
        append_records(arguments[2], arguments[3], number(arguments[4]), limit, extends);
    } else if (count == 6 && strcmp(arguments[1], "pingpong") == 0) {
        ping_pong(arguments[2], number(arguments[3]), number(arguments[4]), number(arguments[5]));
    } else {
        fprintf(stderr, "usage: lmdb-baseline dump LOG-FOLDER FILE\n"
                        "       lmdb-baseline append FILE EMPTY-FOLDER BATCH [LIMIT] [extend]\n"
                        "       lmdb-baseline pingpong SOCKET REQUEST-BYTES ANSWER-BYTES COUNT\n");
        return 64;
    }
    return 0;
}
