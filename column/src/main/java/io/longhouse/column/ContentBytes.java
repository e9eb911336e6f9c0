package io.longhouse.column;

/**
 * The bytes of values themselves, unlike {@link Column#retainedBytes}: offsets take 8 bytes, and
 * room that is not used does not count.
 */
public final class ContentBytes {
  private static final int OFFSET_BYTES = 8;
  private static final int INDEX_BYTES = 4;

  private ContentBytes() {}

  /** Of all columns of a block, as {@link #of(Column)}. */
  public static long of(Block block) {
    long sum = 0;
    for (int i = 0; i < block.columnCount(); i++) {
      sum += of(block.column(i));
    }
    return sum;
  }

  /** Columns of equal values count the same, whatever dictionaries and defaults they share. */
  public static long of(Column column) {
    return of(column, false);
  }

  /**
   * With dictionaries, and defaults of sparse columns left out: what ClickHouse goes by when it
   * chooses the rows of a granule and the form of a part.
   */
  public static long encoded(Column[] columns) {
    long sum = 0;
    for (Column c : columns) {
      sum += of(c, true);
    }
    return sum;
  }

  private static long of(Column column, boolean encoded) {
    long rows = column.size();
    return switch (column) {
      case Int8Column _ -> rows;
      case Int16Column _ -> 2 * rows;
      case Int32Column _, Float32Column _ -> 4 * rows;
      case Int64Column _, Float64Column _ -> 8 * rows;
      case WideColumn c -> 8L * c.wordsPerValue() * rows;
      case FixedBytesColumn c -> c.width() * rows;
      case StringColumn c -> OFFSET_BYTES * rows + c.offsets()[c.size()];
      case ArrayColumn c ->
          OFFSET_BYTES * rows + of(first(c.elements(), c.offsets()[c.size()]), encoded);
      case TupleColumn c -> c.elements().stream().mapToLong(e -> of(e, encoded)).sum();
      case NullableColumn c -> rows + of(c.values(), encoded);
      case LowCardinalityColumn c ->
          encoded
              ? of(c.dictionary(), true) + indexBytes(c.dictionary().size()) * rows
              : INDEX_BYTES * rows;
      case ConstColumn c -> of(c.value(), encoded) * rows;
      case SparseColumn c ->
          of(c.values(), encoded)
              + (encoded
                  ? (long) OFFSET_BYTES * c.values().size()
                  : (rows - c.values().size()) * ofDefault(c.values()));
    };
  }

  private static long indexBytes(int keys) {
    return keys <= 0xFF ? 1 : keys <= 0xFFFF ? 2 : 4;
  }

  /** Whether every value counts the same. */
  public static boolean isFixed(Column column) {
    return switch (column) {
      case StringColumn _, ArrayColumn _, SparseColumn _ -> false;
      case TupleColumn c -> c.elements().stream().allMatch(ContentBytes::isFixed);
      case NullableColumn c -> isFixed(c.values());
      case Int8Column _,
          Int16Column _,
          Int32Column _,
          Int64Column _,
          Float32Column _,
          Float64Column _,
          WideColumn _,
          FixedBytesColumn _,
          LowCardinalityColumn _,
          ConstColumn _ ->
          true;
    };
  }

  private static Column first(Column elements, int count) {
    return elements.size() == count ? elements : elements.slice(0, count);
  }

  private static long ofDefault(Column like) {
    ColumnBuilder one = like.newBuilder(1);
    one.appendDefault(1);
    return of(one.build());
  }
}
