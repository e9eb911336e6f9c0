package io.longhouse.engine.system;

import io.longhouse.sql.ast.AccessStatement;
import io.longhouse.sql.ast.AlterStatement;
import io.longhouse.sql.ast.AlterTenant;
import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.CreateTenant;
import io.longhouse.sql.ast.CreateTenantSpace;
import io.longhouse.sql.ast.Describe;
import io.longhouse.sql.ast.DropStatement;
import io.longhouse.sql.ast.DropTenant;
import io.longhouse.sql.ast.DropTenantSpace;
import io.longhouse.sql.ast.ExistsStatement;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.ExplainTenant;
import io.longhouse.sql.ast.GrantTenant;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Kill;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Rename;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetSettings;
import io.longhouse.sql.ast.ShowStatement;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.SystemStatement;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.Use;
import java.util.List;

/** The kinds of statements as {@code query_kind} names them. */
public final class QueryKinds {
  private QueryKinds() {}

  /** Whether it asks what runs, which must be possible when nothing else is. */
  public static boolean readsProcesses(Statement statement) {
    return statement instanceof Select s
        && s.from() != null
        && s.from().first() != null
        && s.from().first().source() instanceof TableExpression.NamedTable t
        && t.name().parts().equals(List.of("system", "processes"));
  }

  public static String of(Statement statement) {
    return switch (statement) {
      case Query _ -> "Select";
      case Insert _ -> "Insert";
      case CreateStatement _ -> "Create";
      case DropStatement _ -> "Drop";
      case Rename _ -> "Rename";
      case Optimize _ -> "Optimize";
      case Kill _ -> "KillQuery";
      case AlterStatement _ -> "Alter";
      case AccessStatement _ -> "Grant";
      case CreateTenantSpace _, CreateTenant _ -> "Create";
      case DropTenantSpace _, DropTenant _ -> "Drop";
      case AlterTenantSpace _, AlterTenant _ -> "Alter";
      case GrantTenant _ -> "Grant";
      case ExplainTenant _ -> "Explain";
      case Describe _ -> "Describe";
      case ExistsStatement _ -> "Exists";
      case Explain _ -> "Explain";
      case ShowStatement _ -> "Show";
      case SystemStatement _ -> "System";
      case SetSettings _ -> "Set";
      case Use _ -> "Use";
      default -> "None";
    };
  }
}
