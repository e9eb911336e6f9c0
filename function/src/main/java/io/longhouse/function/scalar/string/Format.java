package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code format('{} {0}', x, ...)}. */
@Register(
    kind = FunctionFactory.class,
    name = "format",
    category = "Replace",
    doc = "A pattern with {} or {n} replaced by the arguments' texts.")
final class Format implements FunctionFactory {
  /** Text, or the number of an argument when there is no text. */
  private record Piece(byte[] text, int argument) {}

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("format", arguments).atLeast(1).string(0);
    List<Piece> pieces = pieces(s.constantBytes(0), s.size() - 1);
    @Nullable ScalarFunction[] toText = new ScalarFunction[s.size()];
    for (int i = 1; i < toText.length; i++) {
      if (!Signature.isString(s.type(i))) {
        toText[i] = Functions.resolve("toString", arguments.subList(i, i + 1), context);
      }
    }
    return Resolved.of(
        StringType.TYPE,
        (c, rows) -> {
          Rows.Bytes[] texts = new Rows.Bytes[c.length];
          for (int i = 1; i < c.length; i++) {
            ScalarFunction f = toText[i];
            texts[i] = Rows.bytes(f == null ? c[i] : f.evaluate(new Column[] {c[i]}, rows));
          }
          var out = new StringRows.Text(rows, rows * 16);
          for (int r = 0; r < rows; r++) {
            for (Piece p : pieces) {
              if (p.argument < 0) {
                out.add(p.text);
              } else {
                Rows.Bytes t = texts[p.argument + 1];
                out.add(t.bytes(), t.from(r), t.to(r));
              }
            }
            out.endRow();
          }
          return out.build();
        });
  }

  private static List<Piece> pieces(byte[] p, int arguments) {
    List<Piece> pieces = new ArrayList<>();
    var text = new io.longhouse.column.ByteWriter(32);
    int next = 0;
    boolean numbered = false;
    boolean plain = false;
    for (int i = 0; i < p.length; i++) {
      boolean doubled = i + 1 < p.length && p[i] == p[i + 1] && (p[i] == '{' || p[i] == '}');
      if (doubled) {
        text.writeByte(p[i++]);
        continue;
      }
      if (p[i] == '}') {
        throw bad("Closed curly brace without open one");
      }
      if (p[i] != '{') {
        text.writeByte(p[i]);
        continue;
      }
      int close = i + 1;
      while (close < p.length && p[close] != '}') {
        if (p[close] < '0' || p[close] > '9') {
          throw bad("Not a number in curly braces");
        }
        close++;
      }
      if (close == p.length) {
        throw bad("Last curly brace is not closed");
      }
      boolean empty = close == i + 1;
      numbered |= !empty;
      plain |= empty;
      if (numbered && plain) {
        throw bad("Cannot switch from automatic field numbering to manual field specification");
      }
      int number =
          empty
              ? next++
              : close - i > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits(p, i + 1, close));
      if (number >= arguments) {
        throw bad("Argument is too big for formatting");
      }
      pieces.add(new Piece(text.toByteArray(), -1));
      text.reset();
      pieces.add(new Piece(new byte[0], number));
      i = close;
    }
    pieces.add(new Piece(text.toByteArray(), -1));
    return pieces;
  }

  private static String digits(byte[] p, int from, int to) {
    return new String(Arrays.copyOfRange(p, from, to), java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static LonghouseException bad(String message) {
    return new LonghouseException(ErrorCode.BAD_ARGUMENTS, message);
  }
}
