package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.lookup.JoinTable;
import io.longhouse.function.CommonType;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Join;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JOIN: which comparisons are keys, what is filtered on a side, what remains as a condition
 * over pairs. Keys that are not columns are computed as columns behind a side's own.
 */
final class JoinAnalysis {
  private static final Set<String> INEQUALITIES =
      Set.of("less", "lessOrEquals", "greater", "greaterOrEquals");

  private final SelectAnalysis select;
  private final Relation left;
  private final Relation right;
  private final Join join;
  private final boolean global;
  private final Plan.JoinKind kind;
  private final Plan.JoinStrictness strictness;
  private final boolean nulls;
  private final int leftSize;
  private final List<Expr> leftColumns;
  private final List<Expr> rightColumns;
  private final List<Integer> leftKeys = new ArrayList<>();
  private final List<Integer> rightKeys = new ArrayList<>();
  private final List<Expr> leftFilters = new ArrayList<>();
  private final List<Expr> rightFilters = new ArrayList<>();
  private final List<Expr> residual = new ArrayList<>();
  private @Nullable String asof;

  JoinAnalysis(SelectAnalysis select, Relation left, Relation right, Join join) {
    this.select = select;
    DistributedProduct.Side side =
        DistributedProduct.right(
            left, right, join.locality() == Join.Locality.GLOBAL, select.analyzer);
    this.left = left;
    this.right = side.relation();
    this.global = side.global();
    this.join = join;
    this.kind = kind(join);
    this.strictness = strictness(join, select);
    this.nulls = select.analyzer.context().settings().isOn("join_use_nulls");
    this.leftSize = left.plan().header().size();
    this.leftColumns = new ArrayList<>(Plan.allColumns(left.plan().header()));
    this.rightColumns = new ArrayList<>(Plan.allColumns(right.plan().header()));
  }

  private static Plan.JoinKind kind(Join j) {
    return switch (j.kind()) {
      case INNER -> Plan.JoinKind.INNER;
      case LEFT -> Plan.JoinKind.LEFT;
      case RIGHT -> Plan.JoinKind.RIGHT;
      case FULL -> Plan.JoinKind.FULL;
      case CROSS, COMMA -> Plan.JoinKind.CROSS;
      case PASTE -> Plan.JoinKind.PASTE;
    };
  }

  private static Plan.JoinStrictness strictness(Join j, SelectAnalysis select) {
    return switch (j.strictness()) {
      case UNSPECIFIED -> {
        boolean every =
            switch (j.kind()) {
              case CROSS, COMMA, PASTE -> true;
              case INNER, LEFT, RIGHT, FULL -> false;
            };
        String mode = select.analyzer.context().settings().text("join_default_strictness");
        if (mode.isEmpty() && !every) {
          throw new LonghouseException(
              ErrorCode.EXPECTED_ALL_OR_ANY,
              "Expected ANY or ALL in JOIN section, because setting (join_default_strictness) is"
                  + " empty");
        }
        yield mode.equals("ANY") && !every ? Plan.JoinStrictness.ANY : Plan.JoinStrictness.ALL;
      }
      case ALL -> Plan.JoinStrictness.ALL;
      case ANY, ONLY -> Plan.JoinStrictness.ANY;
      case ASOF -> Plan.JoinStrictness.ASOF;
      case SEMI -> Plan.JoinStrictness.SEMI;
      case ANTI -> Plan.JoinStrictness.ANTI;
    };
  }

  Relation relation() {
    List<Expression> using = using();
    Expression on = join.on();
    if (using != null) {
      return using(using);
    }
    if (on != null) {
      for (Expr c : Conditions.conjunctsOf(resolveOn(on))) {
        classify(c);
      }
      if (strictness == Plan.JoinStrictness.ASOF && asof == null) {
        throw new LonghouseException(
            ErrorCode.INVALID_JOIN_ON_EXPRESSION,
            "ASOF JOIN requires an inequality between columns of both sides");
      }
    } else if (kind != Plan.JoinKind.CROSS && kind != Plan.JoinKind.PASTE) {
      throw new LonghouseException(
          ErrorCode.INVALID_JOIN_ON_EXPRESSION,
          "JOIN requires ON or USING in scope " + select.describe());
    }
    Plan plan = plan();
    return new Relation(plan, shown(plan));
  }

