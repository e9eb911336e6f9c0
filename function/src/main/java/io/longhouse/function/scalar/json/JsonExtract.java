package io.longhouse.function.scalar.json;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** Values of JSON documents, found by names and indexes. */
@Register(
    kind = FunctionFactory.class,
    name = "isValidJSON",
    category = "JSON",
    doc = "Whether a string is a JSON document.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONHas",
    category = "JSON",
    doc = "Whether a document has a value at a path.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONLength",
    category = "JSON",
    doc = "Elements of the array, or members of the object, at a path.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONType",
    category = "JSON",
    doc = "The type of the value at a path.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONKey",
    category = "JSON",
    doc = "The name of the member at a path that ends with an index.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractUInt",
    category = "JSON",
    doc = "The value at a path as UInt64.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractInt",
    category = "JSON",
    doc = "The value at a path as Int64.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractFloat",
    category = "JSON",
    doc = "The value at a path as Float64.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractBool",
    category = "JSON",
    doc = "The value at a path as true or false.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractString",
    category = "JSON",
    doc = "The value at a path as a string.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtract",
    category = "JSON",
    doc = "The value at a path as a value of the type that the last argument names.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractRaw",
    category = "JSON",
    doc = "The value at a path as JSON.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractArrayRaw",
    category = "JSON",
    doc = "The elements of the array at a path as JSON.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractKeys",
    category = "JSON",
    doc = "The names of the members of the object at a path.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractKeysAndValues",
    category = "JSON",
    doc = "Names and values of the members of the object at a path, the values of a type.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractKeysAndValuesRaw",
    category = "JSON",
    doc = "Names and values of the members of the object at a path, the values as JSON.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractUIntCaseInsensitive",
    category = "JSON",
    doc = "The value at a path as UInt64, names in any case.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractIntCaseInsensitive",
    category = "JSON",
    doc = "The value at a path as Int64, names in any case.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractFloatCaseInsensitive",
    category = "JSON",
    doc = "The value at a path as Float64, names in any case.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractBoolCaseInsensitive",
    category = "JSON",
    doc = "The value at a path as true or false, names in any case.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractStringCaseInsensitive",
    category = "JSON",
    doc = "The value at a path as a string, names in any case.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractCaseInsensitive",
    category = "JSON",
    doc = "The value at a path as a value of a type, names in any case.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractRawCaseInsensitive",
    category = "JSON",
    doc = "The value at a path as JSON, names in any case.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractArrayRawCaseInsensitive",
    category = "JSON",
    doc = "The elements of the array at a path as JSON, names in any case.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractKeysCaseInsensitive",
    category = "JSON",
    doc = "The names of the members of the object at a path, names in any case.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractKeysAndValuesCaseInsensitive",
    category = "JSON",
    doc = "Names and values of the object at a path, names in any case.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONExtractKeysAndValuesRawCaseInsensitive",
    category = "JSON",
    doc = "Names and values as JSON of the object at a path, names in any case.")
final class JsonExtract implements FunctionFactory {
  /** Adds the result for one row; the node is -1 when there is no value. */
  @FunctionalInterface
  private interface Adder {
    void add(JsonTape tape, int node, ColumnBuilder out);
  }

  private static final DataType STRINGS = new ArrayType(StringType.TYPE);
  private static final DataType KIND =
      DataTypes.parse(
          "Enum8('Null' = 0, 'String' = 34, 'Array' = 91, 'Bool' = 98, 'Double' = 100, 'Int64' ="
              + " 105, 'UInt64' = 117, 'Object' = 123)");

  private final String name;
  private final boolean anyCase;

