package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.CommonType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans of queries that UNION, EXCEPT and INTERSECT combine, with columns of common types. */
final class SetOperations {
  private final Analyzer analyzer;

  SetOperations(Analyzer analyzer) {
    this.analyzer = analyzer;
  }

  /** INTERSECT binds tighter; the others go from left to right. */
  Plan plan(SetOperation o, @Nullable Frame outer, boolean isWhole) {
    Frame scope = sharedWith(o, outer);
    List<Plan> plans = new ArrayList<>();
    List<SetOperation.Operator> operators = new ArrayList<>();
    plans.add(analyzer.query(o.queries().getFirst(), outer, isWhole));
    for (int i = 1; i < o.queries().size(); i++) {
      Plan next = analyzer.query(o.queries().get(i), scope, isWhole);
      SetOperation.Operator op = o.operators().get(i - 1);
      if (op.name().startsWith("INTERSECT")) {
        plans.set(plans.size() - 1, combine(plans.getLast(), next, op));
      } else {
        plans.add(next);
        operators.add(op);
      }
    }
    return combineAll(plans, operators);
  }

  /** A WITH before the first query of a union holds for the others too. */
  private @Nullable Frame sharedWith(SetOperation o, @Nullable Frame outer) {
    if (o.queries().getFirst() instanceof Select s) {
      With with = s.with();
      if (with != null) {
        return new SelectAnalysis(s, analyzer, outer);
      }
    }
    return outer;
  }

  private Plan combineAll(List<Plan> plans, List<SetOperation.Operator> operators) {
    Plan result = plans.getFirst();
    for (int i = 0; i < operators.size(); ) {
      int end = i;
      while (end < operators.size() && isUnionAll(operators.get(end))) {
        end++;
      }
      if (end > i) {
        List<Plan> inputs = new ArrayList<>();
        inputs.add(result);
        inputs.addAll(plans.subList(i + 1, end + 1));
        result = union(inputs);
        i = end;
      } else {
        result = combine(result, plans.get(i + 1), operators.get(i));
        i++;
      }
    }
    return result;
  }

  private boolean isUnionAll(SetOperation.Operator op) {
    return switch (op) {
      case UNION_ALL -> true;
      case UNION -> unionMode().equals("ALL");
      default -> false;
    };
  }

  private String unionMode() {
    String mode = analyzer.context().settings().text("union_default_mode");
    if (mode.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.EXPECTED_ALL_OR_DISTINCT,
          "Expected ALL or DISTINCT in SelectWithUnion query; setting: (union_default_mode)");
    }
    return mode;
  }

  private Plan combine(Plan left, Plan right, SetOperation.Operator op) {
    return switch (op) {
      case UNION_ALL, UNION_DISTINCT, UNION -> {
        Plan all = union(List.of(left, right));
        yield op == SetOperation.Operator.UNION_DISTINCT || !isUnionAll(op) ? distinct(all) : all;
      }
      case EXCEPT, EXCEPT_ALL -> difference(left, right, false, false);
      case EXCEPT_DISTINCT -> distinct(difference(left, right, false, true));
      case INTERSECT, INTERSECT_ALL -> difference(left, right, true, false);
      case INTERSECT_DISTINCT -> difference(left, right, true, true);
    };
  }

  /** The plan's rows, each once. */
  static Plan distinct(Plan plan) {
    List<Integer> keys = new ArrayList<>();
    for (int i = 0; i < plan.header().size(); i++) {
      keys.add(i);
    }
    return new Plan.Distinct(plan, keys, 0);
  }

  private Plan difference(Plan left, Plan right, boolean intersect, boolean distinct) {
    List<Plan> same = sameTypes(List.of(left, right));
    return new Plan.SetDifference(same.get(0), same.get(1), intersect, distinct);
  }

  private Plan union(List<Plan> plans) {
    List<Plan> same = sameTypes(plans);
    return new Plan.Union(same, same.getFirst().header());
  }

  private List<Plan> sameTypes(List<Plan> plans) {
    Header first = plans.getFirst().header();
    List<DataType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      List<DataType> all = new ArrayList<>();
      for (Plan p : plans) {
        if (p.header().size() != first.size()) {
          throw new LonghouseException(
              ErrorCode.UNION_ALL_RESULT_STRUCTURES_MISMATCH,
              "Different number of columns in UNION elements: "
                  + first.size()
                  + " and "
                  + p.header().size());
        }
        all.add(p.header().type(i));
      }
      types.add(CommonType.of(all));
      names.add(first.name(i));
    }
    return plans.stream()
        .map(p ->
            p == plans.getFirst()
                    && p.header().fields().stream().map(Header.Field::type).toList().equals(types)
                ? p
                : analyzer.converted(p, types, names))
        .toList();
  }
}
