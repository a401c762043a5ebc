// What every kernel in C shares: it is run a number of times, by default once.
//
//     NAME [ROUNDS]
//
// stdout: what the kernel returned, the same in each round and on every engine. stderr: nanoseconds of each round.
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

// One round; whatever it does ends up in the value.
uint64_t kernel(void);

// A generator of Marsaglia's xorshift family: the same numbers everywhere.
static uint64_t chance = 88172645463325252ull;

static inline uint64_t next_number(void) {
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return chance;
}

// Without printf, which is larger than most kernels.
static void print(int fd, uint64_t value) {
    char text[21];
    int at = sizeof text;
    text[--at] = '\n';
    do {
        text[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    if (write(fd, text + at, sizeof text - (size_t)at) < 0) {
        exit(1);
    }
}

static uint64_t nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 1;
    uint64_t first = 0;
    for (int i = 0; i < rounds; i++) {
        chance = 88172645463325252ull;
        uint64_t start = nanos();
        uint64_t result = kernel();
        print(STDERR_FILENO, nanos() - start);
        if (i > 0 && result != first) {
            return 1;
        }
        first = result;
    }
    print(STDOUT_FILENO, first);
    return 0;
}
