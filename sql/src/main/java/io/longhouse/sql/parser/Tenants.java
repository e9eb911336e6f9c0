package io.longhouse.sql.parser;

import io.longhouse.sql.ast.AlterTenant;
import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateTenant;
import io.longhouse.sql.ast.CreateTenantSpace;
import io.longhouse.sql.ast.DropTenant;
import io.longhouse.sql.ast.DropTenantSpace;
import io.longhouse.sql.ast.ExplainTenant;
import io.longhouse.sql.ast.GrantTenant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.SettingsChange;
import io.longhouse.sql.ast.SettingsElement;
import io.longhouse.sql.ast.ShowCreateTenant;
import io.longhouse.sql.ast.ShowTenants;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TenantLimits;
import io.longhouse.sql.ast.TenantStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Statements about tenants and tenant spaces. A tenant that is called SPACE needs quotes. */
final class Tenants {
  private static final String TENANT = "TENANT";
  private static final String SPACE = "TENANT SPACE";

  private Tenants() {}

  /** What follows CREATE [OR REPLACE]; null, with nothing skipped, when it is something else. */
  static @Nullable Statement tryCreate(Cursor c, CreateHead.Verb verb) {
    boolean replace = verb == CreateHead.Verb.CREATE_OR_REPLACE;
    if (verb != CreateHead.Verb.CREATE && !replace || !c.at(TENANT)) {
      return null;
    }
    return c.accept(SPACE) ? createSpace(c, replace) : createTenant(c, replace);
  }

  private static Statement createSpace(Cursor c, boolean replace) {
    boolean ifNotExists = !replace && c.accept("IF NOT EXISTS");
    String name = Names.identifier(c);
    String cluster = Names.cluster(c);
    c.expect(TokenKind.OPEN_ROUND);
    var tables = new ArrayList<CreateTenantSpace.SpaceTable>();
    do {
      c.expect("TABLE");
      tables.add(table(c));
    } while (c.accept(TokenKind.COMMA));
    c.expect(TokenKind.CLOSE_ROUND);
    Clauses all = clauses(c, cluster);
    String comment = c.accept("COMMENT") ? Literals.string(c) : null;
    all.cluster = cluster(c, all.cluster);
    return new CreateTenantSpace(
        replace,
        ifNotExists,
        name,
        all.cluster,
        tables,
        all.isolation,
        all.limits,
        all.settings,
        comment);
  }

  private static CreateTenantSpace.SpaceTable table(Cursor c) {
    Identifier table = Names.table(c);
    c.expect("KEY");
    return new CreateTenantSpace.SpaceTable(table, Names.identifier(c));
  }

  private static Statement createTenant(Cursor c, boolean replace) {
    c.expect(TENANT);
    boolean ifNotExists = !replace && c.accept("IF NOT EXISTS");
    String name = Names.identifier(c);
    String cluster = Names.cluster(c);
    c.expect("IN");
    String space = Names.identifier(c);
    cluster = cluster(c, cluster);
    c.expect("ID");
    Literal id = id(c);
    Clauses all = clauses(c, cluster);
    return new CreateTenant(
        replace,
        ifNotExists,
        name,
        space,
        all.cluster,
        id,
        all.isolation,
        all.limits,
        all.settings);
  }

  /** An integer, a string or {@code UUID 'text'}. */
  private static Literal id(Cursor c) {
    if (c.accept("UUID") || Literals.atString(c)) {
      return Literal.of(Literals.string(c));
    }
    NumberLiteral number = Literals.tryNumber(c);
    if (number == null || !number.isInteger()) {
      throw c.fail("integer", "string literal", "UUID");
    }
    return number;
  }

  /** {@code ON CLUSTER} may stand in several places, once. */
  private static @Nullable String cluster(Cursor c, @Nullable String known) {
    return known == null ? Names.cluster(c) : known;
  }

  private static final class Clauses {
    private @Nullable String cluster;
    private @Nullable Isolation isolation;
    private @Nullable TenantLimits limits;
    private List<SettingsElement> settings = List.of();
  }

