package io.longhouse.engine.system;

import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.SecretText;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.registry.Register;
import io.longhouse.sql.format.Formatter;
import io.longhouse.storage.part.DataPart;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.columns}. There are no column statistics, so that {@code statistics} is empty, and
 * no hint on the serialization.
 */
@Register(kind = SystemTable.class, name = "columns", doc = "The columns of all tables.")
final class ColumnsTable extends SystemTable<ColumnsTable.Row> {
  /**
   * A column at its place, from 1.
   *
   * @param narrowed whether a row policy hides some of the table's rows
   */
  record Row(
      Table table, Clauses clauses, ColumnDefinition column, int position, boolean narrowed) {
    DataType bare() {
      return column.type() instanceof NullableType n ? n.nested() : column.type();
    }

    PartFiles files() {
      List<DataPart> parts =
          table instanceof MergeTreeTable m && !narrowed ? m.data().snapshot().parts() : List.of();
      return PartFiles.of(parts, column.name());
    }
  }

  ColumnsTable() {
    super("columns", measures(description(new SystemColumns<>())));
  }

  private static SystemColumns<Row> description(SystemColumns<Row> columns) {
    return columns
        .text("database", r -> r.table.id().database())
        .text("table", r -> r.table.id().name())
        .text("name", r -> r.column.name())
        .text("type", r -> r.column.type().name())
        .number("position", Row::position)
        .text("default_kind", r -> kind(r.column))
        .text("default_expression", r -> expression(r.column))
        .number("data_compressed_bytes", r -> r.files().dataCompressed())
        .number("data_uncompressed_bytes", r -> r.files().dataUncompressed())
        .number("marks_bytes", r -> r.files().marksBytes())
        .text("comment", r -> r.column.comment())
        .flag("is_in_partition_key", r -> Clauses.names(r.clauses.partition(), r.column.name()))
        .flag("is_in_sorting_key", r -> Clauses.names(r.clauses.sorting(), r.column.name()))
        .flag("is_in_primary_key", r -> Clauses.names(r.clauses.primary(), r.column.name()))
        .flag("is_in_sampling_key", r -> Clauses.names(r.clauses.sampling(), r.column.name()))
        .text(
            "compression_codec",
            r -> r.column.codec() == null ? null : Formatter.formatOneLine(r.column.codec()));
  }

  static @Nullable String kind(ColumnDefinition c) {
    return c.defaultKind() == null ? null : c.defaultKind().name();
  }

  static @Nullable String expression(ColumnDefinition c) {
    return c.defaultExpression() == null
        ? null
        : SecretText.masked(Formatter.formatOneLine(c.defaultExpression()));
  }

  private static SystemColumns<Row> measures(SystemColumns<Row> columns) {
    return columns
        .add(
            "character_octet_length",
            "Nullable(UInt64)",
            r -> r.bare() instanceof FixedStringType f ? f.width() : null)
        .add("numeric_precision", "Nullable(UInt64)", r -> precision(r.bare()))
        .add(
            "numeric_precision_radix",
            "Nullable(UInt64)",
            r -> r.bare() instanceof DecimalType ? (Integer) 10 : bits(r.bare()) > 0 ? 2 : null)
        .add("numeric_scale", "Nullable(UInt64)", r -> scale(r.bare()))
        .add("datetime_precision", "Nullable(UInt64)", r -> secondDigits(r.bare()))
        .empty("serialization_hint", "Nullable(String)")
        .empty("statistics", "String")
        .alias("column", "name");
  }

  private static int bits(DataType type) {
    return switch (type) {
      case IntegerType i -> digits(i.name());
      case BoolType _ -> 8;
      default -> 0;
    };
  }

  private static int digits(String typeName) {
    return Integer.parseInt(typeName.replaceAll("[A-Za-z]", ""));
  }

  private static @Nullable Integer precision(DataType type) {
    return type instanceof DecimalType d
        ? (Integer) d.precision()
        : bits(type) > 0 ? bits(type) : null;
  }

  private static @Nullable Integer scale(DataType type) {
    return switch (type) {
      case DecimalType d -> d.scale();
      case IntegerType _, BoolType _ -> 0;
      default -> null;
    };
  }

  private static @Nullable Integer secondDigits(DataType type) {
    return switch (type) {
      case DateTime64Type d -> d.scale();
      case DateTimeType _, DateType _, Date32Type _ -> 0;
      default -> null;
    };
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    SessionAccess access = context.require(SessionAccess.class);
    Stream<Row> all =
        TableRows.all(context, names).stream()
            .flatMap(t -> of(t.table(), access, TableRows.isNarrowed(t.table(), access, context)));
    return () -> asIterator(all);
  }

  private static Iterator<Row> asIterator(Stream<Row> rows) {
    return rows.iterator();
  }

  private static Stream<Row> of(Table table, SessionAccess access, boolean narrowed) {
    Clauses clauses = Clauses.of(table);
    List<ColumnDefinition> columns = table.columns();
    String in = table.id().database();
    String name = table.id().name();
    boolean all = in.isEmpty() || access.isGranted(Privilege.SHOW_COLUMNS, in, name);
    return IntStream.range(0, columns.size())
        .filter(
            i -> all || access.isGranted(Privilege.SHOW_COLUMNS, in, name, columns.get(i).name()))
        .mapToObj(i -> new Row(table, clauses, columns.get(i), i + 1, narrowed));
  }
}
