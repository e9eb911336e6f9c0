package io.longhouse.storage.mergetree;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ValueBytes;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code OPTIMIZE ... DEDUPLICATE}: of rows of one sorting key that are equal in some columns only
 * the first stays.
 */
record DeduplicateMode(MergeMode inner, List<Integer> columns) implements MergeMode {
  DeduplicateMode {
    columns = List.copyOf(columns);
  }

  @Override
  public String engine() {
    return inner.engine();
  }

  @Override
  public RowCombiner newCombiner(MergeTreeMetadata metadata) {
    return new Combiner(columns);
  }

  private static final class Combiner implements RowCombiner {
    private final List<Integer> columns;
    private final Set<ByteBuffer> seen = new HashSet<>();
    private final ByteWriter bytes = new ByteWriter(64);

    Combiner(List<Integer> columns) {
      this.columns = columns;
    }

    @Override
    public void add(Column[] source, int row, boolean sameKey, Output out) {
      if (!sameKey) {
        seen.clear();
      }
      bytes.reset();
      for (int c : columns) {
        ValueBytes.writeDelimited(source[c], row, bytes);
      }
      if (seen.add(ByteBuffer.wrap(bytes.toByteArray()))) {
        out.copy(source, row);
      }
    }

    @Override
    public void end(Output out) {
      // Every row was decided when it came.
    }
  }
}
