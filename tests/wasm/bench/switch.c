// An interpreter in one switch, with as many operations as interpreters of real languages have and more: about 70 bytes of the JVM's code
// for each of them. It runs a program that goes through all of them, mostly in sequences that repeat.
#include "bench.h"

enum { PROGRAM = 4096, STEPS = 200000, OPERATIONS = 256 };

static uint16_t program[PROGRAM];
static uint32_t memory[1024];

#define OPERATION(n) \
    case n: \
        if ((n) % 4 == 0) { \
            a = (a ^ (uint32_t)((n) * 2654435761u)) + (b >> (n) % 31); \
            memory[(a + (n)) & 1023] += b; \
        } else if ((n) % 4 == 1) { \
            b = b * ((n) | 1) + memory[(a >> (n) % 13) & 1023]; \
            c ^= b << (n) % 29; \
        } else if ((n) % 4 == 2) { \
            if (c & (1u << (n) % 32)) { \
                c += a ^ (n); \
            } else { \
                c -= b + (n); \
            } \
        } else { \
            a += c >> (n) % 17; \
            at = (at + (b & (n)) % 7) % PROGRAM; \
        } \
        break;
#define OPERATIONS_4(n) OPERATION(n) OPERATION((n) + 1) OPERATION((n) + 2) OPERATION((n) + 3)
#define OPERATIONS_16(n) OPERATIONS_4(n) OPERATIONS_4((n) + 4) OPERATIONS_4((n) + 8) OPERATIONS_4((n) + 12)
#define OPERATIONS_64(n) OPERATIONS_16(n) OPERATIONS_16((n) + 16) OPERATIONS_16((n) + 32) OPERATIONS_16((n) + 48)
#define OPERATIONS_256(n) OPERATIONS_64(n) OPERATIONS_64((n) + 64) OPERATIONS_64((n) + 128) OPERATIONS_64((n) + 192)

static __attribute__((noinline)) uint64_t run(void) {
    uint32_t a = 1, b = 2, c = 3, at = 0;
    for (int step = 0; step < STEPS; step++) {
        uint16_t operation = program[at];
        at = (at + 1) % PROGRAM;
        switch (operation) {
            OPERATIONS_256(0)
        }
    }
    return (uint64_t)a << 32 ^ (uint64_t)b << 16 ^ c;
}

uint64_t kernel(void) {
    for (int i = 0; i < PROGRAM; i++) {
        // One in eight is any, the others are twelve that are near each other.
        uint64_t number = next_number();
        program[i] = (uint16_t)((number % 8 ? number >> 8 & 15 : number >> 8) % OPERATIONS);
    }
    for (int i = 0; i < 1024; i++) {
        memory[i] = 0;
    }
    return run();
}
