package io.longhouse.storage.index;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TextForm;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ByteText;
import io.longhouse.storage.index.KeyAtom.Test;
import io.longhouse.storage.index.KeyCondition.Node;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A condition on a key in words, for EXPLAIN: {@code and((k in [5, 5]), (d in (-Inf, 19]))}. */
public final class KeyConditionText {
  private final KeyCondition condition;
  private final List<String> keyNames;
  private final List<String> columns;

  /**
   * @param key the expressions that the condition was made for
   * @param columns names of the table's columns, which the expressions are over
   */
  public KeyConditionText(KeyCondition condition, List<Expr> key, List<String> columns) {
    this.condition = condition;
    this.columns = columns;
    this.keyNames = key.stream().map(this::text).toList();
  }

  /** The key's expressions that the condition is about, in their order. */
  public List<String> keys() {
    var used = new TreeSet<Integer>();
    collect(condition.root(), used);
    return used.stream().map(keyNames::get).toList();
  }

  private void collect(Node n, TreeSet<Integer> used) {
    switch (n) {
      case Node.And a -> a.parts().forEach(p -> collect(p, used));
      case Node.Or o -> {
        if (!new KeyUse(o).useless()) {
          o.parts().forEach(p -> collect(p, used));
        }
      }
      case Node.Atom a -> used.add(condition.atoms().get(a.number()).keyColumn());
      case Node.Always _, Node.Unknown _ -> {}
    }
  }

  /** Whether a part of the tree lets everything through. */
  private record KeyUse(Node node) {
    boolean useless() {
      return switch (node) {
        case Node.And a -> a.parts().stream().allMatch(p -> new KeyUse(p).useless());
        case Node.Or o -> o.parts().stream().anyMatch(p -> new KeyUse(p).useless());
        case Node.Atom _ -> false;
        case Node.Always a -> a.value();
        case Node.Unknown _ -> true;
      };
    }
  }

  /**
   * Whether the rows that can pass lie together in the order of the key: the first columns have one
   * value each and the next one a range.
   */
  public boolean isOneRange() {
    List<KeyAtom> ranges = new ArrayList<>();
    if (!ranges(condition.root(), ranges)) {
      return false;
    }
    boolean[] points = new boolean[keyNames.size()];
    var used = new TreeSet<Integer>();
    for (KeyAtom a : ranges) {
      boolean plain = a.chain().isEmpty() && a.test() instanceof Test.Range;
      if (!plain) {
        return false;
      }
      Test.Range r = (Test.Range) a.test();
      points[a.keyColumn()] |= r.low() != null && r.low() == r.high();
      used.add(a.keyColumn());
    }
    for (int i = 0; i < used.size(); i++) {
      if (!used.contains(i) || i < used.size() - 1 && !points[i]) {
        return false;
      }
    }
    return !used.isEmpty();
  }

  private boolean ranges(Node n, List<KeyAtom> out) {
    return switch (n) {
      case Node.And a -> a.parts().stream().allMatch(p -> ranges(p, out));
      case Node.Atom a -> out.add(condition.atoms().get(a.number()));
      case Node.Or _ -> false;
      case Node.Always _, Node.Unknown _ -> true;
    };
  }

  @Override
  public String toString() {
    return text(condition.root());
  }

  private String text(Node n) {
    return switch (n) {
      case Node.And a -> joined("and", a.parts(), true);
      case Node.Or o -> new KeyUse(o).useless() ? "true" : joined("or", o.parts(), false);
      case Node.Atom a -> atom(condition.atoms().get(a.number()));
      case Node.Always a -> Boolean.toString(a.value());
      case Node.Unknown _ -> "true";
    };
  }

  private String joined(String word, List<Node> parts, boolean dropsUseless) {
    String text = null;
    for (Node p : parts) {
      if (!dropsUseless || !new KeyUse(p).useless()) {
        text = text == null ? text(p) : word + "(" + text(p) + ", " + text + ")";
      }
    }
    return text == null ? "true" : text;
  }

