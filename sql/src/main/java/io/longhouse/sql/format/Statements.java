package io.longhouse.sql.format;

import io.longhouse.sql.ast.AccessStatement;
import io.longhouse.sql.ast.AlterStatement;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.DropStatement;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.MaintenanceStatement;
import io.longhouse.sql.ast.ParallelWith;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.SessionStatement;
import io.longhouse.sql.ast.ShowStatement;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.SystemStatement;
import io.longhouse.sql.ast.TenantStatement;
import org.jspecify.annotations.Nullable;

/** Finds the printer of a statement. */
final class Statements {
  private Statements() {}

  static void print(Out out, Statement statement) {
    switch (statement) {
      case Query q -> Queries.print(out, q);
      case Insert i -> Inserts.print(out, i);
      case CreateStatement c -> Creates.print(out, c);
      case DropStatement d -> Drops.print(out, d);
      case AlterStatement a -> Alters.print(out, a);
      case AccessStatement a -> Access.print(out, a);
      case TenantStatement t -> Tenants.print(out, t);
      case ShowStatement s -> Shows.print(out, s);
      case MaintenanceStatement m -> Maintenance.print(out, m);
      case SessionStatement s -> Sessions.print(out, s);
      case SystemStatement s -> Systems.print(out, s);
      case ParallelWith p -> {
        for (int i = 0; i < p.statements().size(); i++) {
          if (i > 0) {
            out.line().add("PARALLEL WITH").line();
          }
          print(out, p.statements().get(i));
        }
      }
    }
  }

  /** {@code ON CLUSTER name} behind a blank. */
  static void cluster(Out out, @Nullable String cluster) {
    if (cluster != null) {
      out.add(" ON CLUSTER ").name(cluster);
    }
  }
}
