package io.longhouse.engine.table.file;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code INSERT INTO FUNCTION file('..{_partition_id}..') PARTITION BY e}: a file for each value.
 */
final class PartitionedFiles implements TableWriter {
  static final String PLACE = "{_partition_id}";

  private final Expr key;
  private final Program keys;
  private final Function<Path, TableWriter> writers;
  private final Path pattern;
  private final Map<String, TableWriter> open = new LinkedHashMap<>();

  PartitionedFiles(Expr key, Function<Path, TableWriter> writers, Path pattern) {
    this.key = key;
    this.keys = new Program(List.of(key));
    this.writers = writers;
    this.pattern = pattern;
  }

  @Override
  public void write(Block block) {
    Column values = keys.evaluate(block)[0].full();
    DataType type = key.type();
    Map<String, int[]> rows = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < block.rows(); i++) {
      String id = type.textOf(values, i);
      int n = counts.merge(id, 1, Integer::sum);
      int[] of = rows.computeIfAbsent(id, _ -> new int[8]);
      if (n > of.length) {
        of = Arrays.copyOf(of, 2 * n);
        rows.put(id, of);
      }
      of[n - 1] = i;
    }
    rows.forEach((id, of) -> writer(id).write(block.select(of, counts.getOrDefault(id, 0))));
  }

  private TableWriter writer(String id) {
    return open.computeIfAbsent(
        id,
        k -> {
          if (k.isEmpty() || k.indexOf('/') >= 0 || k.indexOf('\0') >= 0 || k.equals("..")) {
            throw new LonghouseException(
                ErrorCode.CANNOT_PARSE_TEXT,
                "Partition id '" + k + "' cannot be part of a file's name");
          }
          return writers.apply(Path.of(pattern.toString().replace(PLACE, k)));
        });
  }

  @Override
  public void finish() {
    open.values().forEach(TableWriter::finish);
  }

  @Override
  public void abort() {
    open.values().forEach(TableWriter::abort);
  }
}
