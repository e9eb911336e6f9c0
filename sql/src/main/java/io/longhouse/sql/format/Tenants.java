package io.longhouse.sql.format;

import io.longhouse.sql.ast.AlterTenant;
import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.ast.CreateTenant;
import io.longhouse.sql.ast.CreateTenantSpace;
import io.longhouse.sql.ast.DropTenant;
import io.longhouse.sql.ast.DropTenantSpace;
import io.longhouse.sql.ast.ExplainTenant;
import io.longhouse.sql.ast.GrantTenant;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.SettingsChange;
import io.longhouse.sql.ast.SettingsElement;
import io.longhouse.sql.ast.ShowCreateTenant;
import io.longhouse.sql.ast.ShowTenants;
import io.longhouse.sql.ast.TenantLimits;
import io.longhouse.sql.ast.TenantStatement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text of statements about tenants and tenant spaces. */
final class Tenants {
  private static final String IF_EXISTS = "IF EXISTS ";

  private Tenants() {}

  static void print(Out out, TenantStatement statement) {
    switch (statement) {
      case CreateTenantSpace s -> createSpace(out, s);
      case AlterTenantSpace s -> {
        out.add("ALTER TENANT SPACE ").add(s.ifExists() ? IF_EXISTS : "").name(s.name());
        Statements.cluster(out, s.cluster());
        action(out.add(' '), s.action());
      }
      case DropTenantSpace s -> {
        out.add("DROP TENANT SPACE ").add(s.ifExists() ? IF_EXISTS : "").name(s.name());
        Statements.cluster(out, s.cluster());
      }
      case CreateTenant t -> {
        out.add("CREATE ").add(t.orReplace() ? "OR REPLACE " : "").add("TENANT ");
        tenant(out.add(t.ifNotExists() ? "IF NOT EXISTS " : ""), t.name());
        in(out, t.space());
        Statements.cluster(out, t.cluster());
        Expressions.print(out.add(" ID "), t.id());
        clauses(out, t.isolation(), t.limits(), t.settings());
      }
      case AlterTenant t -> alter(out, t);
      case DropTenant t -> {
        tenant(out.add("DROP TENANT ").add(t.ifExists() ? IF_EXISTS : ""), t.name());
        in(out, t.space());
        Statements.cluster(out, t.cluster());
        out.add(t.withData() ? " WITH DATA" : "");
      }
      case GrantTenant g -> {
        out.add(g.revoke() ? "REVOKE" : "GRANT");
        Statements.cluster(out, g.cluster());
        out.add(" TENANT ");
        for (int i = 0; i < g.tenants().size(); i++) {
          tenant(out.add(i > 0 ? ", " : ""), g.tenants().get(i));
        }
        in(out, g.space());
        Users.set(out.add(g.revoke() ? " FROM " : " TO "), g.grantees(), "ALL");
      }
    }
  }

  /** The names that would be taken for words of the statement stand in quotes. */
  private static void tenant(Out out, String name) {
    switch (name.toUpperCase(Locale.ROOT)) {
      case "SPACE", "IF", "TO", "FROM", "ON", "IN", "FORMAT", "INTO" -> out.quoted(name);
      default -> out.name(name);
    }
  }

  private static void in(Out out, @Nullable String space) {
    if (space != null) {
      out.add(" IN ").name(space);
    }
  }

  private static void createSpace(Out out, CreateTenantSpace s) {
    out.add("CREATE ").add(s.orReplace() ? "OR REPLACE " : "").add("TENANT SPACE ");
    out.add(s.ifNotExists() ? "IF NOT EXISTS " : "").name(s.name());
    Statements.cluster(out, s.cluster());
    out.line().add('(').indent();
    for (int i = 0; i < s.tables().size(); i++) {
      out.add(i > 0 ? "," : "");
      table((i > 0 ? out.line() : out.lineOrNothing()).add("TABLE "), s.tables().get(i));
    }
    out.outdent().lineOrNothing().add(')');
    clauses(out, s.isolation(), s.limits(), s.settings());
    if (s.comment() != null) {
      out.add(" COMMENT ").string(s.comment());
    }
  }

