// A round trip over a Unix socket between two threads that do nothing else: the floor of a request's way.
#include "baseline.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { message_max = 1 << 16 };

struct server {
    int listener;
    size_t request;
    size_t answer;
};

static void receive(int descriptor, char *buffer, size_t size) {
    size_t received = 0;
    while (received < size) {
        ssize_t count = read(descriptor, buffer + received, size - received);
        if (count <= 0) {
            fail("receive", count == 0 ? "the other end has gone" : strerror(errno));
        }
        received += (size_t)count;
    }
}

static void deliver(int descriptor, const char *buffer, size_t size) {
    size_t sent = 0;
    while (sent < size) {
        ssize_t count = write(descriptor, buffer + sent, size - sent);
        if (count < 0) {
            fail("send", strerror(errno));
        }
        sent += (size_t)count;
    }
}

static void *serve(void *argument) {
    static char buffer[message_max];
    const struct server *server = argument;
    int connection = accept(server->listener, NULL, NULL);
    if (connection < 0) {
        fail("accept", strerror(errno));
    }
    // The last request is answered too; the client's close ends the loop.
    while (recv(connection, buffer, 1, MSG_PEEK) == 1) {
        receive(connection, buffer, server->request);
        deliver(connection, buffer, server->answer);
    }
    close(connection);
    return NULL;
}

void ping_pong(const char *socket_path, size_t request, size_t answer, size_t count) {
    static char buffer[message_max];
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(socket_path) >= sizeof address.sun_path || request > message_max || answer > message_max) {
        fail("play ping-pong", "the path or a message is too long");
    }
    strcpy(address.sun_path, socket_path);
    struct server server = {socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), request, answer};
    if (bind(server.listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(server.listener, 1) != 0) {
        fail("listen", strerror(errno));
    }
    pthread_t thread;
    int code = pthread_create(&thread, NULL, serve, &server);
    if (code != 0) {
        fail("start a thread", strerror(code));
    }
    int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0) {
        fail("connect", strerror(errno));
    }
    struct durations trips = {NULL, 0, 0};
    for (size_t index = 0; index < count; index += 1) {
        uint64_t start = nanoseconds();
        deliver(connection, buffer, request);
        receive(connection, buffer, answer);
        note_duration(&trips, nanoseconds() - start);
    }
    close(connection);
    pthread_join(thread, NULL);
    close(server.listener);
    unlink(socket_path);
    printf("{\"trips\": %zu, \"requestBytes\": %zu, \"answerBytes\": %zu, ", count, request, answer);
    print_durations("tripMicroseconds", &trips);
    printf("}\n");
}
