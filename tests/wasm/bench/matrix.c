// The product of two matrices of 160 x 160 doubles.
#include "bench.h"

enum { N = 160 };

static double a[N][N], b[N][N], c[N][N];

uint64_t kernel(void) {
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            a[i][j] = (double)(next_number() % 1000);
            b[i][j] = (double)(next_number() % 1000);
        }
    }
    double trace = 0;
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            double sum = 0;
            for (int m = 0; m < N; m++) {
                sum += a[i][m] * b[m][j];
            }
            c[i][j] = sum;
        }
        trace += c[i][i] + c[i][N - 1 - i];
    }
    return (uint64_t)trace;
}
