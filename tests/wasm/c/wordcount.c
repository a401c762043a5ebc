// Counts lines, words and bytes of stdin and prints them as wc does for a pipe: each right-aligned in 7 columns.
//
//     wordcount [-l] [-w] [-m] [-c] [--strict]
//
// The flags choose what is printed: lines, words, characters (UTF-8 code points) and bytes, always in this order;
// without any of them -l -w -c. A single count is printed bare. Words are separated by ASCII white space.
// --strict refuses empty input with exit code 2. A usage error is exit code 64 (EX_USAGE of sysexits.h).
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_IO = 1, EXIT_EMPTY = 2, EXIT_USAGE = 64 };

struct counts {
    unsigned long long lines, words, characters, bytes;
};

struct selection {
    int lines, words, characters, bytes, strict;
};

static int is_space(unsigned char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static int count(struct counts *counts) {
    static unsigned char buffer[65536];
    int in_word = 0;
    ssize_t n;
    while ((n = read(STDIN_FILENO, buffer, sizeof buffer)) > 0) {
        for (ssize_t i = 0; i < n; i++) {
            unsigned char c = buffer[i];
            counts->lines += c == '\n';
            // Every byte but the continuation bytes 10xxxxxx starts a code point.
            counts->characters += (c & 0xc0) != 0x80;
            int space = is_space(c);
            counts->words += !space && !in_word;
            in_word = !space;
        }
        counts->bytes += (unsigned long long)n;
    }
    return n == 0;
}

static int parse(int argc, char **argv, struct selection *selection) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--strict") == 0) {
            selection->strict = 1;
        } else if (strcmp(argv[i], "-l") == 0) {
            selection->lines = 1;
        } else if (strcmp(argv[i], "-w") == 0) {
            selection->words = 1;
        } else if (strcmp(argv[i], "-m") == 0) {
            selection->characters = 1;
        } else if (strcmp(argv[i], "-c") == 0) {
            selection->bytes = 1;
        } else {
            return 0;
        }
    }
    if (!selection->lines && !selection->words && !selection->characters && !selection->bytes) {
        selection->lines = selection->words = selection->bytes = 1;
    }
    return 1;
}

int main(int argc, char **argv) {
    struct selection selection = {0};
    if (!parse(argc, argv, &selection)) {
        fputs("usage: wordcount [-l] [-w] [-m] [-c] [--strict] < input\n", stderr);
        return EXIT_USAGE;
    }
    struct counts counts = {0};
    if (!count(&counts)) {
        perror("wordcount: stdin");
        return EXIT_IO;
    }
    if (selection.strict && counts.bytes == 0) {
        fputs("wordcount: stdin is empty\n", stderr);
        return EXIT_EMPTY;
    }
    const struct {
        int wanted;
        unsigned long long value;
    } columns[] = {{selection.lines, counts.lines},
                   {selection.words, counts.words},
                   {selection.characters, counts.characters},
                   {selection.bytes, counts.bytes}};
    int wanted = selection.lines + selection.words + selection.characters + selection.bytes;
    const char *separator = "";
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        if (columns[i].wanted) {
            printf("%s%*llu", separator, wanted > 1 ? 7 : 1, columns[i].value);
            separator = " ";
        }
    }
    putchar('\n');
    return fflush(stdout) == 0 ? 0 : EXIT_IO;
}
