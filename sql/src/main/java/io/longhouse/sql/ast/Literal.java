package io.longhouse.sql.ast;

import java.util.List;

/** A constant known to the parser. */
public sealed interface Literal extends Expression
    permits Literal.NullLiteral,
        Literal.BoolLiteral,
        NumberLiteral,
        Literal.StringLiteral,
        Literal.ArrayLiteral,
        Literal.TupleLiteral,
        Literal.MapLiteral {
  Literal NULL = new NullLiteral();
  Literal TRUE = new BoolLiteral(true);
  Literal FALSE = new BoolLiteral(false);

  static Literal of(String value) {
    return new StringLiteral(value);
  }

  static Literal of(long value) {
    return value < 0 ? NumberLiteral.signed(value) : NumberLiteral.unsigned(value);
  }

  /** {@code NULL}. */
  record NullLiteral() implements Literal {}

  /** {@code true} or {@code false}. */
  record BoolLiteral(boolean value) implements Literal {}

  /**
   * A string after its escapes were resolved; bytes that are not UTF-8 are as {@link
   * io.longhouse.sql.ByteText} decodes them.
   */
  record StringLiteral(String value) implements Literal {}

  /** An array all of whose elements are literals. */
  record ArrayLiteral(List<Literal> elements) implements Literal {
    public ArrayLiteral {
      elements = List.copyOf(elements);
    }
  }

  /** A tuple of two or more literals. */
  record TupleLiteral(List<Literal> elements) implements Literal {
    public TupleLiteral {
      elements = List.copyOf(elements);
    }
  }

  /** A map of literals; only settings and engine arguments have it. */
  record MapLiteral(List<Entry> entries) implements Literal {
    public MapLiteral {
      entries = List.copyOf(entries);
    }

    /** A key and its value. */
    public record Entry(Literal key, Literal value) {}
  }
}
