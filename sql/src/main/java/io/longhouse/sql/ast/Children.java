package io.longhouse.sql.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The children of an expression: the one place that knows which there are. A subquery has none; who
 * wants to see into it does so on its own account.
 */
public final class Children {
  private Children() {}

  /** Shows every direct child to {@code action}, in the order of the source. */
  public static void forEachChild(Expression e, Consumer<? super Expression> action) {
    switch (e) {
      case Literal _, Identifier _, Subquery _, QueryParameter _ -> {}
      case FunctionCall f -> {
        if (f.parameters() != null) {
          f.parameters().forEach(action);
        }
        f.arguments().forEach(action);
        if (f.window() instanceof Window.Definition w) {
          forEachInWindow(w, action);
        }
      }
      case Lambda l -> action.accept(l.body());
      case Aliased a -> action.accept(a.expression());
      case Parenthesized p -> action.accept(p.expression());
      case DescendingKey k -> action.accept(k.key());
      case Matcher m -> {
        if (m instanceof Matcher.ColumnsList list) {
          list.columns().forEach(action);
        }
        for (ColumnTransformer t : m.transformers()) {
          forEachInTransformer(t, action);
        }
      }
    }
  }

  /**
   * The expression with every direct child replaced by what {@code map} makes of it; the same
   * object when nothing changes.
   */
  public static Expression mapChildren(Expression e, UnaryOperator<Expression> map) {
    return switch (e) {
      case Literal _, Identifier _, Subquery _, QueryParameter _ -> e;
      case FunctionCall f -> mapCall(f, map);
      case Lambda l -> {
        Expression body = map.apply(l.body());
        yield body == l.body() ? l : new Lambda(l.parameters(), body);
      }
      case Aliased a -> {
        Expression inner = map.apply(a.expression());
        yield inner == a.expression() ? a : new Aliased(inner, a.alias());
      }
      case Parenthesized p -> {
        Expression inner = map.apply(p.expression());
        yield inner == p.expression() ? p : new Parenthesized(inner);
      }
      case DescendingKey k -> {
        Expression inner = map.apply(k.key());
        yield inner == k.key() ? k : new DescendingKey(inner);
      }
      case Matcher m -> mapMatcher(m, map);
    };
  }

  private static Expression mapCall(FunctionCall f, UnaryOperator<Expression> map) {
    List<Expression> parameters = f.parameters() == null ? null : mapList(f.parameters(), map);
    List<Expression> arguments = mapList(f.arguments(), map);
    Window window = f.window() instanceof Window.Definition w ? mapWindow(w, map) : f.window();
    return parameters == f.parameters() && arguments == f.arguments() && window == f.window()
        ? f
        : new FunctionCall(f.name(), parameters, arguments, f.form(), f.nulls(), window);
  }

  private static Matcher mapMatcher(Matcher m, UnaryOperator<Expression> map) {
    List<ColumnTransformer> transformers = new ArrayList<>(m.transformers().size());
    boolean same = true;
    for (ColumnTransformer t : m.transformers()) {
      ColumnTransformer mapped = mapTransformer(t, map);
      same &= mapped == t;
      transformers.add(mapped);
    }
    List<ColumnTransformer> kept = same ? m.transformers() : transformers;
    return switch (m) {
      case Matcher.Asterisk a -> same ? a : new Matcher.Asterisk(kept);
      case Matcher.QualifiedAsterisk q ->
          same ? q : new Matcher.QualifiedAsterisk(q.qualifier(), kept);
      case Matcher.ColumnsRegexp r ->
          same ? r : new Matcher.ColumnsRegexp(r.qualifier(), r.pattern(), kept);
      case Matcher.ColumnsList list -> {
        List<Expression> columns = mapList(list.columns(), map);
        yield same && columns == list.columns()
            ? list
            : new Matcher.ColumnsList(list.qualifier(), columns, kept);
      }
    };
  }

