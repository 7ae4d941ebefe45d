"""Posts a programme to UmaDB, or reads everything back, with its own Python client: a process for each connection.

    umadb_client.py append URL PROGRAMME EVENTS BATCH CONNECTIONS influencer|none
    umadb_client.py read URL BATCH

Prints one line of JSON: events and seconds. Each process makes its events before the clock starts; only appends and
their acknowledgements are timed. Every event carries the line as posted and its type, and either the influencer as a
tag, which is what a reader would ask UmaDB for, or no tag.
"""

import itertools
import json
import mmap
import multiprocessing
import re
import sys
import time

import umadb

TYPE = re.compile(rb'"type":"([^"]+)"')
INFLUENCER = re.compile(rb'"influencerId":"([^"]+)"')
# Events that a process has ready before they are timed: bounded memory, whatever the programme's size.
READY_MAX = 200_000


def event(line, tagged):
    """The CloudEvent of one line, as UmaDB takes it."""
    kind = TYPE.search(line)
    influencer = INFLUENCER.search(line) if tagged else None
    tags = [influencer.group(1).decode()] if influencer else []
    return umadb.Event(kind.group(1).decode() if kind else "event", line, tags)


def lines(path, first, last):
    """The lines `first` to `last` of the file, without their ends."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as mapped:
        for _ in range(first):
            mapped.seek(mapped.find(b"\n", mapped.tell()) + 1)
        for _ in range(last - first):
            yield mapped.readline().rstrip(b"\n")


def post(url, path, first, last, batch, tagged, barrier, results):
    """One connection's share; the others wait at the barrier before each portion, so that all of them post at once."""
    client = umadb.Client(url)
    source = lines(path, first, last)
    remaining = last - first
    seconds = 0.0
    while remaining > 0:
        portion = [event(line, tagged) for line in itertools.islice(source, min(remaining, READY_MAX))]
        remaining -= len(portion)
        batches = [portion[start : start + batch] for start in range(0, len(portion), batch)]
        barrier.wait()
        began = time.perf_counter()
        for part in batches:
            client.append(part)
        barrier.wait()
        seconds += time.perf_counter() - began
    results.put(seconds)


def append(url, path, events, batch, connections, tagged):
    share = events // connections
    before = umadb.Client(url).head() or 0
    barrier = multiprocessing.Barrier(connections)
    results = multiprocessing.Queue()
    processes = [
        multiprocessing.Process(
            target=post, args=(url, path, n * share, (n + 1) * share, batch, tagged, barrier, results)
        )
        for n in range(connections)
    ]
    for process in processes:
        process.start()
    seconds = [results.get() for _ in processes]
    for process in processes:
        process.join()
    arrived = umadb.Client(url).head() - before
    if arrived != share * connections:
        sys.exit(f"{share * connections} events were sent and {arrived} are there")
    return arrived, max(seconds)


def read(url, batch):
    client = umadb.Client(url, batch_size=batch)
    began = time.perf_counter()
    response = client.read()
    count = 0
    while True:
        part = response.next_batch()
        if not part:
            return count, time.perf_counter() - began
        count += len(part)


def main(arguments):
    if len(arguments) == 7 and arguments[0] == "append":
        tagged = arguments[6] == "influencer"
        events, seconds = append(arguments[1], arguments[2], *map(int, arguments[3:6]), tagged)
    elif len(arguments) == 3 and arguments[0] == "read":
        events, seconds = read(arguments[1], int(arguments[2]))
    else:
        sys.exit(__doc__)
    print(json.dumps({"events": events, "seconds": seconds}))


if __name__ == "__main__":
    main(sys.argv[1:])
