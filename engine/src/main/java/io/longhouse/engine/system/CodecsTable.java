package io.longhouse.engine.system;

import io.longhouse.column.compress.CodecFactory;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.registry.Registry;
import java.util.List;
import java.util.Set;

/** {@code system.codecs}. */
@Register(kind = SystemTable.class, name = "codecs", doc = "All compression codecs.")
final class CodecsTable extends SystemTable<Registry.Entry> {
  private static final Set<String> PREPARING = Set.of("Delta", "T64", "GCD");
  private static final Set<String> FLOATS = Set.of("Gorilla", "FPC", "ALP");

  CodecsTable() {
    super(
        "codecs",
        new SystemColumns<Registry.Entry>()
            .text("name", Registry.Entry::name)
            .add("method_byte", "UInt8", e -> method(e.name()))
            .flag("is_compression", e -> !PREPARING.contains(e.name()) && !e.name().equals("NONE"))
            .flag(
                "is_generic_compression",
                e -> e.name().startsWith("LZ4") || e.name().equals("ZSTD"))
            .flag("is_encryption", _ -> false)
            .flag("is_timeseries_codec", e -> FLOATS.contains(e.name()))
            .flag("is_experimental", _ -> false)
            .text("description", Registry.Entry::doc));
  }

  private static int method(String name) {
    CodecFactory f = Registry.of(CodecFactory.class).find(name);
    return f == null
        ? 0
        : f.create(
                new CodecFactory.Arguments(
                    name,
                    List.of(),
                    FLOATS.contains(name) ? FloatType.FLOAT64 : IntegerType.UINT64))
            .method();
  }

  @Override
  protected Iterable<Registry.Entry> rows(QueryContext context) {
    return Registry.of(CodecFactory.class).entries();
  }
}