  private static void table(Out out, CreateTenantSpace.SpaceTable table) {
    Expressions.identifier(out, table.table());
    out.add(" KEY ").name(table.key());
  }

  private static void clauses(
      Out out,
      @Nullable Isolation isolation,
      @Nullable TenantLimits limits,
      List<SettingsElement> settings) {
    if (isolation != null) {
      out.add(" ISOLATION ").add(isolation.sql());
    }
    if (limits != null) {
      limits(out.add(' '), limits);
    }
    Profiles.settings(out, settings, "PROFILE ");
  }

  private static void limits(Out out, TenantLimits limits) {
    out.add("LIMITS ").add(limits.isEmpty() ? "NONE" : "");
    boolean first = true;
    for (TenantLimits.Limit limit : limits.limits()) {
      out.add(first ? "" : ", ").name(limit.name()).add(" = ");
      first = false;
      if (limit.value() == null) {
        out.add("DEFAULT");
      } else {
        Expressions.print(out, limit.value());
      }
    }
    for (int i = 0; i < limits.intervals().size(); i++) {
      out.add(first ? "" : i == 0 ? ", " : ",");
      Quotas.interval(out, limits.intervals().get(i), first || i == 0 ? "" : " ");
      first = false;
    }
  }

  private static void action(Out out, AlterTenantSpace.Action action) {
    switch (action) {
      case AlterTenantSpace.AddTable a -> table(out.add("ADD TABLE "), a.table());
      case AlterTenantSpace.DropTable d ->
          Expressions.identifier(out.add("DROP TABLE "), d.table());
      case AlterTenantSpace.AlterTable a -> {
        Expressions.identifier(out.add("ALTER TABLE "), a.table());
        Alters.commands(out, a.commands());
      }
      case AlterTenantSpace.CancelRollout _ -> out.add("CANCEL ROLLOUT");
      case AlterTenantSpace.ModifyIsolation m ->
          out.add("MODIFY ISOLATION ").add(m.isolation().sql());
      case AlterTenantSpace.ChangeLimits l ->
          limits(out.add(l.modify() ? "MODIFY " : ""), l.limits());
      case AlterTenantSpace.ChangeSettings s -> change(out, s.change());
      case AlterTenantSpace.ModifyComment m -> out.add("MODIFY COMMENT ").string(m.comment());
      case AlterTenantSpace.RenameTo r -> out.add("RENAME TO ").name(r.name());
    }
  }

  /** Without the blank that {@link Profiles#change} begins with. */
  private static void change(Out out, SettingsChange change) {
    var text = new Out(out.oneLine());
    Profiles.change(text, change);
    out.add(text.toString().stripLeading());
  }

  private static void alter(Out out, AlterTenant t) {
    tenant(out.add("ALTER TENANT ").add(t.ifExists() ? IF_EXISTS : ""), t.name());
    in(out, t.space());
    Statements.cluster(out, t.cluster());
    if (t.newName() != null) {
      tenant(out.add(" RENAME TO "), t.newName());
    }
    if (t.isolation() != null) {
      out.add(" ISOLATION ").add(t.isolation().sql());
    }
    if (t.limits() != null) {
      limits(out.add(t.modifyLimits() ? " MODIFY " : " "), t.limits());
    }
    Profiles.change(out, t.settingsChange());
  }

  // ---- SHOW and EXPLAIN

  static void show(Out out, ShowTenants s) {
    out.add(s.spaces() ? "SHOW TENANT SPACES" : "SHOW TENANTS");
    in(out, s.space());
    Drops.pattern(out, s.pattern());
  }

  static void showCreate(Out out, ShowCreateTenant s) {
    one(out.add("SHOW CREATE "), s.tenant(), s.space());
  }

  private static void one(Out out, @Nullable String tenant, @Nullable String space) {
    if (tenant != null) {
      tenant(out.add("TENANT "), tenant);
      in(out, space);
    } else if (space != null) {
      out.add("TENANT SPACE ").name(space);
    }
  }

  static void explain(Out out, ExplainTenant e) {
    out.add("EXPLAIN ");
    if (e.statement() == null) {
      one(out, e.tenant(), e.space());
    } else {
      print(out, e.statement());
    }
  }
}
