package io.longhouse.engine.analyze;

import io.longhouse.engine.access.MaskingPolicy;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.FilterLane;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.Assignment;
import io.longhouse.sql.ast.Children;
import io.longhouse.sql.ast.ColumnDeclaration.DefaultKind;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.QueryParameter;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mutations by a user from whom policies hide rows of the table or mask columns. The row policies'
 * condition is put in front of the user's, so that nothing of the user's is tried on a hidden row;
 * masked columns are what the user sees of them; what depends on the session, sub-queries included,
 * becomes constant, since the mutation runs later and as the engine; and no new value takes a row
 * out of the policies' reach.
 */
public final class OwnRows {
  private final Table table;
  private final SessionAccess access;
  private final Analyzer analyzer;
  private final @Nullable Expression policy;
  private final ComputedColumns computed;

  /** The columns that the policies read. */
  private final Set<String> read = new HashSet<>();

  /** What stands for masked columns where the user names them. */
  private Map<String, Expression> masked = Map.of();

  private OwnRows(
      Table table, @Nullable Expression filter, SessionAccess access, Analyzer analyzer) {
    this.table = table;
    this.access = access;
    this.analyzer = analyzer;
    this.computed = new ComputedColumns(analyzer, this::column);
    this.policy = filter == null ? null : policy(filter);
    access.masks(table.id().database(), table.id().name()).forEach(this::mask);
  }

  private Expression policy(Expression filter) {
    Expr condition = analyzer.resolve(filter, this::column);
    if (condition instanceof Expr.Constant c
        && FilterLane.select(c.value().full(), 1, new int[2]) == 0) {
      throw refused(
          "no row policy of " + table.id() + " is for this user, who sees none of its rows");
    }
    return folded(filter, Set.of());
  }

  private void mask(MaskingPolicy p) {
    Expression where = p.where() == null ? null : folded(p.where(), Set.of());
    Map<String, Expression> after = new HashMap<>(masked);
    for (Assignment a : p.assignments()) {
      ColumnDefinition c = table.column(a.column());
      if (c == null) {
        throw refused("the masking policy " + p.name() + " is about a column that is not there");
      }
      Literal type = Literal.of(c.type().name());
      Expression mask = FunctionCall.call("CAST", folded(a.expression(), Set.of()), type);
      Expression now = masked.getOrDefault(a.column(), Identifier.of(a.column()));
      after.put(
          a.column(),
          where == null
              ? mask
              : FunctionCall.call("CAST", FunctionCall.call("if", where, mask, now), type));
    }
    masked = after;
  }

  /**
   * What binds a user's mutations of a table; null for who sees all rows.
   *
   * @throws LonghouseException ACCESS_DENIED (497) for who sees none
   */
  public static @Nullable OwnRows of(Table table, SessionAccess access, Analyzer analyzer) {
    Expression filter = access.rowFilter(table.id().database(), table.id().name());
    return access.seesAll(table.id().database(), table.id().name())
        ? null
        : new OwnRows(table, filter, access, analyzer);
  }

  /** The user's name. */
  public String author() {
    return access.userName();
  }

  /**
   * The command for the user's own rows.
   *
   * @throws LonghouseException ACCESS_DENIED (497) for a command that is about all rows, or that
   *     assigns a column which the policies read
   */
  public AlterCommand bound(AlterCommand c) {
    return switch (c) {
      case AlterCommand.Delete d -> new AlterCommand.Delete(d.partition(), where(d.where()));
      case AlterCommand.Update u ->
          new AlterCommand.Update(
              u.assignments().stream().map(this::bound).toList(), u.partition(), where(u.where()));
      default ->
          throw refused("row policies hide rows of " + table.id() + ", which it would change too");
    };
  }

  /** The policies' condition in front of another. */
  public Expression where(Expression condition) {
    Expression own = folded(condition, Set.of());
    return policy == null ? own : FunctionCall.call("and", policy, own);
  }

  private Assignment bound(Assignment a) {
    if (read.contains(a.column())) {
      throw refused(
          "the row policies of "
              + table.id()
              + " read `"
              + a.column()
              + "`, whose new value could take rows out of them");
    }
    if (read.stream().anyMatch(column -> !table.keepsApart(column))) {
      throw refused(
          "the engine of "
              + table.id()
              + " makes one row of several with the same key, to which the columns of the row"
              + " policies do not belong: a changed row could take another's place");
    }
    return new Assignment(a.column(), folded(a.expression(), Set.of()));
  }

  private LonghouseException refused(String why) {
    return new LonghouseException(
        ErrorCode.ACCESS_DENIED,
        access.userName() + ": Not enough privileges. The mutation is refused since " + why);
  }

