package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import java.util.ArrayDeque;
import java.util.List;

/**
 * {@code VersionedCollapsingMergeTree}: rows of one key and version cancel each other out in pairs
 * of opposite sign. The version is the last part of the table's sorting key.
 *
 * @param sign a column of type Int8
 */
public record VersionedCollapsingMode(String sign, String version) implements MergeMode {
  /** Rows of one key that wait for their opposite; beyond them the oldest is let go. */
  private static final int WAITING_MAX = 8191;

  @Override
  public String engine() {
    return "VersionedCollapsingMergeTree";
  }

  @Override
  public List<String> requiredColumns() {
    return List.of(sign, version);
  }

  @Override
  public RowCombiner newCombiner(MergeColumns columns, Purpose purpose) {
    return new Combiner(columns.place(sign));
  }

  private record Row(Column[] columns, int row) {}

  private static final class Combiner implements RowCombiner {
    private final int sign;
    private final ArrayDeque<Row> waiting = new ArrayDeque<>();
    private byte signOfWaiting;

    Combiner(int sign) {
      this.sign = sign;
    }

    @Override
    public void add(Column[] source, int from, int length, boolean[] sameKey, Output out) {
      for (int i = 0; i < length; i++) {
        if (!sameKey[i]) {
          end(out);
        } else if (waiting.size() >= WAITING_MAX) {
          release(out);
        }
        byte now = ((Int8Column) source[sign]).values()[from + i];
        if (!waiting.isEmpty() && now != signOfWaiting) {
          waiting.removeLast();
        } else {
          signOfWaiting = now;
          waiting.addLast(new Row(source, from + i));
        }
      }
    }

    private void release(Output out) {
      Row r = waiting.removeFirst();
      out.copy(r.columns, r.row, 1);
    }

    @Override
    public void end(Output out) {
      while (!waiting.isEmpty()) {
        release(out);
      }
    }
  }
}
