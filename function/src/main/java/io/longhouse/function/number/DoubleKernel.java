package io.longhouse.function.number;

/** {@code out[o + k] = f(a[i + k], b[j + k])} for k in {@code [0, n)}. */
@FunctionalInterface
public interface DoubleKernel {
  void apply(double[] a, int i, double[] b, int j, double[] out, int o, int n);
}
