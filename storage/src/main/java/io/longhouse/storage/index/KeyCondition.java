package io.longhouse.storage.index;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a predicate says about the columns of a key, as a tree of conditions on single columns. Has
 * no state; {@link KeySpace} evaluates it over the values of an index.
 */
public final class KeyCondition {
  /** A part of the tree. */
  sealed interface Node {
    /** All must hold. */
    record And(List<Node> parts) implements Node {}

    /** One must hold. */
    record Or(List<Node> parts) implements Node {}

    /** A condition on a column; {@code number} counts the conditions of the tree. */
    record Atom(int number) implements Node {}

    /** The same for all rows. */
    record Always(boolean value) implements Node {}

    /** Nothing is known. */
    record Unknown() implements Node {}
  }

  private final Node root;
  private final List<KeyAtom> atoms;
  private final int keyColumns;

  private KeyCondition(Node root, List<KeyAtom> atoms) {
    this.root = root;
    this.atoms = List.copyOf(atoms);
    this.keyColumns = atoms.stream().mapToInt(a -> a.keyColumn() + 1).max().orElse(0);
  }

  /**
   * The condition of a predicate on a key.
   *
   * @param predicate over the table's columns; null is always true
   * @param key the key's expressions over the same columns
   */
  public static KeyCondition of(@Nullable Expr predicate, List<Expr> key) {
    var atoms = new KeyAtoms(key);
    Node root = predicate == null ? new Node.Always(true) : build(predicate, false, atoms);
    return new KeyCondition(root, atoms.found());
  }

  Node root() {
    return root;
  }

  List<KeyAtom> atoms() {
    return atoms;
  }

  /** How many columns of the key, from the first on, the condition reads. */
  public int keyColumns() {
    return keyColumns;
  }

  /** Whether it leaves out nothing, whatever the values are. */
  public boolean isUseless() {
    return useless(root);
  }

  /** Whether no row can pass. */
  public boolean isAlwaysFalse() {
    return root instanceof Node.Always(boolean value) && !value;
  }

  /**
   * What a key of one column with texts can be where the predicate is true, NULL left aside: more
   * perhaps, but {@link TextRange#ALL} itself when nothing is left out.
   */
  public List<TextRange> texts() {
    return texts(root);
  }

  private List<TextRange> texts(Node n) {
    return switch (n) {
      case Node.And a -> {
        List<TextRange> all = TextRange.ALL;
        for (Node part : a.parts()) {
          List<TextRange> one = texts(part);
          all = isAll(one) ? all : isAll(all) ? one : TextRange.both(all, one);
        }
        yield all;
      }
      case Node.Or o -> {
        List<TextRange> any = new ArrayList<>();
        for (Node part : o.parts()) {
          List<TextRange> one = texts(part);
          if (isAll(one)) {
            yield one;
          }
          any.addAll(one);
        }
        yield TextRange.any(any);
      }
      case Node.Atom a -> texts(atoms.get(a.number()));
      case Node.Always a -> a.value() ? TextRange.ALL : List.of();
      case Node.Unknown _ -> TextRange.ALL;
    };
  }

  @SuppressWarnings("ReferenceEquality") // ranges that hold every text but not NULL are not ALL
  private static boolean isAll(List<TextRange> ranges) {
    return ranges == TextRange.ALL;
  }

  private static List<TextRange> texts(KeyAtom atom) {
    if (!atom.chain().isEmpty() || atom.keyColumn() != 0) {
      return TextRange.ALL;
    }
    return switch (atom.test()) {
      case KeyAtom.Test.Range r -> texts(r);
      case KeyAtom.Test.OneOf o when o.sorted() instanceof StringColumn s -> {
        List<TextRange> points = new ArrayList<>();
        for (int i = 0; i < s.size(); i++) {
          points.add(TextRange.point(s.get(i)));
        }
        yield TextRange.any(points);
      }
      case KeyAtom.Test.OneOf _,
          KeyAtom.Test.Except _,
          KeyAtom.Test.NoneOf _,
          KeyAtom.Test.IsNull _,
          KeyAtom.Test.IsNotNull _ ->
          TextRange.ALL;
    };
  }

  private static List<TextRange> texts(KeyAtom.Test.Range r) {
    byte[] from = new byte[0];
    byte[] to = null;
    if (r.low() != null) {
      if (!(r.low().full().plain() instanceof StringColumn low)) {
        return TextRange.ALL;
      }
      from = r.lowIncluded() ? low.get(0) : TextRange.behind(low.get(0));
    }
    if (r.high() != null) {
      if (!(r.high().full().plain() instanceof StringColumn high)) {
        return TextRange.ALL;
      }
      to = r.highIncluded() ? TextRange.behind(high.get(0)) : high.get(0);
    }
    return TextRange.both(TextRange.ALL, List.of(new TextRange(from, to)));
  }

  private static boolean useless(Node n) {
    return switch (n) {
      case Node.And a -> a.parts().stream().allMatch(KeyCondition::useless);
      case Node.Or o -> o.parts().stream().anyMatch(KeyCondition::useless);
      case Node.Atom _ -> false;
      case Node.Always a -> a.value();
      case Node.Unknown _ -> true;
    };
  }

  private static Node build(Expr e, boolean negated, KeyAtoms atoms) {
    if (e instanceof Expr.Constant c) {
      return constant(c, negated);
    }
    if (e instanceof Expr.Call c) {
      switch (c.name()) {
        case "and", "or" -> {
          List<Node> parts = new ArrayList<>();
          for (Expr a : c.arguments()) {
            parts.add(build(a, negated, atoms));
          }
          return c.name().equals("and") != negated ? new Node.And(parts) : new Node.Or(parts);
        }
        case "not" -> {
          return build(c.arguments().getFirst(), !negated, atoms);
        }
        default -> {
          // A condition on values.
        }
      }
    }
    return atoms.node(e, negated);
  }

  private static Node constant(Expr.Constant c, boolean negated) {
    Column v = c.value().full().plain();
    if (v.isNullAt(0) || NullableType.strip(c.type()) instanceof NothingType) {
      return new Node.Always(false);
    }
    KeyConstant zero = KeyConstant.of(v, c.type(), io.longhouse.column.type.FloatType.FLOAT64);
    if (zero == null || !(zero.value() instanceof io.longhouse.column.Float64Column f)) {
      return new Node.Unknown();
    }
    return new Node.Always((f.values()[0] != 0) != negated);
  }
}
