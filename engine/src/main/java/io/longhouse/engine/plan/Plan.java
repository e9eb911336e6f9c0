package io.longhouse.engine.plan;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.window.WindowFrame;
import io.longhouse.function.window.WindowFunction;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A step of a query with the steps that feed it. Inputs of an expression are the feeding header's.
 */
public sealed interface Plan {
  Header header();

  /** One row without columns: what {@code SELECT 1} reads. */
  record OneRow() implements Plan {
    @Override
    public Header header() {
      return new Header(List.of());
    }
  }

  /** Blocks that are known already. */
  record Values(Header header, List<Block> blocks) implements Plan {}

  /** Columns of a table, in the order of the request, with the request's filter applied. */
  record Scan(Table table, ScanRequest request, Header header) implements Plan {}

  /**
   * A read that is not allowed yet: the optimizer asks about the columns that are needed and puts
   * the input in its place. It cannot be run.
   */
  record Secured(Plan input, SessionAccess access, String database, String table) implements Plan {
    @Override
    public Header header() {
      return input.header();
    }

    /**
     * @throws io.longhouse.sql.LonghouseException ACCESS_DENIED (497)
     */
    public void check(Set<Integer> needed) {
      List<String> all = header().fields().stream().map(Header.Field::name).toList();
      List<String> columns = needed.stream().map(all::get).toList();
      access.checkSelect(database, table, columns, all);
    }
  }

  /** The rows for which the condition is neither 0 nor NULL. */
  record Filter(Plan input, Expr condition) implements Plan {
    @Override
    public Header header() {
      return input.header();
    }
  }

  /**
   * What a row policy of a view lets through of it. No step above it gets below.
   *
   * @param name the view's
   */
  record Guarded(Plan input, Expr condition, TableId name) implements Plan {
    @Override
    public Header header() {
      return input.header();
    }
  }

  /** Other columns for the same rows. */
  record Project(Plan input, List<Expr> expressions, Header header) implements Plan {
    public Project {
      expressions = List.copyOf(expressions);
    }
  }

  /** A row for each element of the array columns at {@code columns}, which go on as elements. */
  record ArrayJoin(Plan input, List<Integer> columns, boolean left, Header header)
      implements Plan {}

  /**
   * A call of an aggregate function over the input's rows.
   *
   * @param name the function's, then its parameters in brackets
   * @param parameters of a parametric function
   */
  record AggregateCall(
      String name, AggregateFunction function, List<Argument> parameters, List<Expr> arguments) {
    public DataType type() {
      return function.resultType();
    }

    /** The name without parameters. */
    public String functionName() {
      int bracket = name.indexOf('[');
      return bracket < 0 ? name : name.substring(0, bracket);
    }

    /** The same call of other arguments. */
    public AggregateCall of(List<Expr> others) {
      return new AggregateCall(name, function, parameters, others);
    }
  }

  /**
   * Groups. The header has the keys, then (with several grouping sets) the set's number, then the
   * aggregates.
   *
   * @param groupingSets for each set the keys that belong to it; empty for the plain GROUP BY
   * @param having over this step's header
   * @param totals whether to compute totals over the groups that {@code having} keeps
   */
  record Aggregate(
      Plan input,
      List<Expr> keys,
      List<List<Integer>> groupingSets,
      List<AggregateCall> aggregates,
      @Nullable Expr having,
      boolean totals,
      Header header)
      implements Plan {
    public boolean hasGroupingSets() {
      return !groupingSets.isEmpty();
    }
  }

  /** A key of an order: a column of the input. */
  record SortKey(int column, boolean descending, boolean nullsFirst, @Nullable String collation) {
    /** Where NULL and NaN go, as {@code DataType.compare} of ascending values takes it. */
    public int nullsDirection() {
      return nullsFirst == descending ? 1 : -1;
    }
  }

  /** Sorted rows; with {@code limit > 0} only the first so many are needed. */
  record Sort(Plan input, List<SortKey> keys, long limit) implements Plan {
    @Override
    public Header header() {
      return input.header();
    }
  }

  /**
   * Rows of a table's scan with further columns, which are read when only few rows are left.
   *
   * @param input steps over one scan, with its {@code _part_index} and {@code _part_offset} as the
   *     columns at {@code address} and behind
   * @param places for each column of the header its place in the input, or -1 for one that is read
   *     by its name
   */
  record LateColumns(Plan input, List<Integer> places, int address, Header header) implements Plan {
    public LateColumns {
      places = List.copyOf(places);
    }

    /** The scan that the rows come from. */
    public Scan scan() {
      Plan p = input;
      while (!(p instanceof Scan)) {
        p = p.inputs().getFirst();
      }
      return (Scan) p;
    }

    /** The columns that are read late. */
    public List<String> names() {
      return IntStream.range(0, places.size())
          .filter(i -> places.get(i) < 0)
          .mapToObj(header::name)
          .toList();
    }
  }

