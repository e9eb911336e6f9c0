package io.longhouse.storage.index;

import io.longhouse.column.Column;
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
