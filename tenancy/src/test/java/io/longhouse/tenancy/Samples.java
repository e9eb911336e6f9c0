package io.longhouse.tenancy;

import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.ast.CreateTenant;
import io.longhouse.sql.ast.CreateTenantSpace;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Spaces and tenants, usual and odd ones. */
final class Samples {
  private static final List<String> NAMES =
      List.of("acme", "a b", "table", "it's", "back`tick", "ünï", "1st", "a.b.c", "select", "\\x");

  private Samples() {}

  static TenantSpace space(String sql) {
    var s = (CreateTenantSpace) Parser.parseStatement(sql).statement();
    List<TenantSpace.Table> tables = new ArrayList<>();
    for (CreateTenantSpace.SpaceTable t : s.tables()) {
      List<String> parts = t.table().parts();
      tables.add(new TenantSpace.Table(tables.size() + 1, parts.get(0), parts.get(1), t.key()));
    }
    return new TenantSpace(
        7,
        s.name(),
        tables,
        s.isolation() == null ? Isolation.SHARED_TABLE : s.isolation(),
        s.limits() == null ? Limits.NONE : Limits.NONE.changed(false, s.limits()),
        s.settings(),
        s.comment() == null ? "" : s.comment(),
        List.of(),
        null);
  }

  static Tenant tenant(TenantSpace space, String sql) {
    var t = (CreateTenant) Parser.parseStatement(sql).statement();
    Isolation isolation = t.isolation() == null ? space.isolation() : t.isolation();
    return new Tenant(
        8,
        space.serial(),
        t.name(),
        t.id(),
        isolation,
        t.limits() == null ? Limits.NONE : Limits.NONE.changed(false, t.limits()),
        t.settings(),
        isolation == Isolation.SHARED_TABLE ? "" : space.name() + "_" + t.name(),
        Tenant.State.ACTIVE);
  }

  static String name(Random random) {
    return NAMES.get(random.nextInt(NAMES.size()))
        + (random.nextBoolean() ? "" : random.nextInt(9));
  }

  static Rollout rollout(String alter) {
    var statement = (AlterTenantSpace) Parser.parseStatement(alter).statement();
    return new Rollout(statement.action(), true, 90, 40, 41, "abc", 12, 5, "no 'such'\ncolumn");
  }
}
