package io.longhouse.function.scalar.hash;

import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.hash.CityHash;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** A hash of a URL that does not see a last slash, question mark or hash sign. */
@Register(
    kind = FunctionFactory.class,
    name = "URLHash",
    category = "Hash",
    doc = "cityHash64 of a URL, or of its part up to a level, without a last /, ? or #.")
final class UrlHash implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("URLHash", arguments).between(1, 2).string(0);
    long level = s.size() == 2 ? s.constantInteger(1) : -1;
    return Resolved.of(IntegerType.UINT64, (c, rows) -> hashes(c[0], level, rows));
  }

  private static Column hashes(Column c, long level, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    byte[] b = text.bytes();
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      int from = text.from(r);
      int to = level < 0 ? text.to(r) : endOfLevel(b, from, text.to(r), level);
      if (to > from && (b[to - 1] == '/' || b[to - 1] == '?' || b[to - 1] == '#')) {
        to--;
      }
      out[r] = CityHash.hash64(b, from, to - from);
    }
    return new Int64Column(out, rows);
  }

  /** Level 0 ends behind the host; each further level takes one more part of path or query. */
  private static int endOfLevel(byte[] b, int from, int to, long level) {
    int at = from;
    while (at < to && (b[at] >= 'a' && b[at] <= 'z' || b[at] >= 'A' && b[at] <= 'Z')) {
      at++;
    }
    if (at == from || at + 2 >= to || b[at] != ':' || b[at + 1] != '/' || b[at + 2] != '/') {
      return from;
    }
    at += 3;
    while (at < to && !ends(b[at])) {
      at++;
    }
    if (at == to) {
      return to;
    }
    at++;
    for (long i = 0; i < level && at < to; i++) {
      while (at < to && !ends(b[at])) {
        at++;
      }
      if (at == to) {
        break;
      }
      at++;
    }
    return at;
  }

  private static boolean ends(byte b) {
    return b == '/' || b == '?' || b == '#';
  }
}
