package io.longhouse.function.scalar.search;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/** Looks at a vector of places at once. Loaded only where the Vector module is there. */
final class VectorByteSearch extends ByteSearch {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;

  private final int last;

  VectorByteSearch(byte[] needle, byte[] masks) {
    super(needle, masks);
    last = needle.length - 1;
  }

  @Override
  public int find(byte[] bytes, int from, int to) {
    int limit = to - last;
    int i = from;
    int width = SPECIES.length();
    if (i + width <= limit) {
      ByteVector first = ByteVector.broadcast(SPECIES, needle[0]);
      ByteVector end = ByteVector.broadcast(SPECIES, needle[last]);
      byte firstMask = masks[0];
      byte endMask = masks[last];
      for (; i + width <= limit; i += width) {
        ByteVector x = ByteVector.fromArray(SPECIES, bytes, i).or(firstMask);
        ByteVector y = ByteVector.fromArray(SPECIES, bytes, i + last).or(endMask);
        long hits = x.eq(first).toLong() & y.eq(end).toLong();
        while (hits != 0) {
          int at = i + Long.numberOfTrailingZeros(hits);
          if (matches(bytes, at)) {
            return at;
          }
          hits &= hits - 1;
        }
      }
    }
    for (; i < limit; i++) {
      if (matches(bytes, i)) {
        return i;
      }
    }
    return -1;
  }
}
