package io.longhouse.function.aggregate;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.state.BinaryValues;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.TypeArgument;
import io.longhouse.sql.ast.TypeName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Columns, and what ClickHouse answered for aggregate functions of them. */
final class Golden {
  /** A column with its type. */
  record Input(DataType type, Column column) {}

  /** One call and the real answers; bytes in hexadecimal, results in the form of RowBinary. */
  record Call(
      String call,
      List<String> arguments,
      String type,
      String state,
      String result,
      String mergedState,
      String mergedResult,
      String emptyState,
      String emptyResult,
      String groupResults) {
    String name() {
      int at = call.indexOf('(');
      return at < 0 ? call : call.substring(0, at);
    }

    List<Argument> parameters() {
      int at = call.indexOf('(');
      return at < 0
          ? List.of()
          : split(call.substring(at + 1, call.length() - 1)).stream().map(Golden::literal).toList();
    }
  }

  static final int ROWS = 100;

  private Golden() {}

  private static List<String[]> lines(String resource) {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Golden.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
      return in.lines().map(l -> l.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Input> columns() {
    Map<String, Input> out = new LinkedHashMap<>();
    for (String[] f : lines("columns.tsv")) {
      DataType type = type(f[1].replace("\\'", "'"));
      DataType plain = LowCardinalityType.strip(type);
      ColumnBuilder b = plain.newBuilder(ROWS);
      var in = new ByteReader(HexFormat.of().parseHex(f[2]));
      for (int r = 0; r < ROWS; r++) {
        BinaryValues.read(in, false, b);
      }
      Column c = b.build();
      if (type != plain) {
        ColumnBuilder d = type.newBuilder(ROWS);
        d.appendRange(c, 0, ROWS);
        c = d.build();
      }
      out.put(f[0], new Input(type, c));
    }
    return out;
  }

  static List<Call> calls() {
    List<Call> out = new ArrayList<>();
    for (String[] f : lines("states.tsv")) {
      List<String> arguments = f[1].isEmpty() ? List.of() : List.of(f[1].split(",\\s*"));
      out.add(
          new Call(
              f[0],
              arguments,
              f[2].replace("\\'", "'")
                  .replace("\\n", " ")
                  .replaceAll("\\( +", "(")
                  .replaceAll(" +", " "),
              f[3],
              f[4],
              f[5],
              f[6],
              f[7],
              f[8],
              f[9]));
    }
    return out;
  }

  /** Splits at commas outside brackets and quotes. */
  static List<String> split(String text) {
    List<String> out = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted) {
        depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
        if (c == ',' && depth == 0) {
          out.add(text.substring(from, i).strip());
          from = i + 1;
        }
      }
    }
    out.add(text.substring(from).strip());
    return out;
  }

  static DataType type(String text) {
    return DataTypes.of(typeName(text));
  }

  private static TypeName typeName(String text) {
    int at = text.indexOf('(');
    if (at < 0) {
      return TypeName.of(text);
    }
    List<TypeArgument> arguments = new ArrayList<>();
    for (String a : split(text.substring(at + 1, text.length() - 1))) {
      if (a.startsWith("'") && a.contains("=")) {
        int end = a.indexOf('\'', 1);
        arguments.add(
            new TypeArgument.EnumValue(
                a.substring(1, end), Long.parseLong(a.substring(a.indexOf('=') + 1).strip())));
      } else if (a.startsWith("'")) {
        arguments.add(new TypeArgument.Value(Literal.of(a.substring(1, a.length() - 1))));
      } else if (Character.isDigit(a.charAt(0))) {
        arguments.add(new TypeArgument.Value(NumberLiteral.unsigned(Long.parseLong(a))));
      } else {
        arguments.add(new TypeArgument.Type(typeName(a)));
      }
    }
    return new TypeName(text.substring(0, at), arguments);
  }

  private static Argument literal(String text) {
    if (text.startsWith("'")) {
      byte[] bytes = text.substring(1, text.length() - 1).getBytes(StandardCharsets.UTF_8);
      return new Argument(StringType.TYPE, StringColumn.of(bytes));
    }
    if (text.startsWith("[")) {
      List<Argument> elements =
          split(text.substring(1, text.length() - 1)).stream().map(Golden::literal).toList();
      DataType type = elements.get(0).type();
      ColumnBuilder b = type.newBuilder(elements.size());
      for (Argument e : elements) {
        b.append(Objects.requireNonNull(e.constant()), 0);
      }
      return new Argument(
          new ArrayType(type), new ArrayColumn(new int[] {0, elements.size()}, b.build(), 1));
    }
    if (text.contains(".")) {
      return new Argument(FloatType.FLOAT64, Float64Column.of(Double.parseDouble(text)));
    }
    long v = Long.parseLong(text);
    return new Argument(v < 0 ? IntegerType.INT64 : IntegerType.UINT64, Int64Column.of(v));
  }
}
