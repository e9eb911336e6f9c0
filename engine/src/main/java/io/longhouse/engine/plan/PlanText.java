package io.longhouse.engine.plan;

import io.longhouse.column.Header;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.Table;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan as lines of text, in the shape of ClickHouse's EXPLAIN: a tree of steps with what each
 * does below its name. Steps that only compute columns are left out, as there.
 */
public final class PlanText {
  /**
   * What is told of each step.
   *
   * @param header its columns with their types
   * @param indexes what a MergeTree's indexes leave to be read
   */
  public record Options(boolean header, boolean indexes) {}

  private record Step(String title, List<String> details, Header header, List<Step> inputs) {}

  private final Options options;
  private final QueryContext context;
  private final List<String> lines = new ArrayList<>();

  private PlanText(Options options, QueryContext context) {
    this.options = options;
    this.context = context;
  }

  public static List<String> of(Plan plan, Options options, QueryContext context) {
    var text = new PlanText(options, context);
    text.lines.add("Output: " + output(plan));
    text.lines.add("");
    text.print(text.step(plan), "", "");
    return text.lines;
  }

  private static String output(Plan plan) {
    return plan instanceof Plan.Project p
        ? p.expressions().stream()
            .map(e -> ExprText.of(e, p.input().header()))
            .collect(Collectors.joining(", "))
        : names(plan.header());
  }

  private static String names(Header header) {
    return header.fields().stream().map(Header.Field::name).collect(Collectors.joining(", "));
  }

  private static String names(Header header, List<Integer> places) {
    return places.stream().map(header::name).collect(Collectors.joining(", "));
  }

  /**
   * @param first what stands before the step's name
   * @param rest what stands before its other lines
   */
  private void print(Step step, String first, String rest) {
    lines.add(first + step.title);
    String bar = rest + (step.inputs.isEmpty() ? "   " : "│  ");
    if (options.header) {
      lines.add(
          bar
              + "Header: "
              + step.header.fields().stream()
                  .map(f -> f.name() + " " + f.type().name())
                  .collect(Collectors.joining(", ")));
    }
    step.details.forEach(d -> lines.add(bar + d));
    for (int i = 0; i < step.inputs.size(); i++) {
      boolean last = i == step.inputs.size() - 1;
      print(step.inputs.get(i), rest + (last ? "└──" : "├──"), rest + (last ? "   " : "│  "));
    }
  }

