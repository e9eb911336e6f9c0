package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.SampledPlan;
import io.longhouse.engine.plan.shards.SourceReadAs;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.View;
import io.longhouse.engine.table.combine.AliasTable;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.ArrayJoin;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Join;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.format.ColumnNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The FROM clause: tables, sub-queries, joins and ARRAY JOIN as one relation. */
final class FromAnalysis {
  /** A SELECT without FROM reads {@code system.one}. */
  private static final VisibleColumn DUMMY =
      new VisibleColumn(
          List.of(List.of("one"), List.of("system", "one")),
          "dummy",
          -1,
          io.longhouse.column.type.IntegerType.UINT8,
          io.longhouse.sql.ast.NumberLiteral.unsigned(0),
          true,
          false);

  private static final DataType PLACE = new LowCardinalityType(StringType.TYPE);

  private final SelectAnalysis select;
  private final Analyzer analyzer;

  /** The table whose rows replicas share; null inside of sub-queries. */
  private @Nullable TableExpression main;

  FromAnalysis(SelectAnalysis select) {
    this.select = select;
    this.analyzer = select.analyzer;
  }

  Relation relation(@Nullable From from) {
    if (from == null) {
      return new Relation(new Plan.OneRow(), List.of(DUMMY));
    }
    TableExpression first = from.first();
    main = analyzer.isOutermost() ? first : null;
    Relation r = first == null ? new Relation(new Plan.OneRow(), List.of(DUMMY)) : table(first);
    for (From.Step step : from.steps()) {
      r =
          switch (step) {
            case Join j -> new JoinAnalysis(select, r, table(j.right()), j).relation();
            case ArrayJoin a -> arrayJoin(r, a);
          };
    }
    return r;
  }

  private Relation table(TableExpression t) {
    Relation r =
        switch (t.source()) {
          case TableExpression.NamedTable n -> named(n.name(), t);
          case TableExpression.TableFunction f
              when analyzer.named().parameterized(f.call()) instanceof View v ->
              of(analyzer.named().view(v, f.call(), select), qualifiers(t, List.of()));
          case TableExpression.TableFunction f -> {
            Table table = analyzer.tableFunction(f.call(), select);
            yield of(table, t, qualifiers(t, List.of()), false);
          }
          case TableExpression.Derived d ->
              of(analyzer.subquery(d.query(), select.forFrom()), qualifiers(t, List.of()));
        };
    List<String> names = t.columnAliases();
    return names == null ? r : renamed(r, names);
  }