  private static Clauses clauses(Cursor c, @Nullable String cluster) {
    var all = new Clauses();
    all.cluster = cluster;
    while (true) {
      all.cluster = cluster(c, all.cluster);
      if (all.isolation == null && c.accept("ISOLATION")) {
        all.isolation = isolation(c);
      } else if (all.limits == null && c.accept("LIMITS")) {
        all.limits = limits(c);
      } else if (all.settings.isEmpty() && c.at("SETTINGS")) {
        all.settings = ProfileElements.list(c);
      } else {
        return all;
      }
    }
  }

  private static Isolation isolation(Cursor c) {
    for (Isolation isolation : Isolation.values()) {
      if (c.accept(isolation.sql())) {
        return isolation;
      }
    }
    throw c.fail("SHARED TABLE", "TABLE", "DATABASE", "WAREHOUSE", "SERVICE");
  }

  private static TenantLimits limits(Cursor c) {
    if (c.accept("NONE")) {
      return TenantLimits.NONE;
    }
    var limits = new ArrayList<TenantLimits.Limit>();
    do {
      if (c.at("FOR") && c.kind(1) != TokenKind.EQUALS) {
        return new TenantLimits(limits, Quotas.intervals(c));
      }
      String name = Names.identifier(c).toLowerCase(Locale.ROOT);
      c.expect(TokenKind.EQUALS);
      limits.add(new TenantLimits.Limit(name, c.accept("DEFAULT") ? null : Settings.value(c)));
    } while (c.accept(TokenKind.COMMA));
    return new TenantLimits(limits, List.of());
  }

  // ---- ALTER

  /** What follows ALTER; null, with nothing skipped, when it is something else. */
  static @Nullable Statement tryAlter(Cursor c) {
    if (!c.at(TENANT)) {
      return null;
    }
    return c.accept(SPACE) ? alterSpace(c) : alterTenant(c);
  }

  private static Statement alterSpace(Cursor c) {
    boolean ifExists = c.accept("IF EXISTS");
    String name = Names.identifier(c);
    String cluster = Names.cluster(c);
    return new AlterTenantSpace(ifExists, name, cluster, action(c));
  }

  private static AlterTenantSpace.Action action(Cursor c) {
    if (c.accept("ADD TABLE")) {
      return new AlterTenantSpace.AddTable(table(c));
    }
    if (c.accept("DROP TABLE")) {
      return new AlterTenantSpace.DropTable(Names.table(c));
    }
    if (c.accept("ALTER TABLE")) {
      Identifier table = Names.table(c);
      return new AlterTenantSpace.AlterTable(table, AlterCommands.list(c));
    }
    if (c.accept("CANCEL ROLLOUT")) {
      return new AlterTenantSpace.CancelRollout();
    }
    if (c.accept("MODIFY ISOLATION") || c.accept("ISOLATION")) {
      return new AlterTenantSpace.ModifyIsolation(isolation(c));
    }
    if (c.accept("MODIFY COMMENT")) {
      return new AlterTenantSpace.ModifyComment(Literals.string(c));
    }
    if (c.accept("RENAME TO")) {
      return new AlterTenantSpace.RenameTo(Names.identifier(c));
    }
    boolean modify = c.accept("MODIFY LIMITS");
    if (modify || c.accept("LIMITS")) {
      return new AlterTenantSpace.ChangeLimits(modify, limits(c));
    }
    SettingsChange change = ProfileElements.tryChange(c);
    if (change == null) {
      throw c.fail("ADD", "DROP", "ALTER TABLE", "MODIFY", "LIMITS", "SETTINGS", "RENAME TO");
    }
    return new AlterTenantSpace.ChangeSettings(change);
  }

  private static Statement alterTenant(Cursor c) {
    c.expect(TENANT);
    boolean ifExists = c.accept("IF EXISTS");
    String name = Names.identifier(c);
    String cluster = Names.cluster(c);
    String space = in(c);
    cluster = cluster(c, cluster);
    String newName = null;
    Isolation isolation = null;
    boolean modify = false;
    TenantLimits limits = null;
    SettingsChange settings = null;
    while (c.kind() == TokenKind.WORD) {
      if (cluster == null && c.at("ON CLUSTER")) {
        cluster = Names.cluster(c);
      } else if (newName == null && c.accept("RENAME TO")) {
        newName = Names.identifier(c);
      } else if (isolation == null && (c.accept("MODIFY ISOLATION") || c.accept("ISOLATION"))) {
        isolation = isolation(c);
      } else if (limits == null && (c.at("MODIFY LIMITS") || c.at("LIMITS"))) {
        modify = c.accept("MODIFY");
        c.expect("LIMITS");
        limits = limits(c);
      } else {
        SettingsChange change = settings == null ? ProfileElements.tryChange(c) : null;
        if (change == null) {
          break;
        }
        settings = change;
      }
    }
    return new AlterTenant(
        ifExists, name, space, cluster, newName, isolation, modify, limits, settings);
  }

