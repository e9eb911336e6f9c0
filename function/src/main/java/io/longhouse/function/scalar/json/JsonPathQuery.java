package io.longhouse.function.scalar.json;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** SQL's JSON functions: {@code $.name["other name"][0, 2 to 4][*]}. */
@Register(
    kind = FunctionFactory.class,
    name = "JSON_EXISTS",
    category = "JSON",
    doc = "Whether a document has a value that a JSONPath leads to.")
@Register(
    kind = FunctionFactory.class,
    name = "JSON_QUERY",
    category = "JSON",
    doc = "The values that a JSONPath leads to, as a JSON array.")
@Register(
    kind = FunctionFactory.class,
    name = "JSON_VALUE",
    category = "JSON",
    doc = "The first value that is neither array nor object that a JSONPath leads to.")
final class JsonPathQuery implements FunctionFactory {
  private sealed interface Step {
    record Member(byte[] name) implements Step {}

    /** Inclusive ranges of indexes from 0; all elements when there are none. */
    record Elements(List<int[]> ranges) implements Step {}
  }

  private final String name;

  JsonPathQuery(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2).string(0).string(1);
    List<Step> steps = new Reader(s.constantText(1)).steps();
    return name.equals("JSON_EXISTS")
        ? Resolved.throwing(IntegerType.UINT8, (c, rows) -> exists(steps, c[0], rows))
        : Resolved.throwing(StringType.TYPE, (c, rows) -> texts(steps, c[0], rows));
  }

  private static void walk(
      List<Step> steps, int from, JsonTape tape, int node, List<Integer> found) {
    if (from == steps.size()) {
      found.add(node);
      return;
    }
    switch (steps.get(from)) {
      case Step.Member m -> {
        int next = JsonPath.member(tape, node, m.name, 0, m.name.length);
        if (next >= 0) {
          walk(steps, from + 1, tape, next, found);
        }
      }
      case Step.Elements e -> {
        if (tape.kind(node) != JsonTape.Kind.ARRAY) {
          return;
        }
        List<int[]> ranges =
            e.ranges.isEmpty() ? List.of(new int[] {0, tape.count(node) - 1}) : e.ranges;
        for (int[] range : ranges) {
          for (int i = range[0]; i <= Math.min(range[1], tape.count(node) - 1); i++) {
            walk(steps, from + 1, tape, JsonPath.at(tape, node, i + 1), found);
          }
        }
      }
    }
  }

  private static Column exists(List<Step> steps, Column c, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    var tape = new JsonTape();
    byte[] out = new byte[rows];
    List<Integer> found = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      found.clear();
      if (tape.parse(text.bytes(), text.from(r), text.to(r))) {
        walk(steps, 0, tape, 0, found);
      }
      out[r] = (byte) (found.isEmpty() ? 0 : 1);
    }
    return new Int8Column(out, rows);
  }

  private Column texts(List<Step> steps, Column c, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    var tape = new JsonTape();
    var out = new StringColumn.Builder(rows);
    var one = new ByteWriter(64);
    List<Integer> found = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      found.clear();
      one.reset();
      if (tape.parse(text.bytes(), text.from(r), text.to(r))) {
        walk(steps, 0, tape, 0, found);
      }
      if (name.equals("JSON_QUERY")) {
        query(tape, found, one);
      } else {
        value(tape, found, one);
      }
      out.add(one.buffer(), 0, one.position());
    }
    return out.build();
  }

  private static void query(JsonTape tape, List<Integer> found, ByteWriter out) {
    if (found.isEmpty()) {
      return;
    }
    out.writeByte('[');
    for (int i = 0; i < found.size(); i++) {
      if (i > 0) {
        JsonText.ascii(", ", out);
      }
      JsonText.raw(tape, found.get(i), out);
    }
    out.writeByte(']');
  }

  private static void value(JsonTape tape, List<Integer> found, ByteWriter out) {
    for (int node : found) {
      switch (tape.kind(node)) {
        case ARRAY, OBJECT -> {}
        case STRING -> {
          JsonText.string(tape.text(), tape.start(node), tape.end(node), out);
          return;
        }
        default -> {
          JsonText.raw(tape, node, out);
          return;
        }
      }
    }
  }

  /** Reads a path. */
  private static final class Reader {
    private final String path;
    private int at;

    Reader(String path) {
      this.path = path;
    }

    List<Step> steps() {
      List<Step> steps = new ArrayList<>();
      space();
      require('$');
      space();
      while (at < path.length()) {
        if (path.charAt(at) == '.') {
          at++;
          int from = at;
          while (at < path.length() && ".[ ".indexOf(path.charAt(at)) < 0) {
            at++;
          }
          if (at == from) {
            throw bad();
          }
          steps.add(new Step.Member(ByteText.encode(path.substring(from, at))));
        } else {
          require('[');
          steps.add(bracket());
        }
        space();
      }
      return steps;
    }

    private Step bracket() {
      space();
      char c = at < path.length() ? path.charAt(at) : 0;
      if (c == '"' || c == '\'') {
        int close = path.indexOf(c, at + 1);
        if (close < 0) {
          throw bad();
        }
        String member = path.substring(at + 1, close);
        at = close + 1;
        end();
        return new Step.Member(ByteText.encode(member));
      }
      if (c == '*') {
        at++;
        end();
        return new Step.Elements(List.of());
      }
      List<int[]> ranges = new ArrayList<>();
      while (true) {
        int first = number();
        int last = first;
        if (path.startsWith("to", at)) {
          at += 2;
          last = number() - 1;
        }
        ranges.add(new int[] {first, last});
        if (at < path.length() && path.charAt(at) == ',') {
          at++;
        } else {
          end();
          return new Step.Elements(ranges);
        }
      }
    }

    private void end() {
      space();
      require(']');
    }

    private int number() {
      space();
      int from = at;
      while (at < path.length() && Character.isDigit(path.charAt(at)) && at - from < 9) {
        at++;
      }
      if (at == from) {
        throw bad();
      }
      int n = Integer.parseInt(path.substring(from, at));
      space();
      return n;
    }

    private void space() {
      while (at < path.length() && path.charAt(at) == ' ') {
        at++;
      }
    }

    private void require(char c) {
      if (at >= path.length() || path.charAt(at) != c) {
        throw bad();
      }
      at++;
    }

    private LonghouseException bad() {
      return new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Unable to parse JSONPath '" + path + "' at place " + (at + 1));
    }
  }
}