  /** Rows {@code [offset, offset + limit)}, and with ties those equal to the last one. */
  record Limit(Plan input, long limit, long offset, List<SortKey> ties, boolean countAll)
      implements Plan {
    @Override
    public Header header() {
      return input.header();
    }
  }

  /**
   * A number of rows at either end of all rows, or a share of them.
   *
   * @param share of all rows, rounded up; 0 when {@code rows} says how many
   */
  record Amount(long rows, double share, boolean fromEnd) {}

  /**
   * What LIMIT and OFFSET leave when one of them is about the end or a share of the rows: the
   * offsets are cut off, then the limit counts from the end that it is about.
   *
   * @param limit null for all rows
   */
  record Slice(Plan input, @Nullable Amount limit, Amount offset, List<SortKey> ties)
      implements Plan {
    @Override
    public Header header() {
      return input.header();
    }
  }

  /**
   * For each value of the key columns, rows {@code [offset, offset + limit)}; either one counts
   * from the last row when it is negative.
   */
  record LimitBy(Plan input, long limit, long offset, List<Integer> keys) implements Plan {
    @Override
    public Header header() {
      return input.header();
    }
  }

  /** The first row of each combination of all columns; {@code limit > 0} when so many suffice. */
  record Distinct(Plan input, List<Integer> keys, long limit) implements Plan {
    @Override
    public Header header() {
      return input.header();
    }
  }

  /** The rows of all inputs, whose headers have the same types. */
  record Union(List<Plan> inputs, Header header) implements Plan {}

  /** Rows of the left that are (INTERSECT) or are not (EXCEPT) in the right. */
  record SetDifference(Plan left, Plan right, boolean intersect, boolean distinct) implements Plan {
    @Override
    public Header header() {
      return left.header();
    }
  }

  /** How rows of two inputs meet. */
  enum JoinKind {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    CROSS,
    PASTE
  }

  /** How many matches count. */
  enum JoinStrictness {
    ALL,
    ANY,
    SEMI,
    ANTI,
    ASOF
  }

  /**
   * A join. The header has the left columns, then the right ones.
   *
   * @param leftKeys columns of the left compared with {@code rightKeys} of the right, types equal
   *     but for Nullable and LowCardinality. NULL meets nothing; for {@code <=>} the analysis makes
   *     tuples of one element
   * @param residual a further condition over the left input's columns, then the right input's;
   *     types are the inputs', not this header's. Parts over one side only may be in it
   * @param asof the function that compares the last keys, the left one first, for ASOF: less,
   *     lessOrEquals, greater or greaterOrEquals
   * @param nulls whether columns of a side without a match become NULL instead of the type's
   *     default; the header has the Nullable types then
   * @param global whether the right side is read by the server that the query was sent to, for all
   *     shards of the left one
   */
  record Join(
      Plan left,
      Plan right,
      JoinKind kind,
      JoinStrictness strictness,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      @Nullable Expr residual,
      @Nullable String asof,
      boolean nulls,
      boolean global,
      Header header)
      implements Plan {
    public Join(
        Plan left,
        Plan right,
        JoinKind kind,
        JoinStrictness strictness,
        List<Integer> leftKeys,
        List<Integer> rightKeys,
        @Nullable Expr residual,
        @Nullable String asof,
        boolean nulls,
        Header header) {
      this(
          left, right, kind, strictness, leftKeys, rightKeys, residual, asof, nulls, false, header);
    }
  }

  /**
   * A function over the rows of a window. Names in the registry of window functions come first
   * ({@code first_value} is there too); any other name is an aggregate function's, evaluated over
   * the frame.
   */
  sealed interface WindowCall {
    String name();

    List<Expr> arguments();

    DataType type();
  }

  /** Arguments have the types that the function was resolved for, dictionaries included. */
  record WindowAggregateCall(String name, AggregateFunction function, List<Expr> arguments)
      implements WindowCall {
    @Override
    public DataType type() {
      return function.resultType();
    }
  }

  /**
   * Arguments have the types that {@link WindowFunction#argumentTypes} says or LowCardinality of
   * them; the function was resolved without LowCardinality.
   */
  record WindowFunctionCall(String name, WindowFunction function, List<Expr> arguments)
      implements WindowCall {
    @Override
    public DataType type() {
      return function.resultType();
    }
  }

  /**
   * Window functions that share partition, order and frame; their results follow the input's
   * columns. Rows come out sorted by partition, then order.
   *
   * @param frame checked to begin before it ends; {@link WindowFrame#UP_TO_CURRENT} where the query
   *     names none. RANGE offsets go with exactly one order key
   */
  record Window(
      Plan input,
      List<Integer> partitionBy,
      List<SortKey> orderBy,
      WindowFrame frame,
      List<WindowCall> calls,
      Header header)
      implements Plan {}

  /**
   * Rows put into the gaps of an order, {@code WITH FILL}. The input is sorted by {@code keys}.
   *
   * @param ranges in the order of their keys; the keys before the first of them are a prefix,
   *     within which rows are filled on their own
   * @param interpolate columns that put-in rows compute from the row before; other columns that are
   *     no fill keys have defaults there
   */
  record Fill(
      Plan input, List<SortKey> keys, List<FillRange> ranges, List<Interpolation> interpolate)
      implements Plan {
    @Override
    public Header header() {
      return input.header();
    }
  }

