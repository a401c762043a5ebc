// Writes numbered lines with a pause after each but the last, to show output that arrives while the task still runs.
//
//     ticker [LINES=10] [DELAY_MS=500]
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { EXIT_USAGE = 2, MAX_LINES = 1000000, MAX_DELAY_MS = 3600000 };

static int parse(const char *text, long max, long *value) {
    char *end;
    errno = 0;
    *value = strtol(text, &end, 10);
    return errno == 0 && *text != '\0' && *end == '\0' && *value >= 0 && *value <= max;
}

int main(int argc, char **argv) {
    long lines = 10;
    long delay_ms = 500;
    if (argc > 3 || (argc > 1 && !parse(argv[1], MAX_LINES, &lines)) ||
        (argc > 2 && !parse(argv[2], MAX_DELAY_MS, &delay_ms))) {
        fputs("usage: ticker [LINES] [DELAY_MS]\n", stderr);
        return EXIT_USAGE;
    }
    for (long i = 1; i <= lines; i++) {
        printf("tick %ld of %ld\n", i, lines);
        if (fflush(stdout) != 0) {
            return 1;
        }
        if (i < lines && delay_ms > 0) {
            struct timespec pause = {.tv_sec = delay_ms / 1000, .tv_nsec = delay_ms % 1000 * 1000000};
            nanosleep(&pause, NULL);
        }
    }
    return 0;
}
