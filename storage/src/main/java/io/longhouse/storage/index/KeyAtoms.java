package io.longhouse.storage.index;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Functions;
import io.longhouse.function.InFunction;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.storage.index.KeyAtom.Test;
import io.longhouse.storage.index.KeyCondition.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the conditions on single columns of a key in the leaves of a predicate. */
final class KeyAtoms {
  private final List<Expr> key;
  private final List<KeyAtom> found = new ArrayList<>();

  KeyAtoms(List<Expr> key) {
    this.key = key;
  }

  List<KeyAtom> found() {
    return found;
  }

  /** A place in the key and the functions around it. */
  private record Place(int keyColumn, List<Expr.Call> chain, int direction, DataType type) {}

  Node node(Expr e, boolean negated) {
    if (!(e instanceof Expr.Call c)) {
      return truth(e, negated);
    }
    if (Functions.unwrap(c.function()) instanceof InFunction in) {
      return membership(c, in, negated);
    }
    return switch (c.name()) {
      case "equals", "notEquals", "less", "greater", "lessOrEquals", "greaterOrEquals" ->
          comparison(c, negated);
      case "has" -> elementOf(c, negated);
      case "like" -> negated ? new Node.Unknown() : prefix(c, true);
      case "startsWith" -> prefix(c, false, negated);
      case "isNull" -> nullTest(c, !negated);
      case "isNotNull" -> nullTest(c, negated);
      default -> truth(e, negated);
    };
  }

  private Node add(Place p, Test test, boolean relaxed) {
    found.add(new KeyAtom(p.keyColumn, p.chain, p.direction, p.type, test, relaxed));
    return new Node.Atom(found.size() - 1);
  }

  /** A number as a condition: it must not be zero. */
  private Node truth(Expr e, boolean negated) {
    DataType t = NullableType.strip(LowCardinalityType.strip(e.type()));
    boolean byteWide = t instanceof IntegerType i && i.bytes() == 1 || t instanceof BoolType;
    Place p = byteWide ? place(e) : null;
    if (p == null) {
      return new Node.Unknown();
    }
    Column zero = Int8Column.of((byte) 0);
    return add(p, negated ? Test.Range.point(zero) : new Test.Except(zero), false);
  }

  private Node comparison(Expr.Call c, boolean negated) {
    Expr left = c.arguments().get(0);
    Expr right = c.arguments().get(1);
    String operator = negated ? opposite(c.name()) : c.name();
    if (left instanceof Expr.Constant && !(right instanceof Expr.Constant)) {
      Expr swap = left;
      left = right;
      right = swap;
      operator = mirrored(operator);
    }
    if (!(right instanceof Expr.Constant constant)) {
      return new Node.Unknown();
    }
    if (constant.value().full().plain() instanceof NullableColumn n && n.isNullAt(0)) {
      return new Node.Always(false);
    }
    if (operator.equals("equals") && constant.type() instanceof TupleType t) {
      return elementwise(left, constant, t);
    }
    Place p = place(left);
    if (p != null) {
      if (negated && NullableType.strip(p.type) instanceof FloatType) {
        // NaN is neither above nor below: NOT (x > 1) is not x <= 1.
        return new Node.Unknown();
      }
      KeyConstant k = KeyConstant.of(constant.value(), constant.type(), p.type);
      return k == null ? new Node.Unknown() : compared(p, operator, k);
    }
    return insideKey(left, operator, constant);
  }

  /** {@code (a, b) = (1, 2)} is {@code a = 1 AND b = 2}. */
  private Node elementwise(Expr left, Expr.Constant right, TupleType type) {
    if (!(left instanceof Expr.Call tuple)
        || !tuple.name().equals("tuple")
        || tuple.arguments().size() != type.elements().size()
        || !(right.value().full().plain() instanceof TupleColumn values)) {
      return new Node.Unknown();
    }
    List<Node> parts = new ArrayList<>();
    for (int i = 0; i < type.elements().size(); i++) {
      Place p = place(tuple.arguments().get(i));
      Column value = values.elements().get(i);
      KeyConstant k =
          p == null || value.isNullAt(0)
              ? null
              : KeyConstant.of(value, type.elements().get(i), p.type);
      if (p != null && k != null) {
        parts.add(compared(p, "equals", k));
      }
    }
    return parts.isEmpty() ? new Node.Unknown() : new Node.And(parts);
  }

