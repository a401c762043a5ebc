// Encodes 768 KiB as base64 (RFC 4648) and decodes it again.
#include "bench.h"

enum { BYTES = 768 * 1024 };

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static uint8_t data[BYTES], decoded[BYTES];
static char text[BYTES / 3 * 4];

static void encode(void) {
    char *out = text;
    for (int i = 0; i < BYTES; i += 3) {
        uint32_t group = (uint32_t)data[i] << 16 | (uint32_t)data[i + 1] << 8 | data[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6) {
            *out++ = digits[group >> shift & 63];
        }
    }
}

static void decode(void) {
    static uint8_t values[256];
    for (int i = 0; i < 64; i++) {
        values[(uint8_t)digits[i]] = (uint8_t)i;
    }
    uint8_t *out = decoded;
    for (int i = 0; i < (int)sizeof text; i += 4) {
        uint32_t group = 0;
        for (int j = 0; j < 4; j++) {
            group = group << 6 | values[(uint8_t)text[i + j]];
        }
        *out++ = (uint8_t)(group >> 16);
        *out++ = (uint8_t)(group >> 8);
        *out++ = (uint8_t)group;
    }
}

uint64_t kernel(void) {
    for (int i = 0; i < BYTES; i++) {
        data[i] = (uint8_t)next_number();
    }
    encode();
    decode();
    uint64_t sum = 0;
    for (int i = 0; i < BYTES; i++) {
        if (decoded[i] != data[i]) {
            return 0;
        }
        sum = sum * 31 + (uint8_t)text[i];
    }
    return sum;
}
