package io.longhouse.engine.meter;

import io.longhouse.column.Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.storage.mergetree.KeyCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What merges of shared tables cost each tenant, until it is worth a row in the log: a merge of a
 * hundred thousand tenants costs most of them a microsecond.
 *
 * <p>Invariant: what was charged is in here, or was handed on, to the last nanosecond but the parts
 * of a microsecond, which wait for more.
 */
final class MergeCharges {
  private static final int CPU_NS = 0;
  private static final int MERGED = 1;
  private static final int MUTATED = 2;

  /** Charges by key: a Long for integers, else the key's text. */
  private record Space(boolean unsigned, Map<Object, long[]> charges) {}

  /** Keys of a space that were columns of different types are told apart. */
  private record Name(String space, String type) {}

  /** Takes what a tenant is charged. */
  interface Taker {
    void take(String space, String key, long cpuMicros, long merged, long mutated);
  }

  private final Map<Name, Space> spaces = new ConcurrentHashMap<>();

  /** Charges processor time by rows. */
  void add(String space, KeyCounts counts, long cpuNs, boolean mutation) {
    DataType type = counts.type();
    boolean small = type instanceof IntegerType i && i.bytes() <= 8;
    boolean unsigned = type instanceof IntegerType i && !i.signed();
    Space s =
        spaces.computeIfAbsent(
            new Name(space, type.name()), _ -> new Space(unsigned, new HashMap<>()));
    long all = counts.rows();
    double nsPerRow = all == 0 ? 0 : (double) cpuNs / all;
    long rows = 0;
    long charged = 0;
    synchronized (s) {
      for (int i = 0; i < counts.size(); i++) {
        Object key = small ? number(counts.values(), i, unsigned) : type.textOf(counts.values(), i);
        long[] c = s.charges.computeIfAbsent(key, _ -> new long[3]);
        long own = counts.rows(i);
        rows += own;
        // Ends at cpuNs exactly: what rounding takes from one the next one gets.
        long upTo = rows == all ? cpuNs : Math.min(cpuNs, (long) (nsPerRow * rows));
        c[CPU_NS] += upTo - charged;
        c[mutation ? MUTATED : MERGED] += own;
        charged = upTo;
      }
    }
  }

  private static Long number(Column values, int i, boolean unsigned) {
    return switch (values) {
      case Int64Column c -> c.values()[i];
      case Int32Column c -> unsigned ? Integer.toUnsignedLong(c.values()[i]) : c.values()[i];
      case Int16Column c -> unsigned ? Short.toUnsignedLong(c.values()[i]) : c.values()[i];
      case Int8Column c -> unsigned ? Byte.toUnsignedLong(c.values()[i]) : c.values()[i];
      default -> throw new IllegalStateException(values.getClass().getName());
    };
  }

  /** Hands on what came to at least that much processor time; 0 for all. */
  void drain(long cpuNsMin, Taker taker) {
    spaces.forEach((name, s) -> {
      synchronized (s) {
        s.charges.entrySet().removeIf(e -> drained(name, s, e, cpuNsMin, taker));
      }
    });
  }

  private static boolean drained(
      Name name, Space s, Map.Entry<Object, long[]> e, long cpuNsMin, Taker taker) {
    long[] c = e.getValue();
    if (c[CPU_NS] < cpuNsMin) {
      return false;
    }
    String key =
        e.getKey() instanceof Long n
            ? s.unsigned ? Long.toUnsignedString(n) : n.toString()
            : e.getKey().toString();
    long micros = c[CPU_NS] / 1000;
    if (micros > 0 || c[MERGED] > 0 || c[MUTATED] > 0) {
      taker.take(name.space, key, micros, c[MERGED], c[MUTATED]);
    }
    c[CPU_NS] -= micros * 1000;
    c[MERGED] = 0;
    c[MUTATED] = 0;
    return c[CPU_NS] == 0;
  }
}