  /** A column that the policies read, with those that it is computed from. */
  private @Nullable Expr column(String name) {
    ColumnDefinition c = table.column(name);
    if (c == null) {
      return null;
    }
    int at = table.columns().indexOf(c);
    if (at < 0 || c.defaultKind() == DefaultKind.EPHEMERAL) {
      throw refused(
          "the row policies of " + table.id() + " read `" + name + "`, which a mutation cannot");
    }
    Expr made = c.isInsertable() ? null : computed.value(c);
    if (made != null && !c.isStored()) {
      return made;
    }
    read.add(name);
    return new Expr.Input(at, c.type());
  }

  // ---- Constants

  /**
   * The expression without what depends on the session or on another table.
   *
   * @param parameters of lambdas around it, which are no columns
   */
  private Expression folded(Expression e, Set<String> parameters) {
    return switch (e) {
      case Subquery _, QueryParameter _ -> constant(e);
      case Identifier id -> alias(id, parameters);
      case Lambda l -> {
        Set<String> inside = new HashSet<>(parameters);
        inside.addAll(l.parameters());
        yield Children.mapChildren(l, c -> folded(c, inside));
      }
      case FunctionCall f -> call(f, parameters);
      default -> Children.mapChildren(e, c -> folded(c, parameters));
    };
  }

  /** A column that is not stored is its expression, one that is masked what is shown for it. */
  private Expression alias(Identifier id, Set<String> parameters) {
    Expression mask = parameters.contains(id.name()) ? null : masked(id);
    if (mask != null) {
      return mask;
    }
    ColumnDefinition c = parameters.contains(id.name()) ? null : table.column(id.name());
    Expression value = c == null ? null : c.defaultExpression();
    return c != null && value != null && c.defaultKind() == DefaultKind.ALIAS
        ? FunctionCall.call("CAST", folded(value, Set.of()), Literal.of(c.type().name()))
        : id;
  }

  /** A part of a masked column is a part of its mask. */
  private @Nullable Expression masked(Identifier id) {
    List<String> parts = id.parts();
    for (int end = parts.size(); end > 0; end--) {
      Expression mask = masked.get(String.join(".", parts.subList(0, end)));
      if (mask != null) {
        Expression part = mask;
        for (String name : parts.subList(end, parts.size())) {
          part = FunctionCall.call("getSubcolumn", part, Literal.of(name));
        }
        return part;
      }
    }
    return null;
  }

  private Expression call(FunctionCall f, Set<String> parameters) {
    Lambda user = analyzer.userFunction(f.name());
    if (user != null && user.parameters().size() == f.arguments().size()) {
      return folded(Substitution.of(user.body(), user.parameters(), f.arguments()), parameters);
    }
    if (f.name().equals("exists")) {
      return constant(f);
    }
    if (InSets.isIn(f.name()) && f.arguments().size() == 2) {
      Query query = queryOf(f.arguments().get(1).bare());
      if (query != null) {
        Expression left = folded(f.arguments().getFirst(), parameters);
        return FunctionCall.call(f.name(), left, valuesOf(query, left));
      }
    }
    if (isFree(f)) {
      Expression known = constantIfKnown(f);
      if (known != null) {
        return known;
      }
    }
    return Children.mapChildren(f, c -> folded(c, parameters));
  }

  private @Nullable Query queryOf(Expression set) {
    return switch (set) {
      case Subquery s -> s.query();
      case Identifier id when table.column(id.name()) == null -> analyzer.selectAll(id);
      default -> null;
    };
  }

  /** The rows of the right side of IN as an array. */
  private Expression valuesOf(Query query, Expression left) {
    boolean tuples = left.bare() instanceof FunctionCall f && f.name().equals("tuple");
    int columns = analyzer.subquery(query, null).header().size();
    if (!tuples && columns != 1) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_COLUMNS_DOESNT_MATCH,
          "Number of columns in section IN doesn't match. 1 at left, " + columns + " at right.");
    }
    String rows = "groupUniqArray(tuple(*))";
    return constant(
        Parser.parseExpression(
            "(SELECT "
                + (tuples ? rows : "arrayMap(r -> tupleElement(r, 1), " + rows + ")")
                + " FROM "
                + Formatter.formatOneLine(new Subquery(query))
                + ")"));
  }

  private static boolean isFree(Expression e) {
    if (e instanceof Identifier || e instanceof Lambda) {
      return false;
    }
    boolean[] free = {true};
    Children.forEachChild(e, c -> free[0] &= isFree(c));
    return free[0];
  }

  private Expression constant(Expression e) {
    Expr.Constant c = analyzer.constant(e);
    return ConstantText.typed(c.value(), c.type());
  }

  /** Null for what has another value in every row, or none: the statement's analysis says why. */
  private @Nullable Expression constantIfKnown(Expression e) {
    try {
      return analyzer.resolve(e, _ -> null) instanceof Expr.Constant c
          ? ConstantText.typed(c.value(), c.type())
          : null;
    } catch (LonghouseException problem) {
      return null;
    }
  }
}