  JsonExtract(String name) {
    this.anyCase = name.endsWith("CaseInsensitive");
    this.name = anyCase ? name.substring(0, name.length() - 15) : name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).atLeast(1).string(0);
    boolean typed = name.equals("JSONExtract") || name.equals("JSONExtractKeysAndValues");
    if (typed) {
      s.atLeast(2).string(s.size() - 1);
    }
    if (name.equals("isValidJSON")) {
      s.count(1);
      return Resolved.throwing(IntegerType.UINT8, JsonExtract::valid);
    }
    var path = new JsonPath(s, 1, typed ? s.size() - 1 : s.size(), anyCase);
    if (name.equals("JSONKey")) {
      return Resolved.throwing(StringType.TYPE, (c, rows) -> key(path, c, rows));
    }
    DataType type = typed ? DataTypes.parse(s.constantText(s.size() - 1)) : null;
    DataType result = resultType(type);
    return Resolved.throwing(result, (c, rows) -> each(path, result, adder(type), c, rows));
  }

  private DataType resultType(@org.jspecify.annotations.Nullable DataType type) {
    return switch (name) {
      case "JSONHas", "JSONExtractBool" -> IntegerType.UINT8;
      case "JSONLength", "JSONExtractUInt" -> IntegerType.UINT64;
      case "JSONType" -> KIND;
      case "JSONExtractInt" -> IntegerType.INT64;
      case "JSONExtractFloat" -> FloatType.FLOAT64;
      case "JSONExtractString", "JSONExtractRaw" -> StringType.TYPE;
      case "JSONExtractArrayRaw", "JSONExtractKeys" -> STRINGS;
      case "JSONExtractKeysAndValuesRaw" -> pairs(StringType.TYPE);
      case "JSONExtractKeysAndValues" -> pairs(java.util.Objects.requireNonNull(type));
      default -> java.util.Objects.requireNonNull(type);
    };
  }

  private static DataType pairs(DataType value) {
    return new ArrayType(new TupleType(List.of(StringType.TYPE, value)));
  }

  private Adder adder(@org.jspecify.annotations.Nullable DataType type) {
    var values = new JsonValues();
    var text = new ByteWriter(64);
    return switch (name) {
      case "JSONHas" ->
          (_, node, out) -> ((Int8Column.Builder) out).add((byte) (node >= 0 ? 1 : 0));
      case "JSONLength" ->
          (tape, node, out) -> ((Int64Column.Builder) out).add(node < 0 ? 0 : tape.count(node));
      case "JSONType" -> (tape, node, out) -> ((Int8Column.Builder) out).add(kind(tape, node));
      case "JSONExtractRaw" ->
          (tape, node, out) -> raw(tape, node, text, (StringColumn.Builder) out);
      case "JSONExtractArrayRaw" -> (tape, node, out) -> elements(tape, node, text, out);
      case "JSONExtractKeys" -> (tape, node, out) -> keys(tape, node, text, out);
      case "JSONExtractKeysAndValues" ->
          (tape, node, out) -> keysAndValues(tape, node, text, type, values, out);
      case "JSONExtractKeysAndValuesRaw" ->
          (tape, node, out) -> keysAndValues(tape, node, text, null, values, out);
      default -> {
        DataType t = name.equals("JSONExtractBool") ? BoolType.TYPE : resultType(type);
        yield (tape, node, out) -> values.appendOrDefault(t, tape, node, out);
      }
    };
  }

  private static Column each(JsonPath path, DataType type, Adder adder, Column[] c, int rows) {
    Rows.Bytes text = Rows.bytes(c[0]);
    JsonPath.Block block = path.block(c);
    var tape = new JsonTape();
    ColumnBuilder out = type.newBuilder(rows);
    for (int r = 0; r < rows; r++) {
      boolean valid = tape.parse(text.bytes(), text.from(r), text.to(r));
      adder.add(tape, valid ? block.walk(tape, r) : -1, out);
    }
    return out.build();
  }

  private static Column valid(Column[] c, int rows) {
    Rows.Bytes text = Rows.bytes(c[0]);
    var tape = new JsonTape();
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      out[r] = (byte) (tape.parse(text.bytes(), text.from(r), text.to(r)) ? 1 : 0);
    }
    return new Int8Column(out, rows);
  }

  private static Column key(JsonPath path, Column[] c, int rows) {
    Rows.Bytes text = Rows.bytes(c[0]);
    JsonPath.Block block = path.block(c);
    var tape = new JsonTape();
    var out = new StringColumn.Builder(rows);
    var name = new ByteWriter(32);
    for (int r = 0; r < rows; r++) {
      boolean valid = tape.parse(text.bytes(), text.from(r), text.to(r));
      int node = valid ? block.walkToName(tape, r) : -1;
      name.reset();
      if (node >= 0) {
        JsonText.string(tape.text(), tape.start(node), tape.end(node), name);
      }
      out.add(name.buffer(), 0, name.position());
    }
    return out.build();
  }

  private static byte kind(JsonTape tape, int node) {
    if (node < 0) {
      return 0;
    }
    return (byte)
        switch (tape.kind(node)) {
          case NULL -> 0;
          case TRUE, FALSE -> 'b';
          case INTEGER -> 'i';
          case UNSIGNED -> 'u';
          case DOUBLE -> 'd';
          case STRING -> '"';
          case ARRAY -> '[';
          case OBJECT -> '{';
        };
  }

  private static void raw(JsonTape tape, int node, ByteWriter text, StringColumn.Builder out) {
    text.reset();
    if (node >= 0) {
      JsonText.raw(tape, node, text);
    }
    out.add(text.buffer(), 0, text.position());
  }

  private static void name(JsonTape tape, int node, ByteWriter text, ColumnBuilder out) {
    text.reset();
    JsonText.string(tape.text(), tape.start(node), tape.end(node), text);
    ((StringColumn.Builder) out).add(text.buffer(), 0, text.position());
  }

  private static void elements(JsonTape tape, int node, ByteWriter text, ColumnBuilder out) {
    var b = (ArrayColumn.Builder) out;
    if (node >= 0 && tape.kind(node) == JsonTape.Kind.ARRAY) {
      for (int i = node + 1; i < tape.next(node); i = tape.next(i)) {
        raw(tape, i, text, (StringColumn.Builder) b.elements());
      }
    }
    b.endRow();
  }

  private static void keys(JsonTape tape, int node, ByteWriter text, ColumnBuilder out) {
    var b = (ArrayColumn.Builder) out;
    if (node >= 0 && tape.kind(node) == JsonTape.Kind.OBJECT) {
      for (int i = node + 1; i < tape.next(node); i = tape.next(i + 1)) {
        name(tape, i, text, b.elements());
      }
    }
    b.endRow();
  }

  /** Members whose values are of the type; all of them, as JSON, when there is no type. */
  private static void keysAndValues(
      JsonTape tape,
      int node,
      ByteWriter text,
      @org.jspecify.annotations.Nullable DataType type,
      JsonValues values,
      ColumnBuilder out) {
    var b = (ArrayColumn.Builder) out;
    var entries = (TupleColumn.Builder) b.elements();
    if (node >= 0 && tape.kind(node) == JsonTape.Kind.OBJECT) {
      for (int i = node + 1; i < tape.next(node); i = tape.next(i + 1)) {
        ColumnBuilder value = entries.elements().get(1);
        if (type == null) {
          raw(tape, i + 1, text, (StringColumn.Builder) value);
        } else if (!values.append(type, tape, i + 1, value)) {
          continue;
        }
        name(tape, i, text, entries.elements().get(0));
        entries.addedRow();
      }
    }
    b.endRow();
  }
}
