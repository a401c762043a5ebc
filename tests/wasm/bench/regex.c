// Searches 64 KiB of text for regular expressions, of literals, dots, sets, groups, alternatives and repetition. An expression becomes
// a program, and all its threads go through the text side by side, so that no expression is slow.
#include "bench.h"

enum { TEXT = 64 * 1024, MAX_PROGRAM = 256 };
enum operation { SET, SPLIT, JUMP, MATCH };

struct instruction {
    enum operation operation;
    int x, y;
    uint32_t set[8];
};

static char text[TEXT + 1];
static struct instruction program[MAX_PROGRAM];
static int length;
static const char *at;

static int emit(enum operation operation, int x, int y) {
    struct instruction *i = &program[length];
    i->operation = operation;
    i->x = x;
    i->y = y;
    for (int w = 0; w < 8; w++) {
        i->set[w] = 0;
    }
    return length++;
}

static void include(int instruction, int from, int to) {
    for (int c = from; c <= to; c++) {
        program[instruction].set[c >> 5] |= 1u << (c & 31);
    }
}

// Makes room for one instruction in front of others.
static void insert(int place) {
    emit(JUMP, 0, 0);
    for (int i = length - 1; i > place; i--) {
        program[i] = program[i - 1];
        if (program[i].operation == SPLIT || program[i].operation == JUMP) {
            program[i].x += program[i].x >= place;
            program[i].y += program[i].y >= place;
        }
    }
}

static void alternatives(void);

static void atom(void) {
    if (*at == '(') {
        at++;
        alternatives();
        at++;
        return;
    }
    int set = emit(SET, 0, 0);
    if (*at == '.') {
        include(set, 1, 255);
    } else if (*at == '[') {
        for (at++; *at != ']'; at++) {
            if (at[1] == '-') {
                include(set, at[0], at[2]);
                at += 2;
            } else {
                include(set, *at, *at);
            }
        }
    } else {
        include(set, *at, *at);
    }
    at++;
}

static void sequence(void) {
    while (*at && *at != ')' && *at != '|') {
        int start = length;
        atom();
        if (*at == '*' || *at == '?') {
            insert(start);
            program[start].operation = SPLIT;
            program[start].x = start + 1;
            if (*at == '*') {
                emit(JUMP, start, 0);
            }
            program[start].y = length;
            at++;
        } else if (*at == '+') {
            emit(SPLIT, start, length + 1);
            at++;
        }
    }
}

static void alternatives(void) {
    int start = length;
    sequence();
    while (*at == '|') {
        at++;
        insert(start);
        int jump = emit(JUMP, 0, 0);
        program[start].operation = SPLIT;
        program[start].x = start + 1;
        program[start].y = length;
        sequence();
        program[jump].x = length;
    }
}

struct threads {
    int count, place[MAX_PROGRAM], since[MAX_PROGRAM];
};

static uint32_t seen[MAX_PROGRAM], generation;

static void add(struct threads *threads, int place, int since) {
    if (seen[place] == generation) {
        return;
    }
    seen[place] = generation;
    switch (program[place].operation) {
        case JUMP:
            add(threads, program[place].x, since);
            break;
        case SPLIT:
            add(threads, program[place].x, since);
            add(threads, program[place].y, since);
            break;
        default:
            threads->place[threads->count] = place;
            threads->since[threads->count++] = since;
    }
}

// The sum of where matches begin and end, first begin and then longest.
static uint64_t search(const char *expression) {
    static struct threads lists[2];
    struct threads *now = &lists[0], *next = &lists[1];
    length = 0;
    at = expression;
    alternatives();
    emit(MATCH, 0, 0);
    uint64_t sum = 0;
    int begin = -1, end = 0;
    now->count = 0;
    for (int i = 0; i <= TEXT; i++) {
        generation++;
        // Threads that began earlier are in the list already, and stay in front.
        struct threads *list = next;
        list->count = 0;
        for (int t = 0; t < now->count; t++) {
            const struct instruction *in = &program[now->place[t]];
            uint8_t c = i > 0 ? (uint8_t)text[i - 1] : 0;
            if (in->operation == SET && in->set[c >> 5] >> (c & 31) & 1 && (begin < 0 || now->since[t] == begin)) {
                add(list, now->place[t] + 1, now->since[t]);
            }
        }
        if (begin < 0) {
            add(list, 0, i);
        }
        next = now;
        now = list;
        int alive = 0;
        for (int t = 0; t < now->count; t++) {
            if (program[now->place[t]].operation == MATCH && now->since[t] < i && (begin < 0 || now->since[t] <= begin)) {
                begin = now->since[t];
                end = i;
            }
            alive |= begin < 0 || now->since[t] == begin;
        }
        if (begin >= 0 && (!alive || i == TEXT)) {
            sum = sum * 31 + (uint64_t)begin * 7 + (uint64_t)end;
            begin = -1;
            now->count = 0;
        }
    }
    return sum;
}

uint64_t kernel(void) {
    static const char *const words[] = {"queue", "worker", "42", "lease", "2026-02-03", "user@example.org", "retry", "x", "finished", "at"};
    int filled = 0;
    while (filled < TEXT) {
        for (const char *w = words[next_number() % 10]; *w && filled < TEXT; w++) {
            text[filled++] = *w;
        }
        if (filled < TEXT) {
            text[filled++] = next_number() % 8 ? ' ' : '\n';
        }
    }
    return search("[a-z]+@[a-z]+.(org|com)") + 3 * search("[0-9]+-[0-9]+-[0-9]+") + 5 * search("(queue|lease|worker) +(at|x)*")
        + 7 * search("(f.*d|r[a-z]*y)\n");
}
