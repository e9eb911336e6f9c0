package io.longhouse.engine.system;

import io.longhouse.column.type.FormatSettings;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.format.InputFormatFactory;
import io.longhouse.format.OutputFormatFactory;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code system.formats}. No format is read or written by several threads here. */
@Register(kind = SystemTable.class, name = "formats", doc = "All formats of input and output.")
final class FormatsTable extends SystemTable<FormatsTable.Row> {
  private static final Set<String> BINARY =
      Set.of("Native", "RowBinary", "RowBinaryWithNames", "RowBinaryWithNamesAndTypes", "RawBLOB");

  record Row(RegisteredName name, boolean input, boolean output) {
    @Nullable String contentType() {
      OutputFormatFactory f =
          io.longhouse.registry.Registry.of(OutputFormatFactory.class).find(name.name());
      return f == null ? null : f.contentType(FormatSettings.DEFAULT);
    }
  }

  FormatsTable() {
    super(
        "formats",
        new SystemColumns<Row>()
            .text("name", r -> r.name.name())
            .flag("is_input", Row::input)
            .flag("is_output", Row::output)
            .flag("supports_parallel_parsing", _ -> false)
            .flag("supports_parallel_formatting", _ -> false)
            .flag("is_tty_friendly", r -> !BINARY.contains(r.name.name()))
            .text("content_type", Row::contentType)
            .empty("supports_random_access", "UInt8")
            .empty("has_schema_inference", "UInt8")
            .empty("has_external_schema", "UInt8")
            .empty("prefers_large_blocks", "UInt8")
            .empty("supports_append", "UInt8")
            .empty("supports_subsets_of_columns", "UInt8")
            .text("description", r -> r.name.doc())
            .empty("examples", "String")
            .empty("introduced_in", "String")
            .empty("related", "Array(String)"));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    Map<String, RegisteredName> inputs = byName(InputFormatFactory.class);
    Map<String, RegisteredName> outputs = byName(OutputFormatFactory.class);
    Map<String, RegisteredName> all = new TreeMap<>(inputs);
    all.putAll(outputs);
    List<Row> rows = new ArrayList<>();
    all.forEach((n, r) -> rows.add(new Row(r, inputs.containsKey(n), outputs.containsKey(n))));
    return rows;
  }

  private static Map<String, RegisteredName> byName(Class<?> kind) {
    return RegisteredName.of(kind).stream().collect(Collectors.toMap(RegisteredName::name, n -> n));
  }
}