  private static @Nullable String in(Cursor c) {
    return c.accept("IN") ? Names.identifier(c) : null;
  }

  // ---- DROP, GRANT, SHOW, EXPLAIN

  /** What follows DROP; null, with nothing skipped, when it is something else. */
  static @Nullable Statement tryDrop(Cursor c) {
    if (c.accept(SPACE)) {
      boolean ifExists = c.accept("IF EXISTS");
      String name = Names.identifier(c);
      return new DropTenantSpace(ifExists, name, Names.cluster(c));
    }
    if (!c.accept(TENANT)) {
      return null;
    }
    boolean ifExists = c.accept("IF EXISTS");
    String name = Names.identifier(c);
    String cluster = Names.cluster(c);
    String space = in(c);
    cluster = cluster(c, cluster);
    boolean withData = c.accept("WITH DATA");
    return new DropTenant(ifExists, name, space, cluster(c, cluster), withData);
  }

  /** What follows GRANT or REVOKE; a role may be called TENANT. */
  static @Nullable Statement tryGrant(Cursor c, boolean revoke, @Nullable String cluster) {
    if (!c.at(TENANT) || !isName(c)) {
      return null;
    }
    c.advance();
    List<String> tenants = List.copyOf(Names.identifiers(c));
    String space = in(c);
    String on = cluster == null ? Names.cluster(c) : cluster;
    c.expect(revoke ? "FROM" : "TO");
    RoleSet grantees = UserNames.set(c);
    return new GrantTenant(revoke, on == null ? Names.cluster(c) : on, tenants, space, grantees);
  }

  /** Whether the word TENANT is followed by a name and is none itself. */
  private static boolean isName(Cursor c) {
    return c.kind(1) == TokenKind.QUOTED_IDENTIFIER
        || c.kind(1) == TokenKind.WORD
            && !c.atAhead(1, "TO")
            && !c.atAhead(1, "FROM")
            && !c.atAhead(1, "ON");
  }

  /** What follows SHOW; null, with nothing skipped, when it is something else. */
  static @Nullable Statement tryShow(Cursor c) {
    if (c.accept("TENANTS")) {
      return new ShowTenants(false, in(c), Patterns.tryParse(c));
    }
    if (c.accept("TENANT SPACES")) {
      return new ShowTenants(true, null, Patterns.tryParse(c));
    }
    return null;
  }

  /** What follows SHOW CREATE; a table may be called TENANT. */
  static @Nullable Statement tryShowCreate(Cursor c) {
    if (c.at(SPACE) && isWord(c.kind(2))) {
      c.expect(SPACE);
      return new ShowCreateTenant(null, Names.identifier(c));
    }
    if (c.at(TENANT) && isWord(c.kind(1)) && !c.atAhead(1, "FORMAT") && !c.atAhead(1, "INTO")) {
      c.expect(TENANT);
      String tenant = Names.identifier(c);
      return new ShowCreateTenant(tenant, in(c));
    }
    return null;
  }

  private static boolean isWord(TokenKind kind) {
    return kind == TokenKind.WORD || kind == TokenKind.QUOTED_IDENTIFIER;
  }

  /** What follows EXPLAIN; null, with nothing skipped, when it is something else. */
  static @Nullable Statement tryExplain(Cursor c) {
    if (c.accept(SPACE)) {
      return new ExplainTenant(null, Names.identifier(c), null);
    }
    if (c.accept(TENANT)) {
      String tenant = Names.identifier(c);
      return new ExplainTenant(tenant, in(c), null);
    }
    for (String verb : List.of("CREATE", "CREATE OR REPLACE", "ALTER", "DROP", "GRANT", "REVOKE")) {
      if (c.at(verb + " TENANT") && Statements.parse(c) instanceof TenantStatement statement) {
        return new ExplainTenant(null, null, statement);
      }
    }
    return null;
  }
}
