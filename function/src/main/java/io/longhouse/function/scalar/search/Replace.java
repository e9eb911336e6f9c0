package io.longhouse.function.scalar.search;

import io.longhouse.column.Column;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import java.util.Arrays;
import java.util.List;

/** Substrings replaced: the first or all occurrences. */
@Register(
    kind = FunctionFactory.class,
    name = "replaceOne",
    category = "Replace",
    doc = "The string with the first occurrence of a substring replaced.")
@Register(
    kind = FunctionFactory.class,
    name = "replaceAll",
    aliases = "replace",
    category = "Replace",
    doc = "The string with all occurrences of a substring replaced.")
final class Replace implements FunctionFactory {
  private final String name;

  Replace(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(3).string(0).string(1).string(2);
    boolean all = name.equals("replaceAll");
    return Resolved.of(
        StringType.TYPE,
        (c, rows) -> {
          Rows.Bytes text = Rows.bytes(c[0]);
          Rows.Bytes needle = Rows.bytes(c[1]);
          Rows.Bytes by = Rows.bytes(c[2]);
          return needle.isConstant() && needle.to(0) > needle.from(0) && !text.isConstant()
              ? inColumn(text, needle, by, all, rows)
              : each(text, needle, by, all, rows);
        });
  }

  /** Rows without a hit are copied as they are; a hit is found in the bytes of all rows at once. */
  private static Column inColumn(
      Rows.Bytes text, Rows.Bytes needle, Rows.Bytes by, boolean all, int rows) {
    ByteSearch search =
        ByteSearch.exact(Arrays.copyOfRange(needle.bytes(), needle.from(0), needle.to(0)));
    byte[] b = text.bytes();
    int[] o = text.offsets();
    int n = search.length();
    var out = new StringRows.Text(rows, o[rows]);
    int next = search.find(b, o[0], o[rows]);
    for (int r = 0; r < rows; r++) {
      int at = o[r];
      int end = o[r + 1];
      boolean done = false;
      while (next >= 0 && next < end) {
        if (next < at || done || next + n > end) {
          next = search.find(b, Math.max(at, next + 1), o[rows]);
          continue;
        }
        out.add(b, at, next);
        out.add(by.bytes(), by.from(r), by.to(r));
        at = next + n;
        done = !all;
        next = search.find(b, done ? end : at, o[rows]);
      }
      out.add(b, at, end);
      out.endRow();
    }
    return out.build();
  }

  private static Column each(
      Rows.Bytes text, Rows.Bytes needle, Rows.Bytes by, boolean all, int rows) {
    var out = new StringRows.Text(rows, rows * 16);
    for (int r = 0; r < rows; r++) {
      int at = text.from(r);
      int end = text.to(r);
      if (needle.to(r) > needle.from(r)) {
        ByteSearch search =
            ByteSearch.exact(Arrays.copyOfRange(needle.bytes(), needle.from(r), needle.to(r)));
        for (int hit = search.find(text.bytes(), at, end);
            hit >= 0;
            hit = all ? search.find(text.bytes(), at, end) : -1) {
          out.add(text.bytes(), at, hit);
          out.add(by.bytes(), by.from(r), by.to(r));
          at = hit + search.length();
        }
      }
      out.add(text.bytes(), at, end);
      out.endRow();
    }
    return out.build();
  }
}
