// The primes below 2,000,000.
#include "bench.h"

enum { LIMIT = 2000000 };

static uint8_t composite[LIMIT];

uint64_t kernel(void) {
    for (int i = 0; i < LIMIT; i++) {
        composite[i] = 0;
    }
    uint64_t sum = 0;
    for (int i = 2; i < LIMIT; i++) {
        if (!composite[i]) {
            sum += (uint64_t)i;
            for (int64_t j = (int64_t)i * i; j < LIMIT; j += i) {
                composite[j] = 1;
            }
        }
    }
    return sum;
}
