package io.longhouse.function.number;

/**
 * The same for {@code n} numbers of {@code words} longs each; i, j and o count longs and step by
 * {@code words}.
 */
@FunctionalInterface
public interface WideKernel {
  void apply(long[] a, int i, long[] b, int j, long[] out, int o, int n, int words);
}
