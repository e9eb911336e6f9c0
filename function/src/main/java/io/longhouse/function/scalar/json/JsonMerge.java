package io.longhouse.function.scalar.json;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whole documents: merged, and how long an array is. */
@Register(
    kind = FunctionFactory.class,
    name = "JSONMergePatch",
    aliases = "jsonMergePatch",
    category = "JSON",
    doc = "The objects merged: objects in them are merged too, later values replace all else.")
@Register(
    kind = FunctionFactory.class,
    name = "JSONArrayLength",
    aliases = "JSON_ARRAY_LENGTH",
    caseInsensitive = true,
    category = "JSON",
    doc = "The number of elements of an array, NULL for any other text.")
final class JsonMerge implements FunctionFactory {
  private final String name;

  JsonMerge(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    if (name.equals("JSONArrayLength")) {
      s.count(1).string(0);
      return Resolved.throwing(
          NullableType.orSame(IntegerType.UINT64), (c, rows) -> lengths(Rows.bytes(c[0]), rows));
    }
    s.atLeast(1);
    for (int i = 0; i < s.size(); i++) {
      s.string(i);
    }
    return Resolved.throwing(StringType.TYPE, JsonMerge::merged);
  }

  private static Column lengths(Rows.Bytes text, int rows) {
    var tape = new JsonTape();
    long[] out = new long[rows];
    byte[] nulls = new byte[rows];
    for (int r = 0; r < rows; r++) {
      boolean array =
          tape.parse(text.bytes(), text.from(r), text.to(r)) && tape.kind(0) == JsonTape.Kind.ARRAY;
      nulls[r] = (byte) (array ? 0 : 1);
      out[r] = array ? tape.count(0) : 0;
    }
    return new NullableColumn(new Int64Column(out, rows), nulls);
  }

  /** A member's value: JSON as it stands, or an object that is being merged. */
  private sealed interface Value {
    record Raw(byte[] json) implements Value {}

    record Members(Map<String, Value> members) implements Value {}
  }

  private static Column merged(Column[] c, int rows) {
    Rows.Bytes[] texts = new Rows.Bytes[c.length];
    for (int i = 0; i < c.length; i++) {
      texts[i] = Rows.bytes(c[i]);
    }
    var tape = new JsonTape();
    var out = new StringColumn.Builder(rows);
    var text = new ByteWriter(64);
    for (int r = 0; r < rows; r++) {
      Map<String, Value> result = new LinkedHashMap<>();
      for (int i = 0; i < c.length; i++) {
        if (!tape.parse(texts[i].bytes(), texts[i].from(r), texts[i].to(r))) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS, "Wrong JSON string to merge: Invalid value");
        }
        if (tape.kind(0) != JsonTape.Kind.OBJECT) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS, "Wrong JSON string to merge. Expected JSON object");
        }
        merge(result, tape, 0);
      }
      text.reset();
      write(new Value.Members(result), text);
      out.add(text.buffer(), 0, text.position());
    }
    return out.build();
  }

  private static void merge(Map<String, Value> into, JsonTape tape, int node) {
    var text = new ByteWriter(32);
    for (int i = node + 1; i < tape.next(node); i = tape.next(i + 1)) {
      text.reset();
      JsonText.raw(tape, i, text);
      String key = new String(text.buffer(), 0, text.position(), StandardCharsets.UTF_8);
      JsonTape.Kind kind = tape.kind(i + 1);
      if (kind == JsonTape.Kind.OBJECT) {
        Map<String, Value> inner =
            into.get(key) instanceof Value.Members m ? m.members : new LinkedHashMap<>();
        merge(inner, tape, i + 1);
        into.put(key, new Value.Members(inner));
      } else {
        text.reset();
        JsonText.raw(tape, i + 1, text);
        into.put(key, new Value.Raw(text.toByteArray()));
      }
    }
  }

  private static void write(Value value, ByteWriter out) {
    switch (value) {
      case Value.Raw(byte[] json) -> out.writeBytes(json, 0, json.length);
      case Value.Members(Map<String, Value> members) -> {
        out.writeByte('{');
        boolean first = true;
        for (Map.Entry<String, Value> e : members.entrySet()) {
          if (!first) {
            out.writeByte(',');
          }
          first = false;
          byte[] key = e.getKey().getBytes(StandardCharsets.UTF_8);
          out.writeBytes(key, 0, key.length);
          out.writeByte(':');
          write(e.getValue(), out);
        }
        out.writeByte('}');
      }
    }
  }
}
