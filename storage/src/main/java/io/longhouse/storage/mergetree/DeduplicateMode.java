package io.longhouse.storage.mergetree;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ValueBytes;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  public @Nullable RowCombiner newCombiner(MergeColumns table, Purpose purpose) {
    // A mode that leaves one row of a key leaves no equal ones.
    return inner.combines() ? inner.newCombiner(table, purpose) : new Combiner(columns);
  }

  private static final class Combiner implements RowCombiner {
    private final List<Integer> columns;
    private final Set<ByteBuffer> seen = new HashSet<>();
    private final ByteWriter bytes = new ByteWriter(64);

    Combiner(List<Integer> columns) {
      this.columns = columns;
    }

    @Override
    public void add(Column[] source, int from, int length, boolean[] sameKey, Output out) {
      for (int i = 0; i < length; i++) {
        if (!sameKey[i]) {
          seen.clear();
        }
        bytes.reset();
        for (int c : columns) {
          ValueBytes.writeDelimited(source[c], from + i, bytes);
        }
        if (seen.add(ByteBuffer.wrap(bytes.toByteArray()))) {
          out.copy(source, from + i, 1);
        }
      }
    }

    @Override
    public void end(Output out) {
      // Every row was decided when it came.
    }
  }
}
