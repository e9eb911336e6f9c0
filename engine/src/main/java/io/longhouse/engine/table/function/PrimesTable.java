package io.longhouse.engine.table.function;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prime numbers in their order, made as they are read. */
public final class PrimesTable implements Table {
  private final TableId id;
  private final long offset;
  private final long count;
  private final long step;

  /**
   * @param offset how many primes are left out at the beginning
   * @param count how many rows; negative for no end
   * @param step every how-manieth prime is a row
   */
  public PrimesTable(TableId id, long offset, long count, long step) {
    this.id = id;
    this.offset = offset;
    this.count = count;
    this.step = step;
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "SystemPrimes";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(ColumnDefinition.of("prime", IntegerType.UINT64));
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    int rows = (int) Math.clamp(context.settings().number("max_block_size"), 1, 1 << 16);
    return _ -> List.of(new PrimesLane(rows, request.columns().size(), context));
  }

  private final class PrimesLane implements Lane {
    private final Sieve sieve = new Sieve();
    private final int rows;
    private final int columns;
    private final QueryContext context;
    private long skip = offset;
    private long left = count;

    PrimesLane(int rows, int columns, QueryContext context) {
      this.rows = rows;
      this.columns = columns;
      this.context = context;
    }

    @Override
    public @Nullable Block next() {
      int n = (int) (left < 0 ? rows : Math.min(left, rows));
      if (n == 0) {
        return null;
      }
      long[] values = new long[n];
      for (int i = 0; i < n; i++) {
        for (; skip > 0; skip--) {
          sieve.next();
        }
        values[i] = sieve.next();
        skip = step - 1;
        if ((i & 0xFFF) == 0) {
          context.checkStopped();
        }
      }
      left -= left < 0 ? 0 : n;
      context.progress().readRows.add(n);
      context.progress().readBytes.add(8L * n);
      Column[] all = new Column[columns];
      Arrays.fill(all, new Int64Column(values, n));
      return new Block(all, n);
    }
  }

  /** The sieve of Eratosthenes, a window of numbers after the other. */
  private static final class Sieve {
    private static final int WINDOW = 1 << 18;

    private final BitSet composite = new BitSet(WINDOW);
    private int[] primes = new int[1024];
    private int primeCount;
    private long start;
    private int at = 1;

    Sieve() {
      mark();
    }

    long next() {
      while (true) {
        at = composite.nextClearBit(at + 1);
        if (at < WINDOW) {
          return start + at;
        }
        start += WINDOW;
        at = -1;
        mark();
      }
    }

    private void mark() {
      composite.clear();
      for (long p = 2; p * p < start + WINDOW; p = nextPrime(p)) {
        long first = Math.max(p * p, (start + p - 1) / p * p);
        for (long m = first - start; m < WINDOW; m += p) {
          composite.set((int) m);
        }
      }
    }

    /** The prime behind one, among those below the square root of what is marked. */
    private long nextPrime(long p) {
      int found = Arrays.binarySearch(primes, 0, primeCount, (int) p);
      int next = found >= 0 ? found + 1 : -found - 1;
      if (found >= 0 && next < primeCount) {
        return primes[next];
      }
      long n = p == 2 ? 3 : p + 2;
      while (!isPrime(n)) {
        n += 2;
      }
      if (primeCount == 0) {
        primes[primeCount++] = 2;
      }
      if (primes[primeCount - 1] < n) {
        if (primeCount == primes.length) {
          primes = Arrays.copyOf(primes, 2 * primeCount);
        }
        primes[primeCount++] = (int) n;
      }
      return n;
    }

    private static boolean isPrime(long n) {
      for (long d = 3; d * d <= n; d += 2) {
        if (n % d == 0) {
          return false;
        }
      }
      return true;
    }
  }
}
