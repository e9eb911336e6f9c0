package io.longhouse.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the dictionaries of one stream's columns so that they hold what rows of the stream had,
 * and nothing of rows that were left out. As long as no new entry appears the dictionary stays the
 * same object, so that who looks entries up does it once.
 *
 * <p>For one thread at a time.
 */
public final class UsedDictionaries {
  private final boolean inOrder;
  private final List<Entries> entries = new ArrayList<>();
  private int place;

  /**
   * @param inOrder whether entries have to stand in the order in which they appeared; if not, a
   *     dictionary of which everything was seen is left alone
   */
  public UsedDictionaries(boolean inOrder) {
    this.inOrder = inOrder;
  }

  /** The entries of one dictionary that rows had so far. */
  private static final class Entries {
    private final boolean inOrder;
    private @Nullable Column source;
    private int[] placeOf = new int[0];
    private int[] kept = new int[0];
    private int count;
    private @Nullable Column dictionary;

    Entries(boolean inOrder) {
      this.inOrder = inOrder;
    }

    LowCardinalityColumn of(LowCardinalityColumn c) {
      if (source != c.dictionary()) {
        source = c.dictionary();
        placeOf = new int[c.dictionary().size()];
        Arrays.fill(placeOf, -1);
        kept = new int[placeOf.length];
        count = 0;
        dictionary = null;
        while (!inOrder && count < kept.length && isReserved(c.dictionary(), count)) {
          placeOf[count] = count;
          kept[count] = count;
          count++;
        }
      }
      if (count == placeOf.length && dictionary == source) {
        return c;
      }
      int[] indexes = Scratch.ints(c.size());
      int before = count;
      map(c.indexes(), c.size(), indexes);
      Column known = dictionary;
      if (known == null || count > before) {
        known = isWhole() ? c.dictionary() : Scratch.outside(() -> chosen(c.dictionary()));
        dictionary = known;
      }
      return known == c.dictionary() ? c : new LowCardinalityColumn(known, indexes, c.size());
    }

    private void map(int[] from, int rows, int[] to) {
      for (int r = 0; r < rows; r++) {
        int entry = from[r];
        int at = placeOf[entry];
        if (at < 0) {
          at = count;
          placeOf[entry] = at;
          kept[count++] = entry;
        }
        to[r] = at;
      }
    }

    /** Whether an entry stands there whatever rows there are: NULL, then the default. */
    private static boolean isReserved(Column entries, int at) {
      if (at > 1 || entries.isNullAt(at)) {
        return at == 0 && entries.isNullAt(0);
      }
      Column values = entries instanceof NullableColumn n ? n.values() : entries;
      ColumnBuilder one = values.newBuilder(1);
      one.appendDefault(1);
      return Arrays.equals(bytes(one.build(), 0), bytes(values, at));
    }

    private static byte[] bytes(Column values, int row) {
      var out = new ByteWriter(16);
      ValueBytes.writeDelimited(values, row, out);
      return out.toByteArray();
    }

    /** Whether all entries occur, in the order in which they stand where that matters. */
    private boolean isWhole() {
      if (count < kept.length) {
        return false;
      }
      for (int i = 0; inOrder && i < count; i++) {
        if (kept[i] != i) {
          return false;
        }
      }
      return true;
    }

    private Column chosen(Column all) {
      ColumnBuilder out = all.newBuilder(count);
      for (int i = 0; i < count; i++) {
        out.append(all, kept[i]);
      }
      return out.build();
    }
  }

  /** The columns of a block, which always come in the same order. */
  public Column[] of(Column[] columns) {
    place = 0;
    Column[] out = new Column[columns.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = of(columns[i]);
    }
    return out;
  }

  private Column of(Column column) {
    return switch (column) {
      case LowCardinalityColumn c -> next().of(c);
      case ConstColumn c when c.value() instanceof LowCardinalityColumn l ->
          new ConstColumn(new Entries(inOrder).of(l), c.size());
      case ConstColumn c -> c;
      case ArrayColumn c -> {
        Column inside = of(c.elements());
        yield inside == c.elements() ? c : new ArrayColumn(c.offsets(), inside, c.size());
      }
      case TupleColumn c -> new TupleColumn(c.elements().stream().map(this::of).toList(), c.size());
      case NullableColumn c -> {
        Column inside = of(c.values());
        yield inside == c.values() ? c : new NullableColumn(inside, c.nulls());
      }
      case SparseColumn c -> new SparseColumn(of(c.values()), c.positions(), c.size());
      case Int8Column _,
          Int16Column _,
          Int32Column _,
          Int64Column _,
          Float32Column _,
          Float64Column _,
          WideColumn _,
          FixedBytesColumn _,
          StringColumn _ ->
          column;
    };
  }

  private Entries next() {
    if (place == entries.size()) {
      entries.add(new Entries(inOrder));
    }
    return entries.get(place++);
  }
}
