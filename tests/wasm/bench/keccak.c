// SHA-3 (FIPS 202) with 256 bits of 64 KiB. The permutation is one function in which all 24 rounds are unrolled, about 60 KB of the
// JVM's code.
#include "bench.h"

#define UNROLL _Pragma("clang loop unroll(full)")

enum { BYTES = 64 * 1024, RATE = 136 };

static inline __attribute__((always_inline)) uint64_t rotate(uint64_t x, int n) {
    return n == 0 ? x : x << n | x >> (64 - n);
}

static __attribute__((noinline)) void permute(uint64_t state[25]) {
    static const uint64_t constants[24] = {
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    };
    static const int rotations[25] = {0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14};
    uint64_t a[25];
    UNROLL for (int i = 0; i < 25; i++) {
        a[i] = state[i];
    }
    UNROLL for (int round = 0; round < 24; round++) {
        uint64_t c[5], b[25];
        UNROLL for (int x = 0; x < 5; x++) {
            c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        }
        UNROLL for (int x = 0; x < 5; x++) {
            uint64_t d = c[(x + 4) % 5] ^ rotate(c[(x + 1) % 5], 1);
            UNROLL for (int y = 0; y < 5; y++) {
                b[(2 * x + 3 * y) % 5 * 5 + y] = rotate(a[x + 5 * y] ^ d, rotations[x + 5 * y]);
            }
        }
        UNROLL for (int y = 0; y < 5; y++) {
            UNROLL for (int x = 0; x < 5; x++) {
                a[x + 5 * y] = b[x + 5 * y] ^ (~b[(x + 1) % 5 + 5 * y] & b[(x + 2) % 5 + 5 * y]);
            }
        }
        a[0] ^= constants[round];
    }
    UNROLL for (int i = 0; i < 25; i++) {
        state[i] = a[i];
    }
}

static void sha3(uint64_t state[25], const uint8_t *data, int size) {
    for (int i = 0; i < 25; i++) {
        state[i] = 0;
    }
    int at = 0;
    for (int i = 0; i < size; i++) {
        state[at >> 3] ^= (uint64_t)data[i] << (at & 7) * 8;
        if (++at == RATE) {
            permute(state);
            at = 0;
        }
    }
    state[at >> 3] ^= (uint64_t)6 << (at & 7) * 8;
    state[(RATE - 1) >> 3] ^= (uint64_t)0x80 << 56;
    permute(state);
}

uint64_t kernel(void) {
    static uint8_t data[BYTES];
    uint64_t state[25];
    sha3(state, data, 0);
    // The digest of nothing begins with a7 ff c6 f8 bf 1e d7 66.
    if (state[0] != 0x66d71ebff8c6ffa7) {
        return 0;
    }
    for (int i = 0; i < BYTES; i++) {
        data[i] = (uint8_t)next_number();
    }
    sha3(state, data, BYTES);
    return state[0];
}