  private static ColumnTransformer mapTransformer(
      ColumnTransformer t, UnaryOperator<Expression> map) {
    return switch (t) {
      case ColumnTransformer.Except _, ColumnTransformer.ExceptRegexp _ -> t;
      case ColumnTransformer.Replace r -> {
        boolean same = true;
        List<ColumnTransformer.Replacement> mapped = new ArrayList<>(r.replacements().size());
        for (ColumnTransformer.Replacement one : r.replacements()) {
          Expression inner = map.apply(one.expression());
          same &= inner == one.expression();
          mapped.add(new ColumnTransformer.Replacement(inner, one.column()));
        }
        yield same ? r : new ColumnTransformer.Replace(r.strict(), mapped);
      }
      case ColumnTransformer.Apply a -> {
        List<Expression> parameters = a.parameters() == null ? null : mapList(a.parameters(), map);
        yield parameters == a.parameters()
            ? a
            : new ColumnTransformer.Apply(a.function(), parameters, a.columnNamePrefix());
      }
      case ColumnTransformer.ApplyLambda a -> {
        Expression body = map.apply(a.lambda().body());
        yield body == a.lambda().body()
            ? a
            : new ColumnTransformer.ApplyLambda(
                new Lambda(a.lambda().parameters(), body), a.columnNamePrefix());
      }
    };
  }

  private static void forEachInTransformer(
      ColumnTransformer t, Consumer<? super Expression> action) {
    switch (t) {
      case ColumnTransformer.Except _, ColumnTransformer.ExceptRegexp _ -> {}
      case ColumnTransformer.Replace r ->
          r.replacements().forEach(one -> action.accept(one.expression()));
      case ColumnTransformer.Apply a -> {
        if (a.parameters() != null) {
          a.parameters().forEach(action);
        }
      }
      case ColumnTransformer.ApplyLambda a -> action.accept(a.lambda().body());
    }
  }

  private static void forEachInWindow(Window.Definition w, Consumer<? super Expression> action) {
    w.partitionBy().forEach(action);
    for (OrderItem item : w.orderBy()) {
      action.accept(item.expression());
    }
    if (w.frame() != null) {
      accept(w.frame().begin().offset(), action);
      accept(w.frame().end().offset(), action);
    }
  }

  private static Window mapWindow(Window.Definition w, UnaryOperator<Expression> map) {
    List<Expression> partitionBy = mapList(w.partitionBy(), map);
    boolean same = partitionBy == w.partitionBy();
    List<OrderItem> orderBy = new ArrayList<>(w.orderBy().size());
    for (OrderItem item : w.orderBy()) {
      Expression key = map.apply(item.expression());
      same &= key == item.expression();
      orderBy.add(
          new OrderItem(key, item.direction(), item.nulls(), item.collation(), item.fill()));
    }
    Window.Frame frame = w.frame();
    if (frame != null) {
      Window.Bound begin = mapBound(frame.begin(), map);
      Window.Bound end = mapBound(frame.end(), map);
      if (begin != frame.begin() || end != frame.end()) {
        frame = new Window.Frame(frame.unit(), begin, end);
        same = false;
      }
    }
    return same ? w : new Window.Definition(w.parent(), partitionBy, orderBy, frame);
  }

  private static Window.Bound mapBound(Window.Bound b, UnaryOperator<Expression> map) {
    if (b.offset() == null) {
      return b;
    }
    Expression offset = map.apply(b.offset());
    return offset == b.offset() ? b : new Window.Bound(b.kind(), offset);
  }

  private static List<Expression> mapList(List<Expression> list, UnaryOperator<Expression> map) {
    List<Expression> mapped = null;
    for (int i = 0; i < list.size(); i++) {
      Expression old = list.get(i);
      Expression now = map.apply(old);
      if (now != old && mapped == null) {
        mapped = new ArrayList<>(list);
      }
      if (mapped != null) {
        mapped.set(i, now);
      }
    }
    return mapped == null ? list : mapped;
  }

  private static void accept(@Nullable Expression e, Consumer<? super Expression> action) {
    if (e != null) {
      action.accept(e);
    }
  }
}
