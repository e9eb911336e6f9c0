package io.longhouse.engine.table.file;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.format.infer.InferenceSettings;
import io.longhouse.format.infer.SchemaInference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/** The columns of files that nobody has described. */
final class InferredColumns {
  private InferredColumns() {}

  /**
   * @throws io.longhouse.sql.LonghouseException BAD_ARGUMENTS (36) for a format that tells nothing
   *     of columns, CANNOT_EXTRACT_TABLE_STRUCTURE (636) when the data do not
   */
  static List<ColumnDefinition> of(
      String format, Supplier<InputStream> data, QueryContext context) {
    var settings = new InferenceSettings(context.formatSettings(), context::setting);
    try (InputStream in = data.get()) {
      return SchemaInference.infer(format, in, settings).stream()
          .map(f -> ColumnDefinition.of(f.name(), f.type()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