  private Step step(Plan plan) {
    List<Step> in = plan.inputs().stream().map(this::step).toList();
    Header h = plan.header();
    return switch (plan) {
      case Plan.OneRow _ -> new Step("ReadFromSystemOne", List.of(), h, in);
      case Plan.Values v ->
          new Step("ReadFromPreparedSource", List.of("Output: " + names(v.header())), h, in);
      case Plan.Scan s -> scan(s);
      case Plan.Remote r ->
          new Step(
              "ReadFromRemote (Read from remote replica)",
              r.queries().stream()
                  .map(q -> "Shard " + q.shard() + ": " + Formatter.formatOneLine(q.query()))
                  .toList(),
              h,
              in);
      case Plan.Secured _ -> throw new IllegalStateException("a read that nobody allowed");
      case Plan.Filter f ->
          new Step(
              "Filter (WHERE)",
              List.of("Filter column: " + ExprText.of(f.condition(), f.input().header())),
              h,
              in);
      case Plan.Guarded g ->
          new Step(
              "Filter (Row policy)",
              List.of("Filter column: " + ExprText.of(g.condition(), g.input().header())),
              h,
              in);
      case Plan.Project _, Plan.Scoped _ -> in.getFirst();
      case Plan.ArrayJoin a ->
          new Step(
              "ArrayJoin (ARRAY JOIN)",
              List.of("Columns: " + names(a.header(), a.columns())),
              h,
              in);
      case Plan.Aggregate a -> aggregate(a, in);
      case Plan.Sort s -> sort(s, in);
      case Plan.LateColumns l ->
          new Step(
              "JoinLazyColumnsStep",
              List.of(),
              h,
              List.of(
                  in.getFirst(),
                  new Step(
                      "LazilyReadFromMergeTree",
                      List.of("Lazily read columns: " + String.join(", ", l.names())),
                      h,
                      List.of())));
      case Plan.Limit l ->
          new Step(
              "Limit (preliminary LIMIT)",
              List.of("Limit " + l.limit(), "Offset " + l.offset()),
              h,
              in);
      case Plan.Slice s ->
          new Step(
              "Limit",
              List.of("Limit " + amount(s.limit()), "Offset " + amount(s.offset())),
              h,
              in);
      case Plan.LimitBy l ->
          new Step(
              "LimitBy",
              List.of(
                  "Columns: " + names(l.header(), l.keys()),
                  "Length " + l.limit(),
                  "Offset " + l.offset()),
              h,
              in);
      case Plan.Distinct d ->
          new Step(
              "Distinct (DISTINCT)", List.of("Columns: " + names(d.header(), d.keys())), h, in);
      case Plan.Union _ -> new Step("Union", List.of(), h, in);
      case Plan.SetDifference d ->
          new Step(
              "IntersectOrExcept (" + (d.intersect() ? "INTERSECT)" : "EXCEPT)"), List.of(), h, in);
      case Plan.Join j -> join(j, in);
      case Plan.Window w -> window(w, in);
      case Plan.Fill f ->
          new Step("Filling", List.of("Sort description: " + order(f.keys(), f.header())), h, in);
    };
  }

  private static String amount(Plan.@Nullable Amount a) {
    return a == null
        ? "none"
        : a.share() > 0 ? String.valueOf(a.share()) : (a.fromEnd() ? "-" : "") + a.rows();
  }

  private Step scan(Plan.Scan s) {
    Table table = s.table();
    List<String> details = new ArrayList<>();
    boolean merges = table.engine().endsWith("MergeTree");
    if (merges && s.request().guarded()) {
      details.add("Read type: Default");
      addRead(s, details);
      if (options.indexes) {
        details.add("Indexes:");
        Scan scan = table.scan(s.request(), context.behindPolicy());
        scan.describe().stream()
            .filter(d -> !isCount(d.strip()))
            .forEach(d -> details.add("  " + d));
      }
    } else if (merges) {
      Scan scan = table.scan(s.request(), context);
      Scan.Estimate e = scan.estimate();
      details.add("Read type: Default");
      if (e != null) {
        details.add("Parts: " + e.parts() + " | Granules: " + e.marks());
      }
      addRead(s, details);
      if (options.indexes) {
        details.add("Indexes:");
        scan.describe().forEach(d -> details.add("  " + d));
      }
    } else {
      details.add("Output: " + names(s.header()));
    }
    String title =
        switch (table.engine()) {
          case "Memory" -> "ReadFromMemoryStorage";
          case String e when merges -> "ReadFromMergeTree (" + table.id() + ")";
          case String e when e.startsWith("System") -> "ReadFrom" + e;
          default -> "ReadFromStorage (" + table.id() + ")";
        };
    Step read = new Step(title, details, s.header(), List.of());
    var filter = s.request().filter();
    return filter == null || merges && isPrewhere(s)
        ? read
        : new Step(
            "Filter ((WHERE + Change column names to column identifiers))",
            List.of("Filter column: " + ExprText.of(filter, s.header())),
            s.header(),
            List.of(read));
  }

  /** What depends on rows that a policy hides. */
  private static boolean isCount(String line) {
    return Stream.of("Parts:", "Granules:", "Ranges:", "Search Algorithm:")
        .anyMatch(line::startsWith);
  }