  private @Nullable List<Expression> using() {
    if (!join.natural()) {
      return join.using();
    }
    List<Expression> common = new ArrayList<>();
    for (VisibleColumn c : left.columns()) {
      if (c.inAsterisk()
          && right.columns().stream().anyMatch(r -> r.inAsterisk() && r.name().equals(c.name()))) {
        common.add(Identifier.of(c.name()));
      }
    }
    return common;
  }

  /** Resolves the condition over left columns, then right ones. */
  private Expr resolveOn(Expression on) {
    List<VisibleColumn> both = new ArrayList<>(left.columns());
    right.columns().forEach(c -> both.add(c.shifted(leftSize)));
    List<Header.Field> fields = new ArrayList<>(left.plan().header().fields());
    fields.addAll(right.plan().header().fields());
    select.relation(new Relation(new Plan.Values(new Header(fields), List.of()), both));
    return select.expressions.resolve(on, select);
  }

  private boolean isLeft(Expr e) {
    return Exprs.inputs(e).stream().allMatch(i -> i < leftSize);
  }

  private boolean isRight(Expr e) {
    return Exprs.inputs(e).stream().allMatch(i -> i >= leftSize);
  }

  private Expr ofRight(Expr e) {
    return Exprs.shift(e, -leftSize);
  }

  private void classify(Expr c) {
    if (Decorrelation.isCorrelated(c)) {
      residual.add(c);
      return;
    }
    if (c instanceof Expr.Call call && call.arguments().size() == 2 && !Exprs.inputs(c).isEmpty()) {
      Expr a = call.arguments().get(0);
      Expr b = call.arguments().get(1);
      boolean straight =
          isLeft(a) && isRight(b) && !Exprs.inputs(a).isEmpty() && !Exprs.inputs(b).isEmpty();
      boolean crossed =
          isRight(a) && isLeft(b) && !Exprs.inputs(a).isEmpty() && !Exprs.inputs(b).isEmpty();
      if (call.name().equals("equals") && (straight || crossed)) {
        addKey(straight ? a : b, ofRight(straight ? b : a));
        return;
      }
      if (strictness == Plan.JoinStrictness.ASOF
          && INEQUALITIES.contains(call.name())
          && (straight || crossed)) {
        asof = straight ? call.name() : mirrored(call.name());
        addAsofKey(straight ? a : b, ofRight(straight ? b : a));
        return;
      }
    }
    boolean onLeft = isLeft(c);
    boolean onRight = isRight(c);
    boolean constant = onLeft && onRight;
    if (!constant && onLeft && (kind == Plan.JoinKind.INNER || kind == Plan.JoinKind.RIGHT)) {
      leftFilters.add(c);
    } else if (!constant
        && onRight
        && (kind == Plan.JoinKind.INNER || kind == Plan.JoinKind.LEFT)) {
      rightFilters.add(ofRight(c));
    } else {
      residual.add(c);
    }
  }

  private static String mirrored(String comparison) {
    return switch (comparison) {
      case "less" -> "greater";
      case "lessOrEquals" -> "greaterOrEquals";
      case "greater" -> "less";
      default -> "lessOrEquals";
    };
  }

  private void addKey(Expr l, Expr r) {
    DataType common = commonType(l, r);
    int at = asof == null ? leftKeys.size() : leftKeys.size() - 1;
    leftKeys.add(at, place(leftColumns, cast(l, common)));
    rightKeys.add(at, place(rightColumns, cast(r, common)));
  }

