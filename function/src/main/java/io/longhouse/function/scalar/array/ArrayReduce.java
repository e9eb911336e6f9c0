package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;

/** An aggregate function, named by a constant, over the elements of arrays. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayReduce",
    category = "Array",
    doc = "What an aggregate function makes of the elements of one or more arrays.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayReduceInRanges",
    category = "Array",
    doc = "What an aggregate function makes of each range, given by index and length, of arrays.")
final class ArrayReduce implements FunctionFactory {
  private final String name;

  ArrayReduce(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean ranges = name.endsWith("InRanges");
    int first = ranges ? 2 : 1;
    var s = new Signature(name, arguments).atLeast(first + 1);
    List<DataType> types = new ArrayList<>();
    for (int i = first; i < s.size(); i++) {
      types.add(s.array(i).element());
    }
    AggregateFunction f = aggregate(s.string(0).constantText(0), types);
    if (ranges) {
      requireRanges(s);
      return Resolved.throwing(new ArrayType(f.resultType()), (c, rows) -> inRanges(f, s, c, rows));
    }
    return Resolved.throwing(f.resultType(), (c, rows) -> reduce(f, c, rows));
  }

  /** The function of a text like {@code quantile(0.5)}. */
  private AggregateFunction aggregate(String text, List<DataType> types) {
    Expression e = Parser.parseExpression(text).bare();
    return switch (e) {
      case Identifier i -> Aggregates.resolve(i.name(), List.of(), types);
      case FunctionCall f ->
          Aggregates.resolve(f.name(), f.arguments().stream().map(this::parameter).toList(), types);
      default -> throw notAFunction(text);
    };
  }

  private LonghouseException notAFunction(String text) {
    return new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "First argument for function " + name + " must be an aggregate function, found " + text);
  }

  private Argument parameter(Expression e) {
    return switch (e.bare()) {
      case NumberLiteral n when n.isInteger() ->
          new Argument(
              n.kind() == NumberLiteral.Kind.INT64 ? IntegerType.INT64 : IntegerType.UINT64,
              Int64Column.of(n.bits()));
      case NumberLiteral n -> new Argument(FloatType.FLOAT64, Float64Column.of(n.doubleValue()));
      case Literal.StringLiteral t ->
          new Argument(StringType.TYPE, StringColumn.of(ByteText.encode(t.value())));
      default -> throw notAFunction(e.toString());
    };
  }

  private Column reduce(AggregateFunction f, Column[] c, int rows) {
    ArrayColumn first = Rows.array(c[1]);
    Column[] elements = elements(c, 1, first, rows);
    GroupStates states = GroupStates.of(f, rows);
    f.add(states, 0, 0, first.elementRows(), elements, first.offsets()[rows]);
    ColumnBuilder out = f.resultType().newBuilder(rows);
    f.result(states, 0, 0, 0, rows, out);
    return out.build();
  }

  private Column[] elements(Column[] c, int from, ArrayColumn first, int rows) {
    Column[] elements = new Column[c.length - from];
    for (int i = from; i < c.length; i++) {
      ArrayColumn a = Rows.array(c[i]);
      ArrayUniq.requireEqualLengths(name, first, a, i, rows);
      elements[i - from] = Rows.elements(a);
    }
    return elements;
  }

  private static void requireRanges(Signature s) {
    boolean fits =
        s.array(1).element() instanceof TupleType t
            && t.elements().size() == 2
            && t.elements().stream().allMatch(e -> e instanceof IntegerType i && i.bytes() <= 8);
    if (!fits) {
      throw s.illegal(1, "must be an array of tuples of two integers");
    }
  }

  /** Every range becomes a group; its elements are gathered, for ranges may overlap. */
  private Column inRanges(AggregateFunction f, Signature s, Column[] c, int rows) {
    ArrayColumn ranges = Rows.array(c[1]);
    var pairs = (TupleColumn) Rows.elements(ranges);
    var types = ((TupleType) s.array(1).element()).elements();
    long[] index =
        Rows.longs(pairs.elements().get(0).full(), ((IntegerType) types.get(0)).signed());
    long[] length =
        Rows.longs(pairs.elements().get(1).full(), ((IntegerType) types.get(1)).signed());
    ArrayColumn first = Rows.array(c[2]);
    Column[] elements = elements(c, 2, first, rows);
    int groups = ranges.offsets()[rows];
    var picker = new Picker(groups, first.offsets()[rows]);
    int[] o = first.offsets();
    for (int r = 0; r < rows; r++) {
      long n = o[r + 1] - o[r];
      for (int g = ranges.offsets()[r]; g < ranges.offsets()[r + 1]; g++) {
        long from = index[g] > 0 ? index[g] - 1 : index[g] < 0 ? n + index[g] : 0;
        long to = from + Math.clamp(length[g], 0, Integer.MAX_VALUE);
        picker.pickRange(o[r] + (int) Math.clamp(from, 0, n), o[r] + (int) Math.clamp(to, 0, n));
        picker.endRow();
      }
    }
    ArrayColumn[] picked = new ArrayColumn[elements.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = picker.build(elements[i], s.array(i + 2).element());
    }
    Column[] inputs = new Column[picked.length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = picked[i].elements();
    }
    GroupStates states = GroupStates.of(f, groups);
    f.add(states, 0, 0, picked[0].elementRows(), inputs, picked[0].offsets()[groups]);
    ColumnBuilder out = f.resultType().newBuilder(groups);
    f.result(states, 0, 0, 0, groups, out);
    return new ArrayColumn(ranges.offsets(), out.build(), rows);
  }
}