  private String atom(KeyAtom a) {
    String name = keyNames.get(a.keyColumn());
    for (Expr.Call c : a.chain()) {
      name = call(c, name);
    }
    DataType type = NullableType.strip(a.type());
    return "("
        + name
        + switch (a.test()) {
          case Test.Range r -> " in " + range(r, type);
          case Test.Except e -> " not in " + range(Test.Range.point(e.value()), type);
          case Test.OneOf s -> " in " + s.sorted().size() + "-element set";
          case Test.NoneOf s -> " notIn " + s.sorted().size() + "-element set";
          case Test.IsNull _ -> " isNull";
          case Test.IsNotNull _ -> " isNotNull";
        }
        + ")";
  }

  private static String range(Test.Range r, DataType type) {
    return bound(r.low(), r.lowIncluded(), type, true)
        + ", "
        + bound(r.high(), r.highIncluded(), type, false);
  }

  private static String bound(
      @Nullable Column value, boolean included, DataType type, boolean low) {
    if (value == null) {
      return low ? "(-Inf" : "+Inf)";
    }
    String text = value(value, type, included ? 0 : low ? 1 : -1);
    boolean closed = included || isWhole(type);
    return low ? (closed ? "[" : "(") + text : text + (closed ? "]" : ")");
  }

  private static boolean isWhole(DataType type) {
    return type instanceof IntegerType
        || type instanceof DateType
        || type instanceof Date32Type
        || type instanceof DateTimeType
        || type instanceof EnumType
        || type instanceof BoolType;
  }

  /** A value as the index compares it: dates and the like as numbers, others in quotes. */
  private static String value(Column value, DataType type, int whole) {
    if (isWhole(type)) {
      boolean signed =
          type instanceof EnumType
              || type instanceof Date32Type
              || type instanceof IntegerType i && i.signed();
      IntegerType number =
          IntegerType.of(type instanceof IntegerType i ? i.bytes() : bytes(value), signed);
      return new BigInteger(number.textOf(value.full(), 0))
          .add(BigInteger.valueOf(whole))
          .toString();
    }
    String text = type.textOf(value.full(), 0);
    if (type instanceof FloatType) {
      return text.matches("-?\\d+") ? text + "." : text;
    }
    var out = new ByteWriter(16);
    io.longhouse.column.type.StringType.TYPE.writeText(
        io.longhouse.column.StringColumn.of(ByteText.encode(text)),
        0,
        TextForm.QUOTED,
        FormatSettings.DEFAULT,
        out);
    return ByteText.decode(out.toByteArray());
  }

  private static int bytes(Column value) {
    return switch (value.full()) {
      case Int8Column _ -> 1;
      case io.longhouse.column.Int16Column _ -> 2;
      case io.longhouse.column.Int32Column _ -> 4;
      default -> 8;
    };
  }

  private String text(Expr e) {
    return switch (e) {
      case Expr.Input i -> columns.get(i.index());
      case Expr.Constant c -> constant(c);
      case Expr.Call c -> arguments(c, c.arguments().stream().map(this::text).toList());
      case Expr.HigherOrder h -> h.name() + "(...)";
    };
  }

  private String call(Expr.Call c, String inner) {
    int at = KeyAtoms.variableArgument(c);
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < c.arguments().size(); i++) {
      arguments.add(i == at ? inner : text(c.arguments().get(i)));
    }
    return arguments(c, arguments);
  }

  private static String arguments(Expr.Call c, List<String> arguments) {
    return c.name() + arguments.stream().collect(Collectors.joining(", ", "(", ")"));
  }

  private static String constant(Expr.Constant c) {
    var out = new ByteWriter(16);
    c.type().writeText(c.value().full(), 0, TextForm.QUOTED, FormatSettings.DEFAULT, out);
    return ByteText.decode(out.toByteArray());
  }
}