  /** {@code has([1, 2], k)} is {@code k IN (1, 2)}, where all can be told exactly. */
  private Node elementOf(Expr.Call c, boolean negated) {
    Place p = place(c.arguments().get(1));
    if (negated
        || p == null
        || !(c.arguments().get(0) instanceof Expr.Constant k)
        || !(k.type() instanceof ArrayType type)
        || !(k.value().full().plain() instanceof ArrayColumn array)) {
      return new Node.Unknown();
    }
    DataType t = NullableType.strip(LowCardinalityType.strip(p.type));
    ColumnBuilder set = t.newBuilder(array.lengthAt(0));
    for (int i = 0; i < array.lengthAt(0); i++) {
      Column element = array.elements().slice(i, 1);
      if (element.isNullAt(0)) {
        return new Node.Unknown();
      }
      KeyConstant v = KeyConstant.of(element, type.element(), t);
      if (v == null) {
        return new Node.Unknown();
      }
      if (v.exact() && v.value() != null) {
        set.append(v.value(), 0);
      }
    }
    return set.size() == 0
        ? new Node.Always(false)
        : add(p, new Test.OneOf(sorted(set.build(), t)), true);
  }

  private static String opposite(String operator) {
    return switch (operator) {
      case "equals" -> "notEquals";
      case "notEquals" -> "equals";
      case "less" -> "greaterOrEquals";
      case "greater" -> "lessOrEquals";
      case "lessOrEquals" -> "greater";
      default -> "less";
    };
  }

  private static String mirrored(String operator) {
    return switch (operator) {
      case "less" -> "greater";
      case "greater" -> "less";
      case "lessOrEquals" -> "greaterOrEquals";
      case "greaterOrEquals" -> "lessOrEquals";
      default -> operator;
    };
  }

  private Node compared(Place p, String operator, KeyConstant k) {
    Column v = k.value();
    boolean upwards = operator.startsWith("greater");
    if (v == null) {
      boolean all =
          switch (operator) {
            case "equals" -> false;
            case "notEquals" -> true;
            default -> upwards == k.below();
          };
      // NULLs do not pass, so "all" is not certain.
      return all ? new Node.Unknown() : new Node.Always(false);
    }
    return switch (operator) {
      case "equals" -> k.exact() ? add(p, Test.Range.point(v), false) : new Node.Always(false);
      case "notEquals" -> k.exact() ? add(p, new Test.Except(v), false) : new Node.Unknown();
      case "less" -> add(p, new Test.Range(null, false, v, !k.exact()), false);
      case "lessOrEquals" -> add(p, new Test.Range(null, false, v, true), false);
      case "greater" -> add(p, new Test.Range(v, false, null, false), false);
      default -> add(p, new Test.Range(v, k.exact(), null, false), false);
    };
  }

