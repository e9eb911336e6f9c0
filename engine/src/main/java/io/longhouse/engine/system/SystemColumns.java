package io.longhouse.engine.system;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.sql.ast.ColumnDeclaration.DefaultKind;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a system table over rows of a type.
 *
 * @param <R> what a row is made of
 */
public final class SystemColumns<R> {
  private record Value<R>(String name, DataType type, Function<R, @Nullable Object> of) {}

  private static final int ROWS_AT_ONCE = 64;
  private static final int TEXTS_MAX = 1000;
  private static final Function<Object, @Nullable Object> NOTHING = _ -> null;

  private final List<ColumnDefinition> definitions = new ArrayList<>();
  private final List<Value<R>> values = new ArrayList<>();

  /**
   * A column.
   *
   * @param value gives what {@link CellValues#append} takes
   */
  public SystemColumns<R> add(String name, String type, Function<R, @Nullable Object> value) {
    DataType t = DataTypes.of(Parser.parseType(type));
    definitions.add(ColumnDefinition.of(name, t));
    values.add(new Value<>(name, t, value));
    return this;
  }

  public SystemColumns<R> text(String name, Function<R, @Nullable Object> value) {
    return add(name, "String", value);
  }

  public SystemColumns<R> number(String name, Function<R, @Nullable Object> value) {
    return add(name, "UInt64", value);
  }

  public SystemColumns<R> flag(String name, Predicate<R> value) {
    return add(name, "UInt8", r -> value.test(r) ? 1 : 0);
  }

  /** A column that in this server always has its type's default. */
  public SystemColumns<R> empty(String name, String type) {
    return add(name, type, nothing());
  }

  @SuppressWarnings("unchecked") // it takes whatever there is
  private static <R> Function<R, @Nullable Object> nothing() {
    return (Function<R, @Nullable Object>) (Function<?, @Nullable Object>) NOTHING;
  }

  /** The columns that tell what a registered thing is, which end most lists of names. */
  public SystemColumns<R> documentation(Function<R, @Nullable Object> description) {
    return text("description", description)
        .empty("syntax", "String")
        .empty("examples", "String")
        .empty("introduced_in", "String")
        .empty("related", "Array(String)");
  }

  /** Another name of a column, seen only when it is named. */
  public SystemColumns<R> alias(String name, String of) {
    for (Value<R> v : values) {
      if (v.name.equals(of)) {
        return alias(name, v.type.name(), of);
      }
    }
    throw new IllegalArgumentException(of);
  }

  /** A column that is an expression over the others, seen only when it is named. */
  public SystemColumns<R> alias(String name, String type, String expression) {
    definitions.add(
        new ColumnDefinition(
            name,
            DataTypes.of(Parser.parseType(type)),
            DefaultKind.ALIAS,
            Parser.parseExpression(expression),
            "",
            null,
            null));
    return this;
  }

  List<ColumnDefinition> definitions() {
    return List.copyOf(definitions);
  }

  int place(String name) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).name.equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(name);
  }

  DataType type(int place) {
    return values.get(place).type;
  }

  /** One column of some rows. */
  Column build(int place, List<R> rows) {
    return build(new int[] {place}, rows).getFirst();
  }

  /**
   * Columns of some rows. A few rows are taken at a time, so that they are near for each column.
   */
  List<Column> build(int[] places, List<R> rows) {
    List<Growing<R>> columns = new ArrayList<>();
    for (int place : places) {
      columns.add(new Growing<>(values.get(place), rows.size()));
    }
    for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
      List<R> some = rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE));
      columns.forEach(c -> c.add(some));
    }
    return columns.stream().map(c -> c.builder.build()).toList();
  }

  private static final class Growing<R> {
    private final Value<R> value;
    private final DataType type;
    private final ColumnBuilder builder;

    /** What texts came to: for other types than String they are few and come again. */
    private final Map<String, Column> texts = new HashMap<>();

    Growing(Value<R> value, int rows) {
      this.value = value;
      this.type = SimpleAggregateFunctionType.strip(value.type);
      this.builder = value.type.newBuilder(rows);
    }

    void add(List<R> rows) {
      if (value.of == NOTHING) {
        builder.appendDefault(rows.size());
        return;
      }
      for (R r : rows) {
        Object v = value.of.apply(r);
        if (v instanceof String text && !(type instanceof StringType)) {
          builder.append(known(text), 0);
        } else {
          CellValues.append(v, type, builder);
        }
      }
    }

    private Column known(String text) {
      Column known = texts.get(text);
      if (known == null) {
        ColumnBuilder one = type.newBuilder(1);
        CellValues.append(text, type, one);
        known = one.build();
        if (texts.size() < TEXTS_MAX) {
          texts.put(text, known);
        }
      }
      return known;
    }
  }
}
