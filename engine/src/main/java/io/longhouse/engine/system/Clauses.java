package io.longhouse.engine.system;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.combine.AliasTable;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableSchema;
import io.longhouse.sql.format.Formatter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a table's definition says, as text for the system tables.
 *
 * @param storage as it is written
 * @param keys the same where the syntax is today's, else what it means
 */
public record Clauses(
    @Nullable CreateStatement definition,
    @Nullable StorageClause storage,
    @Nullable StorageClause keys,
    @Nullable TableSchema schema,
    String comment) {

  public static Clauses of(Table table) {
    CreateStatement s = table.definition();
    return switch (s) {
      case CreateTable c ->
          new Clauses(s, c.storage(), keys(table, c.storage()), c.schema(), text(c.comment()));
      case CreateMaterializedView v ->
          new Clauses(s, v.storage(), v.storage(), v.schema(), text(v.comment()));
      case CreateView v -> new Clauses(s, null, null, v.schema(), text(v.comment()));
      case null, default -> new Clauses(s, null, null, null, "");
    };
  }

  private static @Nullable StorageClause keys(Table table, @Nullable StorageClause written) {
    return switch (table) {
      case MergeTreeTable m -> m.clause().keys();
      case AliasTable a -> a.found() instanceof Table t ? of(t).keys() : null;
      default -> written;
    };
  }

  private static String text(@Nullable String comment) {
    return comment == null ? "" : comment;
  }

  /** The engine with all that follows it. */
  String engineFull() {
    if (storage == null || storage.engine() == null) {
      return "";
    }
    var head = new CreateHead(CreateHead.Verb.CREATE, false, false, Identifier.of("t"), null, null);
    String all =
        Formatter.formatOneLine(
            new CreateTable(head, null, storage, null, false, null, null, null));
    String mark = "ENGINE = ";
    return all.substring(all.indexOf(mark) + mark.length());
  }

  String asSelect() {
    return switch (definition) {
      case CreateView v -> Formatter.formatOneLine(v.query());
      case CreateMaterializedView v -> Formatter.formatOneLine(v.query());
      case null, default -> "";
    };
  }

  List<Expression> partition() {
    return keys == null ? List.of() : elements(keys.partitionBy());
  }

  public List<Expression> sorting() {
    if (keys == null) {
      return List.of();
    }
    return elements(keys.orderBy() != null ? keys.orderBy() : keys.primaryKey());
  }

  public List<Expression> primary() {
    if (keys == null) {
      return List.of();
    }
    return elements(keys.primaryKey() != null ? keys.primaryKey() : keys.orderBy());
  }

  List<Expression> sampling() {
    return keys == null ? List.of() : elements(keys.sampleBy());
  }

  private static List<Expression> elements(@Nullable Expression key) {
    if (key == null) {
      return List.of();
    }
    return switch (key.bare()) {
      case FunctionCall f when f.name().equals("tuple") -> f.arguments();
      case Literal.TupleLiteral t -> List.copyOf(t.elements());
      case Expression e -> List.of(e);
    };
  }

  /** A key as the system tables show it: its elements, without the parentheses. */
  static String text(List<Expression> key) {
    return key.stream().map(Formatter::formatOneLine).collect(Collectors.joining(", "));
  }

  /** The expression of a key or index as the system tables show it. */
  static String keyText(Expression key) {
    return text(elements(key));
  }

  /** Whether the expressions of a key name a column. */
  static boolean names(List<Expression> key, String column) {
    return key.stream().anyMatch(e -> names(e, column));
  }

  private static boolean names(Expression e, String column) {
    if (e instanceof Identifier i) {
      return i.name().equals(column);
    }
    boolean[] found = new boolean[1];
    io.longhouse.sql.ast.Children.forEachChild(
        e, c -> found[0] |= c instanceof Expression x && names(x, column));
    return found[0];
  }
}
