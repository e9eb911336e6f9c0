package io.longhouse.function.scalar.json;

import io.longhouse.column.Column;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import java.util.Arrays;

/** The steps that arguments give: names of members, or indexes from 1, from the end if negative. */
final class JsonPath {
  private final int first;
  private final int steps;
  private final boolean[] byName;
  private final boolean[] signed;
  private final boolean anyCase;

  /**
   * Steps are the arguments from {@code first} to before {@code last}.
   *
   * @param anyCase whether names match in any case of ASCII letters
   */
  JsonPath(Signature s, int first, int last, boolean anyCase) {
    this.anyCase = anyCase;
    this.first = first;
    this.steps = Math.max(0, last - first);
    this.byName = new boolean[steps];
    this.signed = new boolean[steps];
    for (int i = 0; i < steps; i++) {
      byName[i] = Signature.isString(s.type(first + i));
      signed[i] = byName[i] || s.integer(first + i).signed();
    }
  }

  /** The steps of one block. */
  Block block(Column[] arguments) {
    Rows.Bytes[] names = new Rows.Bytes[steps];
    long[][] indexes = new long[steps][];
    int[] masks = new int[steps];
    for (int i = 0; i < steps; i++) {
      Column c = arguments[first + i];
      masks[i] = Rows.mask(c);
      if (byName[i]) {
        names[i] = Rows.bytes(c);
      } else {
        indexes[i] = Rows.longs(c, signed[i]);
      }
    }
    return new Block(byName, names, indexes, masks, anyCase);
  }

  /** Walks documents row by row. */
  record Block(
      boolean[] byName, Rows.Bytes[] names, long[][] indexes, int[] masks, boolean anyCase) {
    /** The node at the end of the row's path, or -1. */
    int walk(JsonTape tape, int row) {
      int node = 0;
      for (int i = 0; i < byName.length && node >= 0; i++) {
        node =
            byName[i]
                ? member(tape, node, names[i], row, anyCase)
                : at(tape, node, indexes[i][row & masks[i]]);
      }
      return node;
    }

    /** The name of the member that the last step, an index, leads to; -1 when there is none. */
    int walkToName(JsonTape tape, int row) {
      int node = walk(tape, row);
      boolean named = node > 0 && byName.length > 0;
      return named && lastIsMember(tape, row) ? node - 1 : -1;
    }

    private boolean lastIsMember(JsonTape tape, int row) {
      int node = 0;
      for (int i = 0; i + 1 < byName.length; i++) {
        node =
            byName[i]
                ? member(tape, node, names[i], row, anyCase)
                : at(tape, node, indexes[i][row & masks[i]]);
      }
      return tape.kind(node) == JsonTape.Kind.OBJECT;
    }
  }

  private static int member(JsonTape tape, int node, Rows.Bytes names, int row, boolean anyCase) {
    int from = names.from(row);
    int to = names.to(row);
    return anyCase
        ? memberInAnyCase(tape, node, names.bytes(), from, to)
        : member(tape, node, names.bytes(), from, to);
  }

  private static int memberInAnyCase(JsonTape tape, int node, byte[] name, int from, int to) {
    if (tape.kind(node) != JsonTape.Kind.OBJECT) {
      return -1;
    }
    var decoded = new io.longhouse.column.ByteWriter(32);
    for (int i = node + 1; i < tape.next(node); i = tape.next(i + 1)) {
      decoded.reset();
      JsonText.string(tape.text(), tape.start(i), tape.end(i), decoded);
      boolean same = decoded.position() == to - from;
      for (int k = 0; same && k < to - from; k++) {
        same = lower(decoded.buffer()[k]) == lower(name[from + k]);
      }
      if (same) {
        return i + 1;
      }
    }
    return -1;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
  }

  /** The value of the member of that name, or -1. */
  static int member(JsonTape tape, int node, byte[] name, int from, int to) {
    if (tape.kind(node) != JsonTape.Kind.OBJECT) {
      return -1;
    }
    for (int i = node + 1; i < tape.next(node); i = tape.next(i + 1)) {
      if (sameName(tape, i, name, from, to)) {
        return i + 1;
      }
    }
    return -1;
  }

  private static boolean sameName(JsonTape tape, int node, byte[] name, int from, int to) {
    byte[] text = tape.text();
    int a = tape.start(node);
    int b = tape.end(node);
    if (Arrays.equals(text, a, b, name, from, to)) {
      return true;
    }
    int escape = a;
    while (escape < b && text[escape] != '\\') {
      escape++;
    }
    if (escape == b) {
      return false;
    }
    var decoded = new io.longhouse.column.ByteWriter(b - a);
    JsonText.string(text, a, b, decoded);
    return Arrays.equals(decoded.buffer(), 0, decoded.position(), name, from, to);
  }

  /** The element or member value at an index from 1, or from the end when negative, or -1. */
  static int at(JsonTape tape, int node, long index) {
    JsonTape.Kind kind = tape.kind(node);
    if (kind != JsonTape.Kind.ARRAY && kind != JsonTape.Kind.OBJECT) {
      return -1;
    }
    long place = index > 0 ? index - 1 : index + tape.count(node);
    if (index == 0 || place < 0 || place >= tape.count(node)) {
      return -1;
    }
    int step = kind == JsonTape.Kind.OBJECT ? 1 : 0;
    int i = node + 1;
    for (long k = 0; k < place; k++) {
      i = tape.next(i + step);
    }
    return i + step;
  }
}
