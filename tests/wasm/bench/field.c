// X25519 (RFC 7748): numbers modulo 2^255 - 19 as ten limbs of 25.5 bits, and nothing that is not unrolled. STEPS steps of the ladder
// are one function, of about 18 KB in the JVM's code for each.
#include "bench.h"

// 72 KB: more than a method of the JVM can have.
enum { STEPS = 4, ROUNDS = 8 };

#define UNROLL _Pragma("clang loop unroll(full)")
#define INLINE static inline __attribute__((always_inline))

typedef struct {
    int64_t v[10];
} number;

// Brings limbs back to 26 and 25 bits.
INLINE number carried(number h) {
    UNROLL for (int round = 0; round < 2; round++) {
        UNROLL for (int i = 0; i < 10; i++) {
            int bits = i % 2 ? 25 : 26;
            int64_t carry = (h.v[i] + ((int64_t)1 << (bits - 1))) >> bits;
            h.v[i] -= carry << bits;
            h.v[(i + 1) % 10] += i == 9 ? 19 * carry : carry;
        }
    }
    return h;
}

INLINE number product(number f, number g) {
    number h = {{0}};
    UNROLL for (int i = 0; i < 10; i++) {
        UNROLL for (int j = 0; j < 10; j++) {
            int64_t p = f.v[i] * g.v[j];
            h.v[(i + j) % 10] += p * (i % 2 && j % 2 ? 2 : 1) * (i + j >= 10 ? 19 : 1);
        }
    }
    return carried(h);
}

INLINE number sum(number f, number g) {
    UNROLL for (int i = 0; i < 10; i++) {
        f.v[i] += g.v[i];
    }
    return f;
}

INLINE number difference(number f, number g) {
    UNROLL for (int i = 0; i < 10; i++) {
        f.v[i] -= g.v[i];
    }
    return f;
}

INLINE number times(number f, int64_t factor) {
    UNROLL for (int i = 0; i < 10; i++) {
        f.v[i] *= factor;
    }
    return carried(f);
}

INLINE void exchange(number *f, number *g, int64_t mask) {
    UNROLL for (int i = 0; i < 10; i++) {
        int64_t both = (f->v[i] ^ g->v[i]) & mask;
        f->v[i] ^= both;
        g->v[i] ^= both;
    }
}

struct ladder {
    number x1, x2, z2, x3, z3;
};

INLINE void step(struct ladder *l, int64_t mask) {
    exchange(&l->x2, &l->x3, mask);
    exchange(&l->z2, &l->z3, mask);
    number a = sum(l->x2, l->z2), b = difference(l->x2, l->z2);
    number c = sum(l->x3, l->z3), d = difference(l->x3, l->z3);
    number da = product(d, a), cb = product(c, b);
    number aa = product(a, a), bb = product(b, b);
    number e = difference(aa, bb);
    number plus = sum(da, cb), minus = difference(da, cb);
    l->x3 = product(plus, plus);
    l->z3 = product(product(minus, minus), l->x1);
    l->x2 = product(aa, bb);
    l->z2 = product(e, sum(aa, times(e, 121665)));
}

// Bits first to first - STEPS + 1, each against the one above it.
static __attribute__((noinline)) void steps(struct ladder *at, const uint8_t *scalar, int first) {
    struct ladder l = *at;
    UNROLL for (int i = 0; i < STEPS; i++) {
        int bit = first - i;
        int now = scalar[bit >> 3] >> (bit & 7) & 1;
        int above = scalar[(bit + 1) >> 3] >> ((bit + 1) & 7) & 1;
        step(&l, -(int64_t)(now ^ above));
    }
    *at = l;
}

static __attribute__((noinline)) void multiply(number *h, const number *f, const number *g) {
    *h = product(*f, *g);
}

// The power 2^255 - 21, which is one divided by the number.
static number inverse(const number *z) {
    number r = *z;
    for (int bit = 253; bit >= 0; bit--) {
        multiply(&r, &r, &r);
        if (bit != 2 && bit != 4) {
            multiply(&r, &r, z);
        }
    }
    return r;
}

static number unpacked(const uint8_t *bytes) {
    number h = {{0}};
    int limb = 0, filled = 0;
    for (int bit = 0; bit < 255; bit++) {
        h.v[limb] |= (int64_t)(bytes[bit >> 3] >> (bit & 7) & 1) << filled;
        if (++filled == (limb % 2 ? 25 : 26)) {
            limb++;
            filled = 0;
        }
    }
    return h;
}

static void pack(uint8_t *bytes, number h) {
    // Carried with limbs from 0 upwards, so that what is left at the end is the number itself.
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 10; i++) {
            int bits = i % 2 ? 25 : 26;
            int64_t carry = h.v[i] >> bits;
            h.v[i] -= carry << bits;
            h.v[(i + 1) % 10] += i == 9 ? 19 * carry : carry;
        }
    }
    number reduced = h;
    reduced.v[0] += 19;
    for (int i = 0; i < 9; i++) {
        int bits = i % 2 ? 25 : 26;
        reduced.v[i + 1] += reduced.v[i] >> bits;
        reduced.v[i] &= ((int64_t)1 << bits) - 1;
    }
    if (reduced.v[9] >> 25) {
        reduced.v[9] &= ((int64_t)1 << 25) - 1;
        h = reduced;
    }
    for (int i = 0; i < 32; i++) {
        bytes[i] = 0;
    }
    int limb = 0, filled = 0;
    for (int bit = 0; bit < 255; bit++) {
        bytes[bit >> 3] |= (uint8_t)((h.v[limb] >> filled & 1) << (bit & 7));
        if (++filled == (limb % 2 ? 25 : 26)) {
            limb++;
            filled = 0;
        }
    }
}

static void x25519(uint8_t *out, const uint8_t *secret, const uint8_t *point) {
    uint8_t scalar[33] = {0};
    for (int i = 0; i < 32; i++) {
        scalar[i] = secret[i];
    }
    scalar[0] &= 248;
    scalar[31] = (scalar[31] & 127) | 64;
    struct ladder l = {.x1 = unpacked(point), .x2 = {{1}}, .z2 = {{0}}, .z3 = {{1}}};
    l.x3 = l.x1;
    // The highest bits are 0, 0, 1 for every secret, so that more of them than the 255 change nothing.
    int first = 256 / STEPS * STEPS < 256 ? 256 / STEPS * STEPS + STEPS - 1 : 255;
    uint8_t wide[40] = {0};
    for (int i = 0; i < 32; i++) {
        wide[i] = scalar[i];
    }
    for (; first >= 0; first -= STEPS) {
        steps(&l, wide, first);
    }
    // The lowest bit is always 0, so nothing is left to exchange.
    number inverted = inverse(&l.z2);
    multiply(&l.x2, &l.x2, &inverted);
    pack(out, l.x2);
}

uint64_t kernel(void) {
    uint8_t secret[32] = {9}, point[32] = {9}, next[32];
    // The iterated test of RFC 7748, section 5.2: the first result begins with 42 2c 8e 7a.
    for (int i = 0; i < ROUNDS; i++) {
        x25519(next, secret, point);
        if (i == 0 && (next[0] != 0x42 || next[1] != 0x2c || next[2] != 0x8e || next[3] != 0x7a)) {
            return 0;
        }
        for (int j = 0; j < 32; j++) {
            point[j] = secret[j];
            secret[j] = next[j];
        }
    }
    uint64_t sum = 0;
    for (int i = 0; i < 32; i++) {
        sum = sum * 31 + secret[i];
    }
    return sum;
}