  /** The compared pair of ASOF stands last. */
  private void addAsofKey(Expr l, Expr r) {
    DataType common = commonType(l, r);
    leftKeys.add(place(leftColumns, cast(l, common)));
    rightKeys.add(place(rightColumns, cast(r, common)));
  }

  static DataType commonType(Expr l, Expr r) {
    if (l.type().equals(r.type())) {
      return l.type();
    }
    try {
      return CommonType.of(
          List.of(
              io.longhouse.column.type.LowCardinalityType.strip(l.type()),
              io.longhouse.column.type.LowCardinalityType.strip(r.type())));
    } catch (LonghouseException e) {
      throw new LonghouseException(
          ErrorCode.TYPE_MISMATCH,
          "JOIN cannot infer common type for keys "
              + l.type().name()
              + " and "
              + r.type().name()
              + ": "
              + e.message(),
          e);
    }
  }

  private Expr cast(Expr e, DataType type) {
    return e.type().equals(type)
        ? e
        : select.expressions.call("_CAST", e, Literals.constant(Literal.of(type.name())));
  }

  private static int place(List<Expr> columns, Expr e) {
    int at = columns.indexOf(e);
    if (at < 0) {
      at = columns.size();
      columns.add(e);
    }
    return at;
  }

  private Plan side(Relation r, List<Expr> filters, List<Expr> columns) {
    Plan plan = r.plan();
    for (Expr f : filters) {
      plan = new Plan.Filter(plan, f);
    }
    int own = r.plan().header().size();
    if (columns.size() == own) {
      return plan;
    }
    List<Header.Field> fields = new ArrayList<>(r.plan().header().fields());
    for (int i = own; i < columns.size(); i++) {
      fields.add(new Header.Field("joinKey" + i, columns.get(i).type()));
    }
    return new Plan.Project(plan, columns, new Header(fields));
  }

  private Plan.Join plan() {
    if (right.plan() instanceof Plan.Scan s && s.table() instanceof JoinTable t) {
      t.checkJoin(kind.name(), strictness.name(), nulls);
    }
    Plan l = side(left, leftFilters, leftColumns);
    Plan r = side(right, rightFilters, rightColumns);
    int shift = l.header().size() - leftSize;
    Expr condition = null;
    for (Expr c : residual) {
      Expr moved = Exprs.map(c, i -> i < leftSize || i >= Rewrite.OUTER ? i : i + shift);
      condition = condition == null ? moved : select.expressions.call("and", condition, moved);
    }
    boolean nullLeft = nulls && (kind == Plan.JoinKind.RIGHT || kind == Plan.JoinKind.FULL);
    boolean nullRight = nulls && (kind == Plan.JoinKind.LEFT || kind == Plan.JoinKind.FULL);
    List<Header.Field> fields = new ArrayList<>();
    l.header().fields().forEach(f -> fields.add(field(f, nullLeft)));
    r.header().fields().forEach(f -> fields.add(field(f, nullRight)));
    return new Plan.Join(
        l,
        r,
        kind,
        strictness,
        leftKeys,
        rightKeys,
        condition,
        asof,
        nulls,
        global,
        new Header(fields));
  }

  private static Header.Field field(Header.Field f, boolean nullable) {
    return nullable ? new Header.Field(f.name(), NullableType.orSame(f.type())) : f;
  }

  /** Both sides' columns at their places in the join's header. */
  private List<VisibleColumn> shown(Plan plan) {
    int shift = leftColumns.size();
    List<VisibleColumn> all = new ArrayList<>();
    for (VisibleColumn c : left.columns()) {
      all.add(c.index() < 0 ? c : c.withType(plan.header().type(c.index())));
    }
    for (VisibleColumn c : right.columns()) {
      VisibleColumn moved = c.shifted(shift);
      all.add(moved.index() < 0 ? moved : moved.withType(plan.header().type(moved.index())));
    }
    return all;
  }

