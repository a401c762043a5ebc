// Writes a document of some 200 KB, reads it into a tree, and writes the tree again: strings with escapes, numbers, arrays, objects.
#include "bench.h"
#include <string.h>

enum { RECORDS = 2000, TEXT = 1 << 19, NODES = 1 << 17 };
enum kind { NUMBER, STRING, ARRAY, OBJECT };

struct node {
    enum kind kind;
    int64_t number;
    const char *text;
    int length;
    struct node *first, *next, *value;
};

static char document[TEXT], copy[TEXT];
static struct node nodes[NODES];
static int used;

static char *put_number(char *out, int64_t value) {
    char digits[20];
    int count = 0;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    if (value < 0) {
        *out++ = '-';
    }
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    while (count > 0) {
        *out++ = digits[--count];
    }
    return out;
}

static char *put_string(char *out, const char *text, int length) {
    *out++ = '"';
    for (int i = 0; i < length; i++) {
        if (text[i] == '"' || text[i] == '\\') {
            *out++ = '\\';
        }
        *out++ = text[i];
    }
    *out++ = '"';
    return out;
}

static char *put_words(char *out) {
    static const char *words[8] = {"queue", "slot", "lease \"two\"", "back\\slash", "module", "memory", "a", "deadline"};
    uint64_t number = next_number();
    const char *word = words[number & 7];
    return put_string(out, word, (int)strlen(word));
}

static int generate(char *out) {
    const char *start = out;
    *out++ = '[';
    for (int i = 0; i < RECORDS; i++) {
        if (i > 0) {
            *out++ = ',';
        }
        memcpy(out, "{\"id\":", 6);
        out = put_number(out + 6, (int64_t)next_number() >> 20);
        memcpy(out, ",\"name\":", 8);
        out = put_words(out + 8);
        memcpy(out, ",\"tags\":[", 9);
        out = put_words(out + 9);
        *out++ = ',';
        out = put_words(out);
        memcpy(out, "]}", 2);
        out += 2;
    }
    *out++ = ']';
    *out = 0;
    return (int)(out - start);
}

static struct node *fresh(enum kind kind) {
    struct node *node = &nodes[used++ % NODES];
    memset(node, 0, sizeof *node);
    node->kind = kind;
    return node;
}

static const char *at;

// Unescaped in place, in a second copy of the text.
static struct node *read_string(void) {
    struct node *node = fresh(STRING);
    char *out = (char *)++at;
    node->text = out;
    while (*at != '"') {
        if (*at == '\\') {
            at++;
        }
        *out++ = *at++;
    }
    at++;
    node->length = (int)(out - node->text);
    return node;
}

static struct node *read_number(void) {
    struct node *node = fresh(NUMBER);
    int negative = *at == '-';
    at += negative;
    while (*at >= '0' && *at <= '9') {
        node->number = node->number * 10 + (*at++ - '0');
    }
    node->number = negative ? -node->number : node->number;
    return node;
}

static struct node *read_value(void) {
    if (*at == '"') {
        return read_string();
    }
    if (*at != '[' && *at != '{') {
        return read_number();
    }
    struct node *node = fresh(*at == '[' ? ARRAY : OBJECT);
    struct node **next = &node->first;
    at++;
    while (*at != ']' && *at != '}') {
        struct node *item = read_value();
        if (node->kind == OBJECT) {
            at++;
            item->value = read_value();
        }
        *next = item;
        next = &item->next;
        at += *at == ',';
    }
    at++;
    return node;
}

static char *put_value(char *out, const struct node *node) {
    if (node->kind == NUMBER) {
        return put_number(out, node->number);
    }
    if (node->kind == STRING) {
        return put_string(out, node->text, node->length);
    }
    *out++ = node->kind == ARRAY ? '[' : '{';
    for (const struct node *item = node->first; item != 0; item = item->next) {
        if (item != node->first) {
            *out++ = ',';
        }
        out = put_value(out, item);
        if (node->kind == OBJECT) {
            *out++ = ':';
            out = put_value(out, item->value);
        }
    }
    *out++ = node->kind == ARRAY ? ']' : '}';
    return out;
}

uint64_t kernel(void) {
    static char text[TEXT];
    int length = generate(document);
    memcpy(text, document, (size_t)length + 1);
    used = 0;
    at = text;
    const struct node *root = read_value();
    char *end = put_value(copy, root);
    // What was read and written again is what there was, so that the length and each byte must be the same.
    if (end - copy != length || memcmp(copy, document, (size_t)length) != 0) {
        return 0;
    }
    uint64_t sum = 0;
    for (int i = 0; i < length; i++) {
        sum = sum * 31 + (uint8_t)copy[i];
    }
    return sum;
}
