// Heapsort and quicksort of 100,000 numbers.
#include "bench.h"

enum { COUNT = 100000 };

static uint32_t numbers[COUNT], copy[COUNT];

static void sift(uint32_t *heap, int root, int count) {
    uint32_t value = heap[root];
    for (int child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && heap[child + 1] > heap[child]) {
            child++;
        }
        if (heap[child] <= value) {
            break;
        }
        heap[root] = heap[child];
    }
    heap[root] = value;
}

static void heapsort_numbers(uint32_t *heap, int count) {
    for (int i = count / 2; i-- > 0;) {
        sift(heap, i, count);
    }
    for (int end = count - 1; end > 0; end--) {
        uint32_t largest = heap[0];
        heap[0] = heap[end];
        heap[end] = largest;
        sift(heap, 0, end);
    }
}

static void quicksort(uint32_t *from, int count) {
    while (count > 1) {
        uint32_t pivot = from[count / 2];
        int i = 0, j = count - 1;
        while (i <= j) {
            while (from[i] < pivot) {
                i++;
            }
            while (from[j] > pivot) {
                j--;
            }
            if (i <= j) {
                uint32_t t = from[i];
                from[i++] = from[j];
                from[j--] = t;
            }
        }
        quicksort(from, j + 1);
        from += i;
        count -= i;
    }
}

uint64_t kernel(void) {
    for (int i = 0; i < COUNT; i++) {
        numbers[i] = copy[i] = (uint32_t)next_number();
    }
    heapsort_numbers(numbers, COUNT);
    quicksort(copy, COUNT);
    uint64_t sum = 0;
    for (int i = 0; i < COUNT; i++) {
        if (numbers[i] != copy[i]) {
            return 0;
        }
        sum = sum * 31 + numbers[i];
    }
    return sum;
}