  /** USING: each pair of columns is one column of the result. */
  private Relation using(List<Expression> names) {
    List<VisibleColumn> leftUsed = new ArrayList<>();
    List<VisibleColumn> rightUsed = new ArrayList<>();
    List<Expr> aliasKeys = new ArrayList<>();
    for (Expression e : names) {
      if (!(e.bare() instanceof Identifier id)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "USING clause expected identifier. Actual: " + Formatter.formatOneLine(e));
      }
      String onRight = e instanceof Aliased a ? a.alias() : id.last();
      Expr computed = topLevel(id.last());
      if (computed != null) {
        aliasKeys.add(computed);
        aliasKeys.add(select.columnOf(right, one(right, onRight)));
        continue;
      }
      leftUsed.add(one(left, id.last()));
      rightUsed.add(one(right, onRight));
    }
    for (int i = 0; i < leftUsed.size(); i++) {
      boolean last = i == leftUsed.size() - 1;
      Expr l = select.columnOf(left, leftUsed.get(i));
      Expr r = select.columnOf(right, rightUsed.get(i));
      if (last && strictness == Plan.JoinStrictness.ASOF) {
        asof = "greaterOrEquals";
        addAsofKey(l, r);
      } else {
        addKey(l, r);
      }
    }
    for (int i = 0; i < aliasKeys.size(); i += 2) {
      addKey(aliasKeys.get(i), aliasKeys.get(i + 1));
    }
    int marker =
        kind == Plan.JoinKind.FULL ? place(leftColumns, Literals.integer(1, 1, false)) : -1;
    Plan.Join joined = plan();
    return merged(joined, leftUsed, rightUsed, marker);
  }

  /**
   * A name that only the list behind SELECT gives, {@code
   * analyzer_compatibility_join_using_top_level_identifier}: its value on the left side.
   */
  private @Nullable Expr topLevel(String name) {
    Expression alias = left.named(name).isEmpty() ? select.alias(name) : null;
    String setting = "analyzer_compatibility_join_using_top_level_identifier";
    if (alias == null || !select.analyzer.context().settings().isOn(setting)) {
      return null;
    }
    select.relation(left);
    return select.expressions.resolve(alias, select);
  }

  private Relation merged(
      Plan.Join joined, List<VisibleColumn> leftUsed, List<VisibleColumn> rightUsed, int marker) {
    List<Expr> columns = new ArrayList<>(Plan.allColumns(joined.header()));
    List<Header.Field> fields = new ArrayList<>(joined.header().fields());
    List<VisibleColumn> visible = shown(joined);
    int shift = leftColumns.size();
    for (int k = 0; k < leftUsed.size(); k++) {
      Expr l = columns.get(leftKeys.get(k));
      Expr r = columns.get(shift + rightKeys.get(k));
      Expr value =
          switch (kind) {
            case RIGHT -> r;
            case FULL -> select.expressions.call("if", columns.get(marker), l, r);
            default -> l;
          };
      int at = columns.size();
      columns.add(value);
      fields.add(new Header.Field(leftUsed.get(k).name(), value.type()));
      int place = left.columns().indexOf(leftUsed.get(k));
      if (place >= 0) {
        visible.set(place, visible.get(place).at(at).withType(value.type()));
      }
      int rightPlace = left.columns().size() + right.columns().indexOf(rightUsed.get(k));
      if (leftUsed.get(k).name().equals(rightUsed.get(k).name())) {
        visible.set(rightPlace, visible.get(rightPlace).hide());
      }
    }
    return new Relation(new Plan.Project(joined, columns, new Header(fields)), visible);
  }

  private VisibleColumn one(Relation side, String name) {
    List<VisibleColumn> found = side.named(name);
    if (found.isEmpty() && side == left && select.named(left, name) instanceof VisibleColumn c) {
      return c;
    }
    if (found.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_IDENTIFIER,
          "Using identifier '"
              + name
              + "' cannot be resolved from "
              + (side == left ? "left" : "right")
              + " table expression in scope "
              + select.describe());
    }
    return found.getFirst();
  }
}
