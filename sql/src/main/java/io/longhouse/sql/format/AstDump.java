package io.longhouse.sql.format;

import io.longhouse.sql.ast.AlterStatement;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.Describe;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.SetSettings;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.SystemStatement;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.Use;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of {@code EXPLAIN AST}: a line for each node with the names that ClickHouse's nodes
 * have. Queries are shown whole, of other statements what they are about.
 */
public final class AstDump {
  private AstDump() {}

  public static String dump(Statement statement) {
    return tree(statement).print();
  }

  private static DumpNode tree(Statement statement) {
    return switch (statement) {
      case Query q -> QueryDump.query(q);
      case Insert i -> insert(i);
      case Drop d -> DumpNode.of("DropQuery", names(d.names().getFirst()));
      case Use u -> DumpNode.of("UseQuery " + u.database().name(), names(u.database()));
      case SetSettings _ -> DumpNode.leaf("Set");
      case Describe d -> DumpNode.of("DescribeQuery", List.of(QueryDump.table(d.table())));
      case Explain e when e.statement() != null ->
          DumpNode.of("Explain " + e.kind().sql(), List.of(tree(e.statement())));
      case SystemStatement _ -> DumpNode.leaf("SYSTEM query");
      case CreateStatement _ -> DumpNode.leaf("CreateQuery");
      case AlterStatement _ -> DumpNode.leaf("AlterQuery");
      default -> DumpNode.leaf(statement.getClass().getSimpleName());
    };
  }

  private static List<DumpNode> names(Identifier name) {
    return name.parts().stream().map(part -> DumpNode.leaf("Identifier " + part)).toList();
  }

  private static DumpNode insert(Insert insert) {
    var children = new ArrayList<DumpNode>();
    switch (insert.target()) {
      case Insert.Table t -> children.addAll(names(t.name()));
      case Insert.Function f -> children.add(ExpressionDump.expression(f.call()));
    }
    if (insert.columns() != null) {
      children.add(ExpressionDump.list(insert.columns()));
    }
    if (insert.select() != null) {
      children.add(QueryDump.query(insert.select()));
    }
    return DumpNode.of("InsertQuery  ", children);
  }

  static DumpNode source(TableExpression.TableSource source, String alias) {
    return switch (source) {
      case TableExpression.NamedTable n ->
          DumpNode.leaf("TableIdentifier " + n.name().name() + alias);
      case TableExpression.TableFunction f -> ExpressionDump.call(f.call(), alias);
      case TableExpression.Derived d ->
          DumpNode.of("Subquery" + alias, List.of(QueryDump.query(d.query())));
    };
  }
}