  private static Relation renamed(Relation r, List<String> names) {
    List<VisibleColumn> columns = new ArrayList<>();
    if (names.size() > r.columns().size()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          names.size() + " column aliases for a table of " + r.columns().size() + " columns");
    }
    for (int i = 0; i < r.columns().size(); i++) {
      VisibleColumn c = r.columns().get(i);
      columns.add(
          i < names.size()
              ? new VisibleColumn(
                  c.qualifiers(),
                  names.get(i),
                  c.index(),
                  c.type(),
                  c.alias(),
                  c.inAsterisk(),
                  c.hidden())
              : c);
    }
    return new Relation(r.plan(), columns);
  }

  /** An alias stands for what has no name of its own. */
  private static List<List<String>> qualifiers(TableExpression t, List<List<String>> otherwise) {
    String alias = t.alias();
    return alias == null ? otherwise : List.of(List.of(alias));
  }

  private Relation named(Identifier name, TableExpression t) {
    if (name.parts().size() == 1) {
      Frame.NamedQuery q = select.namedQuery(name.name());
      if (q != null) {
        Relation r =
            of(
                analyzer.named().with(q, q.scope() == select ? select.forFrom() : null),
                qualifiers(t, List.of(List.of(name.name()))));
        List<String> columns = q.columns();
        return columns == null ? r : renamed(r, columns);
      }
    }
    Table table = analyzer.tables().require(name);
    var id = table.id();
    List<List<String>> own = new ArrayList<>();
    own.add(List.of(id.name()));
    own.add(List.of(id.database(), id.name()));
    if (t.alias() instanceof String alias) {
      own.addFirst(List.of(alias));
    }
    ReplicaShare share = share(t);
    Relation read = of(table, t, own.stream().distinct().toList(), true);
    return AdditionalFilters.apply(
        share == null ? read : share.apply(read, table, analyzer),
        table,
        t.alias(),
        analyzer.context().currentDatabase(),
        analyzer);
  }

  /**
   * @param named whether it stands in the catalog, where it has grants and policies
   */
  private Relation of(Table read, TableExpression t, List<List<String>> qualifiers, boolean named) {
    Table table =
        read instanceof DistributedSource d
            ? SourceReadAs.of(d, analyzer.access(), analyzer.context())
            : read;
    if (table instanceof View v) {
      Plan inside = analyzer.named().view(v);
      Plan plan = named ? analyzer.secured(inside, v) : inside;
      return hidden(of(sampled(v, plan, sample(t)), qualifiers), v.virtualColumns());
    }
    if (table instanceof AliasTable a) {
      Relation behind = of(a.target(), t, qualifiers, named);
      return new Relation(
          named ? analyzer.secured(behind.plan(), a) : behind.plan(), behind.columns());
    }
    List<VisibleColumn> visible = new ArrayList<>();
    List<Header.Field> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ColumnDefinition c : table.columns()) {
      add(c, c.isInAsterisk() || isShownBySetting(c), qualifiers, visible, fields, names);
    }
    for (ColumnDefinition c : table.virtualColumns()) {
      if (table.columns().stream().noneMatch(x -> x.name().equals(c.name()))) {
        add(c, false, qualifiers, visible, fields, names);
      }
    }
    addPlace("_table", table.id().name(), table, qualifiers, visible);
    addPlace("_database", table.id().database(), table, qualifiers, visible);
    ReplicaShare share = share(t);
    ScanRequest.Sample sample =
        share == null ? sample(t) : share.sample(sample(t), table, analyzer.context().settings());
    var request = new ScanRequest(names, null, null, isFinal(table, t), sample, 0, 0);
    var scan = new Plan.Scan(table, request, new Header(fields));
    return new Relation(
        named ? analyzer.secured(scan, table) : analyzer.underPolicies(scan, table), visible);
  }

  private @Nullable ReplicaShare share(TableExpression t) {
    return t == main ? ReplicaShare.of(analyzer.context().settings()) : null;
  }

  private boolean isFinal(Table table, TableExpression t) {
    if (t.isFinal() && !table.supportsFinal()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_FINAL, "Storage " + table.engine() + " doesn't support FINAL");
    }
    // The setting goes on to the shards, which know what their tables can do.
    boolean own = table.supportsFinal() && !(table instanceof DistributedSource);
    return t.isFinal() || own && analyzer.context().settings().isOn("final");
  }

  /** Every table's rows can say where they are from; the value is constant. */
  private static void addPlace(
      String name,
      String value,
      Table table,
      List<List<String>> qualifiers,
      List<VisibleColumn> visible) {
    if (table.column(name) == null) {
      var text = FunctionCall.call("CAST", Literal.of(value), Literal.of("LowCardinality(String)"));
      visible.add(new VisibleColumn(qualifiers, name, -1, PLACE, text, false, false));
    }
  }

  /** A Merge table samples all of its tables; other views have nothing to sample by. */
  private static Plan sampled(View view, Plan plan, ScanRequest.@Nullable Sample sample) {
    return sample != null && view.engine().equals("Merge") ? SampledPlan.of(plan, sample) : plan;
  }

  /** A view's virtual columns stand behind the others and are not in the asterisk. */
  private static Relation hidden(Relation r, List<ColumnDefinition> virtual) {
    if (virtual.isEmpty()) {
      return r;
    }
    List<VisibleColumn> columns = new ArrayList<>();
    int shown = r.columns().size() - virtual.size();
    for (int i = 0; i < r.columns().size(); i++) {
      VisibleColumn c = r.columns().get(i);
      columns.add(
          i < shown
              ? c
              : new VisibleColumn(
                  c.qualifiers(), c.name(), c.index(), c.type(), c.alias(), false, c.hidden()));
    }
    return new Relation(r.plan(), columns);
  }

  private boolean isShownBySetting(ColumnDefinition c) {
    var settings = analyzer.context().settings();
    var kind = c.defaultKind();
    return kind != null
        && switch (kind) {
          case ALIAS -> settings.isOn("asterisk_include_alias_columns");
          case MATERIALIZED -> settings.isOn("asterisk_include_materialized_columns");
          case DEFAULT, EPHEMERAL, AUTO_INCREMENT -> false;
        };
  }

  private static void add(
      ColumnDefinition c,
      boolean inAsterisk,
      List<List<String>> qualifiers,
      List<VisibleColumn> visible,
      List<Header.Field> fields,
      List<String> names) {
    if (c.isStored()) {
      visible.add(
          new VisibleColumn(
              qualifiers, c.name(), fields.size(), c.type(), null, inAsterisk, false));
      fields.add(new Header.Field(c.name(), c.type()));
      names.add(c.name());
    } else if (c.defaultExpression() != null
        && c.defaultKind() == io.longhouse.sql.ast.ColumnDeclaration.DefaultKind.ALIAS) {
      visible.add(
          new VisibleColumn(
              qualifiers, c.name(), -1, c.type(), c.defaultExpression(), inAsterisk, false));
    }
  }

  private static ScanRequest.@Nullable Sample sample(TableExpression t) {
    TableExpression.Ratio share = t.sample();
    if (share == null) {
      return null;
    }
    return new ScanRequest.Sample(share, t.sampleOffset());
  }

  private static Relation of(Plan plan, List<List<String>> qualifiers) {
    List<VisibleColumn> visible = new ArrayList<>();
    for (int i = 0; i < plan.header().size(); i++) {
      visible.add(
          new VisibleColumn(
              qualifiers, plan.header().name(i), i, plan.header().type(i), null, true, false));
    }
    return new Relation(plan, visible);
  }

  private Relation arrayJoin(Relation r, ArrayJoin a) {
    select.relation(r);
    List<Expr> all = new ArrayList<>(Plan.allColumns(r.plan().header()));
    List<Header.Field> fields = new ArrayList<>(r.plan().header().fields());
    List<VisibleColumn> visible = new ArrayList<>(r.columns());
    List<Integer> places = new ArrayList<>();
    for (Expression e : a.expressions()) {
      for (Unnested u : unnested(e, r)) {
        int at = all.size();
        all.add(u.array());
        fields.add(new Header.Field(u.name(), u.array().type()));
        places.add(at);
        show(visible, u, at);
      }
    }
    Plan projected = new Plan.Project(r.plan(), all, new Header(fields));
    for (int at : places) {
      fields.set(at, new Header.Field(fields.get(at).name(), elementType(all.get(at))));
    }
    Plan plan = new Plan.ArrayJoin(projected, places, a.left(), new Header(fields));
    return new Relation(plan, visible);
  }

  /** An array of ARRAY JOIN. With {@code replaces}, its elements take the place of that column. */
  private record Unnested(Expr array, String name, @Nullable VisibleColumn replaces) {}

  private List<Unnested> unnested(Expression e, Relation r) {
    Expression bare = e instanceof Aliased x ? x.expression().bare() : e.bare();
    String alias = e instanceof Aliased x ? x.alias() : null;
    if (bare instanceof Identifier id) {
      List<Unnested> nested = nested(id, alias, r);
      if (!nested.isEmpty()) {
        return nested;
      }
    }
    Expr array = arrayOf(select.expressions.resolve(bare, select), e);
    if (alias != null) {
      return List.of(new Unnested(array, alias, null));
    }
    if (bare instanceof Identifier id && array instanceof Expr.Input i) {
      for (VisibleColumn c : r.columns()) {
        if (c.index() == i.index()) {
          return List.of(new Unnested(array, c.name(), c));
        }
      }
      return List.of(new Unnested(array, id.last(), null));
    }
    return List.of(new Unnested(array, ColumnNames.of(bare), null));
  }

  /** {@code ARRAY JOIN n}: all columns {@code n.x} together. */
  private List<Unnested> nested(Identifier id, @Nullable String alias, Relation r) {
    if (!r.named(id.last()).isEmpty()) {
      return List.of();
    }
    String prefix = id.last() + ".";
    List<Unnested> out = new ArrayList<>();
    for (VisibleColumn c : r.columns()) {
      if (c.name().startsWith(prefix) && c.type() instanceof ArrayType && c.index() >= 0) {
        Expr array = new Expr.Input(c.index(), c.type());
        String name = alias == null ? c.name() : alias + c.name().substring(prefix.length() - 1);
        out.add(new Unnested(array, name, alias == null ? c : null));
      }
    }
    return out;
  }

  private static Expr arrayOf(Expr e, Expression written) {
    if (e.type() instanceof ArrayType || e.type() instanceof MapType) {
      return e;
    }
    throw new LonghouseException(
        ErrorCode.TYPE_MISMATCH,
        "ARRAY JOIN "
            + io.longhouse.sql.format.Formatter.formatOneLine(written)
            + " requires an array, found "
            + e.type().name());
  }

  private static io.longhouse.column.type.DataType elementType(Expr array) {
    return array.type() instanceof ArrayType a
        ? a.element()
        : ((MapType) array.type()).entries().element();
  }

  private static void show(List<VisibleColumn> visible, Unnested u, int at) {
    var type = elementType(u.array());
    VisibleColumn replaced = u.replaces();
    if (replaced != null) {
      int place = visible.indexOf(replaced);
      visible.set(place, replaced.at(at).withType(type));
    } else {
      visible.add(new VisibleColumn(List.of(), u.name(), at, type, null, false, false));
      hideShadowed(visible, u.name());
    }
  }

  /**
   * The elements' name wins over a column of the same name, which stays reachable with its table's.
   */
  private static void hideShadowed(List<VisibleColumn> visible, String name) {
    for (int i = 0; i < visible.size() - 1; i++) {
      VisibleColumn c = visible.get(i);
      if (c.name().equals(name) && !c.hidden()) {
        visible.set(
            i,
            new VisibleColumn(
                c.qualifiers(), c.name(), c.index(), c.type(), c.alias(), c.inAsterisk(), true));
      }
    }
  }
}
