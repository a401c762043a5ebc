// A machine with registers, interpreted with a switch: it counts the primes below 6,000 by trial division.
#include "bench.h"

enum code { SET, ADD, SUBTRACT, MULTIPLY, REMAINDER, LESS, EQUAL, JUMP, JUMP_IF, JUMP_UNLESS, LOAD, STORE, HALT };

struct instruction {
    uint8_t code, a, b, c;
    int32_t value;
};

static int64_t memory[1024];

static int64_t run(const struct instruction *program) {
    int64_t r[16] = {0};
    for (const struct instruction *i = program;; i++) {
        switch ((enum code)i->code) {
            case SET: r[i->a] = i->value; break;
            case ADD: r[i->a] = r[i->b] + r[i->c]; break;
            case SUBTRACT: r[i->a] = r[i->b] - r[i->c]; break;
            case MULTIPLY: r[i->a] = r[i->b] * r[i->c]; break;
            case REMAINDER: r[i->a] = r[i->b] % r[i->c]; break;
            case LESS: r[i->a] = r[i->b] < r[i->c]; break;
            case EQUAL: r[i->a] = r[i->b] == r[i->c]; break;
            case JUMP: i = program + i->value - 1; break;
            case JUMP_IF: if (r[i->a]) i = program + i->value - 1; break;
            case JUMP_UNLESS: if (!r[i->a]) i = program + i->value - 1; break;
            case LOAD: r[i->a] = memory[r[i->b] & 1023]; break;
            case STORE: memory[r[i->b] & 1023] = r[i->a]; break;
            case HALT: return r[0];
        }
    }
}

uint64_t kernel(void) {
    // r0 primes found, r1 number, r2 divisor, r3 one, r4 limit, r5 zero
    static const struct instruction program[] = {
        {SET, 0, 0, 0, 0},
        {SET, 1, 0, 0, 2},
        {SET, 3, 0, 0, 1},
        {SET, 4, 0, 0, 6000},
        {SET, 5, 0, 0, 0},
        {SET, 2, 0, 0, 2},           // 5: next number
        {MULTIPLY, 6, 2, 2, 0},      // 6: next divisor
        {LESS, 7, 1, 6, 0},
        {JUMP_IF, 7, 0, 0, 14},
        {REMAINDER, 8, 1, 2, 0},
        {EQUAL, 7, 8, 5, 0},
        {JUMP_IF, 7, 0, 0, 16},
        {ADD, 2, 2, 3, 0},
        {JUMP, 0, 0, 0, 6},
        {ADD, 0, 0, 3, 0},           // 14: a prime
        {STORE, 1, 0, 0, 0},
        {ADD, 1, 1, 3, 0},           // 16: done with the number
        {LESS, 7, 1, 4, 0},
        {JUMP_IF, 7, 0, 0, 5},
        {LOAD, 9, 0, 0, 0},
        {MULTIPLY, 0, 0, 9, 0},
        {HALT, 0, 0, 0, 0},
    };
    return (uint64_t)run(program);
}