  /**
   * One key's {@code FROM .. TO .. STEP .. STALENESS}; null where not given. Values are numbers or
   * of the key's type, step and staleness may be of an Interval type.
   *
   * @param key place in the sort keys
   */
  record FillRange(
      int key,
      Expr.@Nullable Constant from,
      Expr.@Nullable Constant to,
      Expr.@Nullable Constant step,
      Expr.@Nullable Constant staleness) {
    public FillRange(
        int key,
        Expr.@Nullable Constant from,
        Expr.@Nullable Constant to,
        Expr.@Nullable Constant step) {
      this(key, from, to, step, null);
    }
  }

  /**
   * {@code INTERPOLATE (column AS expression)}.
   *
   * @param column place in the header; no key of the order
   * @param expression over this header's columns with the values of the row before, of the column's
   *     type. {@code INTERPOLATE} without a list gives each column that is no key itself
   */
  record Interpolation(int column, Expr expression) {}

  /**
   * Rows that other servers compute, in no order.
   *
   * @param queries what each of them is asked; the columns of its answer are this header's by their
   *     order, perhaps of other types
   * @param sent blocks that the queries read as tables, by name
   */
  record Remote(
      DistributedSource source, List<Asked> queries, Map<String, Values> sent, Header header)
      implements Plan {
    public Remote {
      queries = List.copyOf(queries);
      sent = Map.copyOf(sent);
    }

    /** Whether the queries end in a LIMIT. */
    public boolean isLimited() {
      return queries.stream().anyMatch(q -> q.query() instanceof Select s && s.limit() != null);
    }
  }

  /**
   * What a shard is asked.
   *
   * @param shard its number, from 1
   */
  record Asked(int shard, Query query) {}

  /** Steps of a sub-query that has settings of its own: {@code (SELECT ... SETTINGS ...)}. */
  record Scoped(Plan input, Settings settings) implements Plan {
    @Override
    public Header header() {
      return input.header();
    }
  }

  /** The steps that feed this one. */
  default List<Plan> inputs() {
    return switch (this) {
      case OneRow _, Values _, Scan _, Remote _ -> List.of();
      case Secured p -> List.of(p.input);
      case Filter p -> List.of(p.input);
      case Guarded p -> List.of(p.input);
      case Project p -> List.of(p.input);
      case ArrayJoin p -> List.of(p.input);
      case Aggregate p -> List.of(p.input);
      case Sort p -> List.of(p.input);
      case LateColumns p -> List.of(p.input);
      case Limit p -> List.of(p.input);
      case LimitBy p -> List.of(p.input);
      case Slice p -> List.of(p.input);
      case Distinct p -> List.of(p.input);
      case Union p -> p.inputs;
      case SetDifference p -> List.of(p.left, p.right);
      case Join p -> List.of(p.left, p.right);
      case Window p -> List.of(p.input);
      case Fill p -> List.of(p.input);
      case Scoped p -> List.of(p.input);
    };
  }

  /** The expressions that the step itself evaluates. */
  default List<Expr> expressions() {
    return switch (this) {
      case OneRow _, Values _, Sort _, Limit _, LimitBy _, Slice _, Distinct _, Union _ ->
          List.of();
      case SetDifference _, ArrayJoin _, LateColumns _, Scoped _, Secured _, Remote _ -> List.of();
      case Scan p -> p.request.filter() instanceof Expr f ? List.of(f) : List.of();
      case Filter p -> List.of(p.condition);
      case Guarded p -> List.of(p.condition);
      case Project p -> p.expressions;
      case Aggregate p -> {
        List<Expr> all = new ArrayList<>(p.keys);
        p.aggregates.forEach(a -> all.addAll(a.arguments));
        if (p.having != null) {
          all.add(p.having);
        }
        yield all;
      }
      case Join p -> p.residual instanceof Expr e ? List.of(e) : List.of();
      case Window p -> p.calls.stream().flatMap(c -> c.arguments().stream()).toList();
      case Fill p -> p.interpolate.stream().map(Interpolation::expression).toList();
    };
  }

  /** The names and types of expressions, one field each. */
  static Header headerOf(List<String> names, List<Expr> expressions) {
    List<Header.Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(new Header.Field(names.get(i), expressions.get(i).type()));
    }
    return new Header(fields);
  }

  /** A read of some columns of a table, nothing else. */
  static Scan scanOf(Table table, List<String> columns) {
    List<Header.Field> fields = new ArrayList<>();
    for (String name : columns) {
      fields.add(new Header.Field(name, Objects.requireNonNull(table.column(name)).type()));
    }
    return new Scan(table, ScanRequest.of(columns), new Header(fields));
  }

  /** Every column of a header as an expression. */
  static List<Expr> allColumns(Header header) {
    List<Expr> all = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      all.add(new Expr.Input(i, header.type(i)));
    }
    return all;
  }
}