  /** Whether a filter's columns are read before the others, of which there are some. */
  private static boolean isPrewhere(Plan.Scan s) {
    var filter = s.request().filter();
    return filter != null && Set.copyOf(Exprs.inputs(filter)).size() < s.header().size();
  }

  private static void addRead(Plan.Scan s, List<String> details) {
    var filter = s.request().filter();
    if (filter == null || !isPrewhere(s)) {
      details.add("Output: " + names(s.header()));
      return;
    }
    Set<String> order = new LinkedHashSet<>();
    Exprs.inputs(filter).forEach(i -> order.add(s.header().name(i)));
    s.header().fields().forEach(f -> order.add(f.name()));
    details.add("Output: " + String.join(", ", order));
    details.add("Prewhere filter");
    details.add("Prewhere filter column:  " + ExprText.of(filter, s.header()));
  }

  private static Step aggregate(Plan.Aggregate a, List<Step> inputs) {
    Header in = a.input().header();
    List<String> details = new ArrayList<>();
    details.add(
        "Keys: "
            + a.keys().stream().map(k -> ExprText.of(k, in)).collect(Collectors.joining(", ")));
    details.add(
        "Aggregates: "
            + a.aggregates().stream()
                .map(c ->
                    c.name().replaceFirst("\\[.*", "")
                        + c.arguments().stream()
                            .map(e -> ExprText.of(e, in))
                            .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", ")));
    Step aggregating = new Step("Aggregating", details, a.header(), inputs);
    return a.having() == null
        ? aggregating
        : new Step(
            "Filter (HAVING)",
            List.of("Filter column: " + ExprText.of(a.having(), a.header())),
            a.header(),
            List.of(aggregating));
  }

  private static Step sort(Plan.Sort s, List<Step> inputs) {
    List<String> details = new ArrayList<>();
    details.add("Sort description: " + order(s.keys(), s.header()));
    if (s.limit() > 0) {
      details.add("Limit " + s.limit());
    }
    return new Step("Sorting (Sorting for ORDER BY)", details, s.header(), inputs);
  }

  private static String order(List<Plan.SortKey> keys, Header header) {
    return keys.stream()
        .map(k -> header.name(k.column()) + (k.descending() ? " DESC" : " ASC"))
        .collect(Collectors.joining(", "));
  }

  private static Step join(Plan.Join j, List<Step> inputs) {
    List<String> details = new ArrayList<>();
    details.add(
        "Type: "
            + j.kind().name().toLowerCase(java.util.Locale.ROOT)
            + " | Strictness: "
            + j.strictness().name().toLowerCase(java.util.Locale.ROOT)
            + " | Algorithm: HashJoin");
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < j.leftKeys().size(); i++) {
      conditions.add(
          j.left().header().name(j.leftKeys().get(i))
              + " = "
              + j.right().header().name(j.rightKeys().get(i)));
    }
    if (!conditions.isEmpty()) {
      details.add("Join conditions: " + String.join(", ", conditions));
    }
    return new Step("Join (JOIN FillRightFirst)", details, j.header(), inputs);
  }

  private static Step window(Plan.Window w, List<Step> inputs) {
    Header in = w.input().header();
    List<String> words = new ArrayList<>();
    if (!w.partitionBy().isEmpty()) {
      words.add("PARTITION BY " + names(in, w.partitionBy()));
    }
    if (!w.orderBy().isEmpty()) {
      words.add("ORDER BY " + order(w.orderBy(), in));
    }
    String window = String.join(" ", words);
    String functions =
        w.calls().stream()
            .map(c ->
                c.name()
                    + c.arguments().stream()
                        .map(e -> ExprText.of(e, in))
                        .collect(Collectors.joining(", ", "(", ")"))
                    + " OVER ("
                    + window
                    + ")")
            .collect(Collectors.joining(", "));
    return new Step(
        "Window (Window step for window '" + window + "')",
        List.of("Window: (" + window + ")", "Functions: " + functions),
        w.header(),
        inputs);
  }
}
