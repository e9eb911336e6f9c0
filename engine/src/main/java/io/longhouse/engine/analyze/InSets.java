package io.longhouse.engine.analyze;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int8Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.engine.exec.SizeLimit;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.shards.ShardSet;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Subquery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code IN} and its variants: builds the set of the right side. */
final class InSets {
  private static final Set<String> NAMES =
      Set.of(
          "in",
          "notIn",
          "globalIn",
          "globalNotIn",
          "nullIn",
          "notNullIn",
          "globalNullIn",
          "globalNotNullIn");

  private final Expressions expressions;
  private final Analyzer analyzer;

  /** A call in its place: the same call has the same set, which is built once. */
  private record Known(FunctionCall call, Expr left, Frame frame, boolean nulls) {}

  private final Map<Known, Expr> sets = new HashMap<>();

  /** Two sets are never the same, so no two calls are. */
  private final AtomicInteger setNumber = new AtomicInteger();

  InSets(Expressions expressions, Analyzer analyzer) {
    this.expressions = expressions;
    this.analyzer = analyzer;
  }

  static boolean isIn(String name) {
    return NAMES.contains(name);
  }

  Expr resolve(FunctionCall f, Frame frame) {
    if (f.arguments().size() != 2) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Function " + f.name() + " takes two arguments, found " + f.arguments().size());
    }
    boolean negated = f.name().contains("ot");
    Expr left = expressions.resolve(f.arguments().getFirst(), frame);
    boolean nulls = f.name().contains("ullIn") || transformsNull();
    if (nulls && !transformsNull() && something(left.type()) != left.type()) {
      return Literals.integer(negated ? 1 : 0, 1, false);
    }
    var known = new Known(f, left, frame, nulls);
    Expr done = sets.get(known);
    if (done == null) {
      done = resolve(f, nulls ? "nullIn" : "in", left, negated, frame);
      sets.put(known, done);
    }
    return done;
  }

  private boolean transformsNull() {
    return analyzer.context().settings().isOn("transform_null_in");
  }

  private Expr resolve(FunctionCall f, String name, Expr left, boolean negated, Frame frame) {
    Expression right = f.arguments().get(1).bare();
    boolean once = f.name().startsWith("global");
    if (right instanceof Subquery s) {
      return ofQuery(name, left, s.query(), frame, negated, once);
    }
    if (right instanceof Identifier id && frame.find(id) == null) {
      return ofQuery(name, left, analyzer.selectAll(id), frame, negated, once);
    }
    if (right instanceof FunctionCall list
        && (list.name().equals("tuple") || list.name().equals("array"))) {
      List<Expr> elements = expressions.arguments(list.arguments(), frame);
      return elements.stream().allMatch(Expr.Constant.class::isInstance)
          ? ofList(name, left, elements, list.name().equals("tuple"), negated)
          : ofExpressions(left, elements, negated);
    }
    if (right instanceof FunctionCall table && TableFunctionCalls.isTableFunction(table)) {
      return ofQuery(name, left, analyzer.selectAll(table), frame, negated, once);
    }
    Expr value = expressions.resolve(right, frame);
    if (value instanceof Expr.Constant c) {
      return ofConstant(name, left, c, negated);
    }
    if (value.type() instanceof ArrayType) {
      return not(expressions.call("has", value, left), negated);
    }
    if (value.type() instanceof MapType) {
      return not(expressions.call("mapContains", value, left), negated);
    }
    return not(expressions.call("equals", left, value), negated);
  }

  private Expr not(Expr e, boolean negated) {
    return negated ? expressions.call("not", e) : e;
  }

  private Expr ofExpressions(Expr left, List<Expr> elements, boolean negated) {
    List<Expr> equal = new ArrayList<>();
    for (Expr e : elements) {
      equal.add(expressions.call("equals", left, e));
    }
    Expr any = equal.size() == 1 ? equal.getFirst() : expressions.call("or", equal);
    return not(any, negated);
  }

  private Expr ofConstant(String name, Expr left, Expr.Constant c, boolean negated) {
    DataType type = NullableType.strip(c.type());
    List<Expr> elements = new ArrayList<>();
    if (type instanceof TupleType none && none.elements().isEmpty()) {
      return ofElements(name, left, elements, negated);
    }
    int deeper = depth(type) - depth(left.type());
    if (deeper < 0 || deeper > 1) {
      throw unsupported(left, c.type());
    }
    if (deeper == 0) {
      elements.add(c);
    } else if (type instanceof ArrayType a) {
      var column = (ArrayColumn) c.value().full();
      for (int i = 0; i < column.lengthAt(0); i++) {
        elements.add(new Expr.Constant(column.elements().slice(i, 1), a.element()));
      }
    } else if (type instanceof TupleType t) {
      var column = (TupleColumn) c.value().full();
      for (int i = 0; i < t.elements().size(); i++) {
        elements.add(new Expr.Constant(column.elements().get(i), t.elements().get(i)));
      }
    } else {
      throw unsupported(left, c.type());
    }
    return ofElements(name, left, elements, negated);
  }

  /** A list as it is written, which is a single element when the left side is as deep. */
  private Expr ofList(
      String name, Expr left, List<Expr> elements, boolean isTuple, boolean negated) {
    int own = depth(left.type());
    int inside = elements.isEmpty() ? own : depth(elements.getFirst().type());
    if (inside == own) {
      return ofElements(name, left, elements, negated);
    }
    if (inside + 1 != own) {
      throw unsupported(left, elements.getFirst().type());
    }
    Expr single = isTuple ? tupleOf(elements) : expressions.call("array", elements);
    return ofElements(name, left, List.of(single), negated);
  }

  private static LonghouseException unsupported(Expr left, DataType right) {
    return new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Unsupported types for IN. First argument type "
            + left.type().name()
            + ". Second argument type "
            + right.name());
  }

  /**
   * How deep arrays and tuples are nested, by their first elements. A right side as deep as the
   * left one is a single element, one that is deeper by one is a list of elements.
   */
  private static int depth(DataType type) {
    int depth = 0;
    DataType t = LowCardinalityType.strip(type);
    while (true) {
      t = NullableType.strip(t);
      switch (t) {
        case ArrayType a -> t = a.element();
        case TupleType u when !u.elements().isEmpty() -> t = u.elements().getFirst();
        default -> {
          return depth;
        }
      }
      depth++;
    }
  }

  private Expr ofElements(String name, Expr left, List<Expr> elements, boolean negated) {
    boolean nulls = name.equals("nullIn");
    List<DataType> types = new ArrayList<>(SetMembership.keyTypes(left.type()));
    types.replaceAll(t -> nulls ? NullableType.orSame(something(t)) : t);
    List<ColumnBuilder> builders = new ArrayList<>();
    types.forEach(t -> builders.add(t.newBuilder(elements.size())));
    for (Expr e : elements) {
      addElement((Expr.Constant) e, left.type(), types, builders, nulls);
    }
    Column[] columns = builders.stream().map(ColumnBuilder::build).toArray(Column[]::new);
    return membership(name, nulls ? withoutNothing(left) : left, types, columns, negated, nulls);
  }

  /** NULL is in a set of any type, so where nothing tells the type any will do. */
  private static DataType something(DataType type) {
    return NullableType.strip(type) instanceof NothingType ? IntegerType.UINT8 : type;
  }

  private Expr withoutNothing(Expr left) {
    if (left.type() instanceof TupleType t
        && t.elements().stream().anyMatch(e -> something(e) != e)) {
      List<Expr> parts = new ArrayList<>();
      for (int i = 0; i < t.elements().size(); i++) {
        Expr place = Literals.integer(i + 1, 1, false);
        parts.add(withoutNothing(expressions.call("tupleElement", left, place)));
      }
      return expressions.call("tuple", parts);
    }
    DataType type = something(left.type());
    return type == left.type() ? left : analyzer.cast(left, NullableType.orSame(type));
  }

  private static Expr.Constant tupleOf(List<Expr> elements) {
    List<Column> values = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (Expr e : elements) {
      values.add(((Expr.Constant) e).value());
      types.add(e.type());
    }
    return new Expr.Constant(new TupleColumn(values, 1), new TupleType(types));
  }

  private void addElement(
      Expr.Constant e,
      DataType left,
      List<DataType> types,
      List<ColumnBuilder> builders,
      boolean nulls) {
    List<Expr.Constant> parts = new ArrayList<>();
    if (left instanceof TupleType) {
      if (!(e.type() instanceof TupleType t) || t.elements().size() != types.size()) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_ELEMENT_OF_SET,
            "Incorrect element of set: expected a tuple of "
                + types.size()
                + " elements, found "
                + e.type().name());
      }
      var column = (TupleColumn) e.value().full();
      for (int i = 0; i < types.size(); i++) {
        parts.add(new Expr.Constant(column.elements().get(i), t.elements().get(i)));
      }
    } else {
      parts.add(e);
    }
    List<Column> cast = new ArrayList<>();
    List<DataType> written = SetMembership.keyTypes(left);
    for (int i = 0; i < parts.size(); i++) {
      boolean isNull = parts.get(i).value().plain().full().isNullAt(0);
      boolean isNothing = NullableType.strip(written.get(i)) instanceof NothingType;
      if (isNothing && !(nulls && isNull)
          || isNull && !(nulls && types.get(i) instanceof NullableType)) {
        return;
      }
      Column c = isNull ? types.get(i).defaultValue() : converted(parts.get(i), types.get(i));
      if (c.isNullAt(0) && !isNull) {
        return;
      }
      cast.add(c);
    }
    for (int i = 0; i < cast.size(); i++) {
      builders.get(i).append(cast.get(i), 0);
    }
  }

  /** The value in the left side's type; NULL when that type cannot hold it. */
  private Column converted(Expr.Constant value, DataType type) {
    DataType bare = NullableType.strip(type);
    if (value.type().equals(bare)) {
      return value.value().plain();
    }
    if (NullableType.strip(value.type()) instanceof TupleType != bare instanceof TupleType) {
      throw new LonghouseException(
          ErrorCode.TYPE_MISMATCH,
          "Type mismatch in IN or VALUES section. Expected: "
              + bare.name()
              + ". Got: "
              + value.type().name());
    }
    if (bare.canBeInsideNullable()) {
      return Literals.cast("accurateCastOrNull", value, bare, expressions.context());
    }
    try {
      return Literals.cast("_CAST", value, bare, expressions.context());
    } catch (LonghouseException e) {
      if (e.code() == ErrorCode.CANNOT_CONVERT_TYPE.code()) {
        return NullableType.orSame(NothingType.TYPE).defaultValue();
      }
      throw e;
    }
  }

  /**
   * @param once whether shards get the set of this server
   */
  private Expr ofQuery(
      String name, Expr left, Query query, Frame frame, boolean negated, boolean once) {
    var around = new CorrelationFrame(frame);
    Plan plan = analyzer.subquery(query, around);
    int expected =
        left.type() instanceof TupleType t && plan.header().size() != 1 ? t.elements().size() : 1;
    if (plan.header().size() != expected) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_COLUMNS_DOESNT_MATCH,
          "Number of columns in section IN doesn't match. "
              + expected
              + " at left, "
              + plan.header().size()
              + " at right.");
    }
    if (!around.captures().isEmpty()) {
      return correlated(left, plan, around, frame, negated);
    }
    DistributedProduct.Set set = DistributedProduct.set(plan, once, analyzer);
    return set.ofShards() && name.equals("in")
        ? ofShards(name, left, set.plan(), negated)
        : ofRows(name, left, set.plan(), negated);
  }

  /** Each shard makes the set of its own tables. */
  private Expr ofShards(String name, Expr left, Plan plan, boolean negated) {
    Expr converted = convertLeft(left, keyType(left, setTypes(plan)));
    var set =
        new ShardSet(IntegerType.UINT8, plan, negated, key -> ofRows(name, key, plan, negated));
    FunctionFactory factory = (_, _) -> set;
    var function =
        Functions.resolve(factory, List.of(converted.asArgument()), expressions.context());
    return new Expr.Call(name + setNumber.incrementAndGet(), function, List.of(converted));
  }

  private static List<DataType> setTypes(Plan plan) {
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < plan.header().size(); i++) {
      types.add(NullableType.strip(LowCardinalityType.strip(plan.header().type(i))));
    }
    return types.size() == 1 && types.getFirst() instanceof TupleType t
        ? new ArrayList<>(t.elements().stream().map(NullableType::strip).toList())
        : types;
  }

  private static DataType keyType(Expr left, List<DataType> types) {
    return left.type() instanceof TupleType ? new TupleType(types) : types.getFirst();
  }

  private Expr ofRows(String name, Expr left, Plan plan, boolean negated) {
    Block rows = analyzer.values().runSet(plan);
    List<DataType> types = setTypes(plan);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < plan.header().size(); i++) {
      columns.add(rows.column(i).plain());
    }
    if (columns.size() == 1
        && NullableType.strip(LowCardinalityType.strip(plan.header().type(0)))
            instanceof TupleType) {
      var tuple = (TupleColumn) columns.getFirst();
      columns = new ArrayList<>(tuple.elements().stream().map(Column::plain).toList());
    }
    boolean nulls = name.equals("nullIn");
    List<DataType> own = SetMembership.keyTypes(left.type());
    for (int i = 0; i < types.size() && types.size() == own.size(); i++) {
      if (types.get(i) instanceof NothingType) {
        DataType any = something(own.get(i));
        types.set(i, any);
        columns.set(i, NullableType.orSame(any).defaults(rows.rows()).plain().full());
      }
    }
    Column[] keys = nulls ? columns.toArray(Column[]::new) : NotNullRows.of(columns, rows.rows());
    if (nulls) {
      for (int i = 0; i < keys.length; i++) {
        types.set(i, NullableType.orSame(types.get(i)));
        keys[i] = SetMembership.nullable(types.get(i), keys[i]);
      }
    }
    Expr converted = convertLeft(nulls ? withoutNothing(left) : left, keyType(left, types));
    return membership(name, converted, types, keys, negated, nulls);
  }

  /** A set that differs from row to row: whether it has a row equal to the left side. */
  private Expr correlated(
      Expr left, Plan plan, CorrelationFrame around, Frame frame, boolean negated) {
    Plan equal = plan;
    for (int i = 0; i < plan.header().size(); i++) {
      Expr part =
          plan.header().size() == 1
              ? left
              : expressions.call("tupleElement", left, Literals.integer(i + 1, 1, false));
      Expr column = new Expr.Input(i, plan.header().type(i));
      equal = new Plan.Filter(equal, expressions.call("equals", column, around.capture(part)));
    }
    Expr found = not(frame.correlated(new Subplan(true, equal, around.captures())), negated);
    if (!(left.type() instanceof NullableType)) {
      return found;
    }
    Expr none = Literals.constant(new io.longhouse.sql.ast.Literal.NullLiteral());
    return expressions.call("if", expressions.call("isNull", left), none, found);
  }

  /** The left side in the set's types; what does not fit becomes NULL, which is in no set. */
  private Expr convertLeft(Expr left, DataType type) {
    DataType own =
        NullableType.strip(io.longhouse.column.type.LowCardinalityType.strip(left.type()));
    if (own.equals(NullableType.strip(type))) {
      return left;
    }
    if (type instanceof TupleType t && left.type() instanceof TupleType l) {
      List<Expr> parts = new ArrayList<>();
      for (int i = 0; i < t.elements().size(); i++) {
        Expr part = expressions.call("tupleElement", left, Literals.integer(i + 1, 1, false));
        parts.add(convertLeft(part, NullableType.strip(t.elements().get(i))));
      }
      return l.elements().equals(t.elements()) ? left : expressions.call("tuple", parts);
    }
    DataType bare = NullableType.strip(type);
    String how = bare.canBeInsideNullable() ? "accurateCastOrNull" : "_CAST";
    return expressions.call(
        how, left, Literals.constant(io.longhouse.sql.ast.Literal.of(bare.name())));
  }

  private Expr membership(
      String name,
      Expr left,
      List<DataType> types,
      Column[] elements,
      boolean negated,
      boolean nulls) {
    var set = new SetMembership(types, elements, negated, nulls);
    set.check(SizeLimit.ofSet(analyzer.context().settings()));
    var function =
        Functions.resolve(set.factory(), List.of(left.asArgument()), expressions.context());
    if (elements[0].size() == 0 && !nulls && !(left.type() instanceof NullableType)) {
      return Literals.integer(negated ? 1 : 0, 1, false);
    }
    var call = new Expr.Call(name + setNumber.incrementAndGet(), function, List.of(left));
    boolean isEmpty = elements.length == 0 || elements[0].size() == 0;
    if (isEmpty && call.type().equals(IntegerType.UINT8)) {
      return new Expr.Constant(Int8Column.of((byte) (negated ? 1 : 0)), IntegerType.UINT8);
    }
    return Expressions.fold(call);
  }
}
