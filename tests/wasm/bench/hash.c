// SHA-256 (FIPS 180-4) and CRC-32 of 256 KiB.
#include "bench.h"

enum { BYTES = 256 * 1024 };

static uint8_t data[BYTES];

// The fractional parts of square and cube roots of primes, which are integers here so as not to depend on a math library.
static uint32_t root_bits(uint32_t prime, int cubic) {
    uint64_t low = 0, high = (uint64_t)1 << 36;
    while (high - low > 1) {
        uint64_t middle = (low + high) / 2;
        __uint128_t power = (__uint128_t)middle * middle;
        __uint128_t wanted = (__uint128_t)prime << 64;
        if (cubic) {
            power = power * middle;
            wanted = (__uint128_t)prime << 96;
        }
        if (power <= wanted) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

static uint32_t k[64], initial[8];

static void prepare(void) {
    int found = 0;
    for (uint32_t n = 2; found < 64; n++) {
        int prime = 1;
        for (uint32_t d = 2; d * d <= n; d++) {
            prime &= n % d != 0;
        }
        if (prime) {
            k[found] = root_bits(n, 1);
            if (found < 8) {
                initial[found] = root_bits(n, 0);
            }
            found++;
        }
    }
}

static inline uint32_t rotate(uint32_t x, int n) {
    return x >> n | x << (32 - n);
}

static void compress(uint32_t state[8], const uint8_t *block) {
    uint32_t w[64];
    for (int i = 0; i < 16; i++) {
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    }
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t s[8];
    for (int i = 0; i < 8; i++) {
        s[i] = state[i];
    }
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25);
        uint32_t t1 = s[7] + s1 + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k[i] + w[i];
        uint32_t s0 = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22);
        uint32_t t2 = s0 + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        for (int j = 7; j > 0; j--) {
            s[j] = s[j - 1];
        }
        s[4] += t1;
        s[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++) {
        state[i] += s[i];
    }
}

static uint32_t crc32(void) {
    static uint32_t table[256];
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int bit = 0; bit < 8; bit++) {
            c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
        }
        table[i] = c;
    }
    uint32_t crc = ~0u;
    for (int i = 0; i < BYTES; i++) {
        crc = crc >> 8 ^ table[(crc ^ data[i]) & 0xff];
    }
    return ~crc;
}

uint64_t kernel(void) {
    prepare();
    for (int i = 0; i < BYTES; i++) {
        data[i] = (uint8_t)next_number();
    }
    uint32_t state[8];
    for (int i = 0; i < 8; i++) {
        state[i] = initial[i];
    }
    for (int at = 0; at < BYTES; at += 64) {
        compress(state, data + at);
    }
    uint64_t sum = crc32();
    for (int i = 0; i < 8; i++) {
        sum = sum * 31 + state[i];
    }
    return sum;
}
