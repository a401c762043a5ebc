// Shows what a run was given: its arguments (args[0] is the agent's name), its environment, then stdin copied to stdout.
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv) {
    for (int i = 0; i < argc; i++) {
        printf("args[%d]=%s\n", i, argv[i]);
    }
    for (char **entry = environ; entry != NULL && *entry != NULL; entry++) {
        printf("env %s\n", *entry);
    }
    static char buffer[32768];
    size_t n;
    while ((n = fread(buffer, 1, sizeof buffer, stdin)) > 0) {
        if (fwrite(buffer, 1, n, stdout) != n) {
            break;
        }
    }
    if (ferror(stdin) || fflush(stdout) != 0) {
        fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
        return 1;
    }
    return 0;
}