  /**
   * The key is a function of the compared expression: {@code t > x} where the key is {@code
   * toDate(t)} is {@code toDate(t) >= toDate(x)}.
   */
  private Node insideKey(Expr e, String operator, Expr.Constant constant) {
    List<Node> parts = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      List<Expr.Call> calls = callsDownTo(key.get(i), e);
      if (calls == null || calls.isEmpty()) {
        continue;
      }
      KeyConstant k = KeyConstant.of(constant.value(), constant.type(), e.type());
      if (k == null || k.value() == null) {
        continue;
      }
      int direction = 1;
      boolean deterministic = true;
      Column v = asType(k.value(), e.type());
      for (Expr.Call c : calls) {
        int at = variableArgument(c);
        direction *= c.function().monotonicity(at);
        deterministic &= c.function().isDeterministic();
        v = applied(c, at, v);
      }
      v = withoutNull(v);
      boolean equal = operator.equals("equals");
      if (v == null || !deterministic || direction == 0 && !(equal && k.exact())) {
        continue;
      }
      var p = new Place(i, List.of(), 1, key.get(i).type());
      boolean upwards = operator.startsWith("greater") == direction > 0;
      switch (operator) {
        case "equals" -> {
          if (k.exact()) {
            parts.add(add(p, Test.Range.point(v), true));
          }
        }
        case "notEquals" -> {
          // Other values may have the same result.
        }
        default ->
            parts.add(
                add(
                    p,
                    upwards
                        ? new Test.Range(v, true, null, false)
                        : new Test.Range(null, false, v, true),
                    true));
      }
    }
    return parts.isEmpty() ? new Node.Unknown() : new Node.And(parts);
  }

  private static Column asType(Column value, DataType type) {
    return type instanceof NullableType ? new NullableColumn(value, new byte[1]) : value;
  }

  private static @Nullable Column withoutNull(Column c) {
    Column plain = c.full().plain();
    if (plain instanceof NullableColumn n) {
      return n.isNullAt(0) ? null : n.values();
    }
    return plain;
  }

  /** The calls of {@code outer} around {@code inner}, the innermost first; null if it is not in. */
  private static @Nullable List<Expr.Call> callsDownTo(Expr outer, Expr inner) {
    if (outer.equals(inner)) {
      return new ArrayList<>();
    }
    if (!(outer instanceof Expr.Call c)) {
      return null;
    }
    int at = variableArgument(c);
    List<Expr.Call> calls = at < 0 ? null : callsDownTo(c.arguments().get(at), inner);
    if (calls != null) {
      calls.add(c);
    }
    return calls;
  }

  /** The one argument that is not constant, or -1 if there are none or several. */
  static int variableArgument(Expr.Call c) {
    int at = -1;
    for (int i = 0; i < c.arguments().size(); i++) {
      if (!(c.arguments().get(i) instanceof Expr.Constant)) {
        if (at >= 0) {
          return -1;
        }
        at = i;
      }
    }
    return at;
  }

  /** The call with the values of a column in place of its variable argument. */
  static Column applied(Expr.Call c, int at, Column values) {
    List<Expr> arguments = new ArrayList<>(c.arguments());
    arguments.set(at, new Expr.Input(0, arguments.get(at).type()));
    var program = new Program(List.of(new Expr.Call(c.name(), c.function(), arguments)));
    return program.evaluateSingle(new Column[] {values}, values.size()).full();
  }

  /** Where an expression stands in the key, itself or under monotonic functions; or null. */
  private @Nullable Place place(Expr e) {
    for (int i = 0; i < key.size(); i++) {
      if (key.get(i).equals(e)) {
        return new Place(i, List.of(), 1, e.type());
      }
    }
    if (!(e instanceof Expr.Call c)) {
      return null;
    }
    int at = variableArgument(c);
    if (at < 0 || !c.function().isDeterministic()) {
      return null;
    }
    int m = c.function().monotonicity(at);
    Place inner = m == 0 ? null : place(c.arguments().get(at));
    if (inner == null) {
      return null;
    }
    List<Expr.Call> chain = new ArrayList<>(inner.chain);
    chain.add(c);
    return new Place(inner.keyColumn, chain, inner.direction * m, c.type());
  }

  private Node membership(Expr.Call c, InFunction in, boolean negated) {
    Expr left = c.arguments().getFirst();
    Column[] sets = in.setElements();
    boolean isNot = in.isNegated() != negated;
    if (sets.length == 1) {
      Place p = place(left);
      DataType t = NullableType.strip(LowCardinalityType.strip(left.type()));
      if (p == null || !NullableType.strip(LowCardinalityType.strip(p.type)).equals(t)) {
        return new Node.Unknown();
      }
      Column sorted = sorted(sets[0], t);
      return add(p, isNot ? new Test.NoneOf(sorted) : new Test.OneOf(sorted), false);
    }
    boolean isTuple = left instanceof Expr.Call call && call.name().equals("tuple");
    if (isNot || !isTuple || left.children().size() != sets.length) {
      return new Node.Unknown();
    }
    // Each element must be in its own column of the set, at least.
    List<Node> parts = new ArrayList<>();
    for (int i = 0; i < sets.length; i++) {
      Expr element = left.children().get(i);
      Place p = place(element);
      DataType t = NullableType.strip(LowCardinalityType.strip(element.type()));
      if (p != null && NullableType.strip(p.type).equals(t)) {
        parts.add(add(p, new Test.OneOf(sorted(sets[i], t)), true));
      }
    }
    return parts.isEmpty() ? new Node.Unknown() : new Node.And(parts);
  }

  private static Column sorted(Column set, DataType type) {
    Column full = set.full().plain();
    Column values = full instanceof NullableColumn n ? n.values() : full;
    Integer[] rows = new Integer[values.size()];
    Arrays.setAll(rows, i -> i);
    Arrays.sort(rows, (a, b) -> type.compare(values, a, values, b, 1));
    return values.gather(Arrays.stream(rows).mapToInt(i -> i).toArray(), rows.length);
  }

  private Node prefix(Expr.Call c, boolean pattern) {
    return prefix(c, pattern, false);
  }

  /** {@code LIKE 'abc%...'} and {@code startsWith(s, 'abc')} as a range of strings. */
  private Node prefix(Expr.Call c, boolean pattern, boolean negated) {
    Place p = place(c.arguments().get(0));
    boolean usable =
        p != null
            && !negated
            && NullableType.strip(LowCardinalityType.strip(p.type)) instanceof StringType
            && c.arguments().get(1) instanceof Expr.Constant k
            && k.value().full().plain() instanceof StringColumn;
    if (!usable || p == null) {
      return new Node.Unknown();
    }
    byte[] text =
        ((StringColumn) ((Expr.Constant) c.arguments().get(1)).value().full().plain()).get(0);
    byte[] fixed = text;
    boolean exact = !pattern;
    if (pattern) {
      fixed = fixedPrefix(text);
      if (fixed.length == 0) {
        return new Node.Unknown();
      }
    }
    byte[] next = next(fixed);
    return add(
        p,
        new Test.Range(
            StringColumn.of(fixed), true, next == null ? null : StringColumn.of(next), false),
        !exact);
  }

  /** What every string begins with that a LIKE pattern matches. */
  private static byte[] fixedPrefix(byte[] pattern) {
    byte[] out = new byte[pattern.length];
    int n = 0;
    for (int i = 0; i < pattern.length; i++) {
      byte b = pattern[i];
      if (b == '%' || b == '_') {
        break;
      }
      if (b == '\\' && i + 1 < pattern.length) {
        byte escaped = pattern[i + 1];
        if (escaped == '%' || escaped == '_' || escaped == '\\') {
          i++;
          b = escaped;
        } else {
          break;
        }
      }
      out[n++] = b;
    }
    return Arrays.copyOf(out, n);
  }

  /** The first string behind all that begin with a prefix; null if there is none. */
  static byte @Nullable [] next(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xFF) {
        byte[] out = Arrays.copyOf(prefix, i + 1);
        out[i]++;
        return out;
      }
    }
    return null;
  }

  private Node nullTest(Expr.Call c, boolean wanted) {
    Expr e = c.arguments().getFirst();
    if (!(LowCardinalityType.strip(e.type()) instanceof NullableType)) {
      return new Node.Always(!wanted);
    }
    Place p = place(e);
    if (p == null || !p.chain.isEmpty()) {
      return new Node.Unknown();
    }
    return add(p, wanted ? new Test.IsNull() : new Test.IsNotNull(), false);
  }
}
