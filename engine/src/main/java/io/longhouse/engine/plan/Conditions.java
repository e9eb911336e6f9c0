package io.longhouse.engine.plan;

import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.function.Functions;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ByteText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Conditions of filters: apart into conjuncts, and together again. */
public final class Conditions {
  private final QueryContext context;

  public Conditions(QueryContext context) {
    this.context = context;
  }

  /** A value converted by a function that takes a type's name. */
  public static Expr converted(String how, Expr e, DataType type, QueryContext context) {
    var name = new Expr.Constant(StringColumn.of(ByteText.encode(type.name())), StringType.TYPE);
    List<Expr> arguments = List.of(e, name);
    return new Expr.Call(
        how,
        Functions.resolve(how, arguments.stream().map(Expr::asArgument).toList(), context),
        arguments);
  }

  /**
   * What has to hold, part by part. {@code (a AND x) OR (a AND y)} gives {@code a} and {@code x OR
   * y}: an equality in every branch is a key for a join. Parts that may throw stay where they were.
   */
  List<Expr> conjuncts(Expr condition) {
    List<Expr> all = new ArrayList<>();
    for (Expr c : parts(condition, "and")) {
      all.addAll(factored(c));
    }
    return all;
  }

  /** The operands of AND, nested or not. */
  public static List<Expr> conjunctsOf(Expr condition) {
    return parts(condition, "and");
  }

  private List<Expr> factored(Expr e) {
    List<List<Expr>> branches = branches(e);
    if (branches.size() < 2 || !Exprs.isDeterministic(e)) {
      return List.of(e);
    }
    List<Expr> common =
        branches.getFirst().stream()
            .filter(c -> !c.mayThrow() && branches.stream().allMatch(b -> b.contains(c)))
            .distinct()
            .toList();
    if (common.isEmpty()) {
      return List.of(e);
    }
    List<Expr> result = new ArrayList<>(common);
    List<Expr> rest = new ArrayList<>();
    for (List<Expr> b : branches) {
      List<Expr> own = b.stream().filter(c -> !common.contains(c)).toList();
      if (own.isEmpty()) {
        return result;
      }
      rest.add(joined("and", own));
    }
    result.add(joined("or", rest));
    return result;
  }

  /**
   * What {@code a OR b} says about the parts that are chosen: {@code (l AND r) OR (l2 AND r2)}
   * implies {@code l OR l2}. Null when it says nothing; parts that could fail early are left out.
   */
  @Nullable Expr implied(Expr e, Predicate<Expr> chosen) {
    List<List<Expr>> branches = branches(e);
    if (branches.size() < 2 || !Exprs.isDeterministic(e)) {
      return null;
    }
    List<Expr> kept = new ArrayList<>();
    for (List<Expr> b : branches) {
      List<Expr> own = b.stream().filter(chosen).filter(c -> !c.mayThrow()).toList();
      if (own.isEmpty()) {
        return null;
      }
      kept.add(joined("and", own));
    }
    return joined("or", kept);
  }

  private static List<List<Expr>> branches(Expr e) {
    return parts(e, "or").stream().map(b -> parts(b, "and")).toList();
  }

  /** The operands of nested calls of an associative function. */
  static List<Expr> parts(Expr e, String function) {
    return e instanceof Expr.Call c && c.name().equals(function)
        ? c.arguments().stream().flatMap(a -> parts(a, function).stream()).toList()
        : List.of(e);
  }

  /** All of them as one condition; null for none. */
  public @Nullable Expr all(List<Expr> conditions) {
    return conditions.isEmpty() ? null : joined("and", conditions);
  }

  private Expr joined(String function, List<Expr> operands) {
    if (operands.size() == 1) {
      return operands.getFirst();
    }
    List<Expr> flat = operands.stream().flatMap(e -> parts(e, function).stream()).toList();
    return new Expr.Call(
        function,
        Functions.resolve(function, flat.stream().map(Expr::asArgument).toList(), context),
        flat);
  }
}
