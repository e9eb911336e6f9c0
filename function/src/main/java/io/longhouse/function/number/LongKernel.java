package io.longhouse.function.number;

/** {@code out[o + k] = f(a[i + k], b[j + k])} for k in {@code [0, n)}. */
@FunctionalInterface
public interface LongKernel {
  void apply(long[] a, int i, long[] b, int j, long[] out, int o, int n);
}
