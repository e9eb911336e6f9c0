package io.longhouse.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CompilerTest {
  private static final TenantSpace APP =
      Samples.space(
          "CREATE TENANT SPACE app (TABLE db.events KEY tenant_id, TABLE db.users KEY org) LIMITS"
              + " weight = 2, max_memory_usage = '4Gi', FOR INTERVAL 1 HOUR MAX queries = 10"
              + " SETTINGS max_threads = 4 MAX 8");

  private static List<String> lines(List<Statement> statements) {
    return statements.stream().map(Formatter::formatOneLine).toList();
  }

  @Test
  void aSpaceIsARoleWithTwoPoliciesPerTable() {
    assertThat(lines(Compiler.space(APP)))
        .containsExactly(
            "CREATE ROLE `tenant_space:app`",
            "GRANT SELECT, INSERT, ALTER UPDATE, ALTER DELETE ON db.events, SELECT, INSERT, ALTER"
                + " UPDATE, ALTER DELETE ON db.users TO `tenant_space:app`",
            "CREATE ROW POLICY `tenant_space:app` ON db.events AS PERMISSIVE FOR SELECT USING 1 TO"
                + " `tenant_space:app`",
            "CREATE ROW POLICY `tenant_space:app:rows` ON db.events AS RESTRICTIVE FOR SELECT USING"
                + " tenant_id = getSetting('SQL_tenant_app') TO `tenant_space:app`",
            "CREATE ROW POLICY `tenant_space:app` ON db.users AS PERMISSIVE FOR SELECT USING 1 TO"
                + " `tenant_space:app`",
            "CREATE ROW POLICY `tenant_space:app:rows` ON db.users AS RESTRICTIVE FOR SELECT USING"
                + " org = getSetting('SQL_tenant_app') TO `tenant_space:app`",
            "CREATE WORKLOAD IF NOT EXISTS `all`",
            "CREATE RESOURCE IF NOT EXISTS tenants_cpu (MASTER THREAD, WORKER THREAD)",
            "CREATE RESOURCE IF NOT EXISTS tenants_memory (MEMORY RESERVATION)",
            "CREATE RESOURCE IF NOT EXISTS tenants_query (QUERY)");
  }

  @Test
  void aTenantInSharedTablesIsARole() {
    Tenant acme =
        Samples.tenant(
            APP,
            "CREATE TENANT acme IN app ID 42 LIMITS weight = 4, max_parts = 9, FOR INTERVAL 1 HOUR"
                + " MAX read_rows = 1e9, FOR INTERVAL 1 DAY MAX errors = 3 SETTINGS max_threads ="
                + " 2");
    assertThat(lines(Compiler.tenant(APP, acme)))
        .containsExactly(
            "CREATE ROLE `tenant:app.acme` SETTINGS max_threads = 2, max_memory_usage = 4294967296"
                + " CONST, SQL_tenant_app = 42 CONST, workload = 'app.acme' CONST",
            "GRANT `tenant_space:app` TO `tenant:app.acme`",
            "CREATE QUOTA `tenant:app.acme` NOT KEYED FOR INTERVAL 1 hour MAX read_rows ="
                + " 1000000000, FOR INTERVAL 1 day MAX errors = 3 TO `tenant:app.acme`",
            "CREATE WORKLOAD `app.acme` IN `all` SETTINGS weight = 4, max_memory = 4294967296");
    assertThat(Compiler.beyondClickHouse(APP, acme))
        .contains("max_parts = 9: ClickHouse has no such limit");
    assertThat(Compiler.dropTables(APP, acme)).isEmpty();
  }

  @Test
  void aTenantWithTablesOfItsOwnFindsThemUnderThePlainName() {
    Tenant acme = Samples.tenant(APP, "CREATE TENANT acme IN app ID 'x' ISOLATION TABLE");
    assertThat(lines(Compiler.tables(APP, acme)))
        .startsWith(
            "CREATE DATABASE app_acme",
            "CREATE TABLE db.events__app_acme AS db.events",
            "ALTER TABLE db.events__app_acme (MODIFY COLUMN `tenant_id` DEFAULT 'x'), (ADD"
                + " CONSTRAINT tenant CHECK tenant_id = 'x')",
            "CREATE TABLE app_acme.events ENGINE = Alias(db, events__app_acme)");
    assertThat(lines(List.of(Compiler.tenantGrants(APP, acme))).getFirst())
        .startsWith(
            "GRANT SELECT, INSERT, ALTER UPDATE, ALTER DELETE ON app_acme.events, SELECT, INSERT,"
                + " ALTER UPDATE, ALTER DELETE ON db.events__app_acme, ")
        .endsWith(" TO `tenant:app.acme`");
    assertThat(lines(Compiler.dropTables(APP, acme)))
        .containsExactly(
            "DROP TABLE IF EXISTS app_acme.events SYNC",
            "DROP TABLE IF EXISTS db.events__app_acme SYNC",
            "DROP TABLE IF EXISTS app_acme.users SYNC",
            "DROP TABLE IF EXISTS db.users__app_acme SYNC");
    assertThat(lines(Compiler.dropDatabase(acme)))
        .containsExactly("DROP DATABASE IF EXISTS app_acme SYNC");
  }

  @Test
  void aTenantWithADatabaseOfItsOwnHasTheTablesThere() {
    Tenant acme = Samples.tenant(APP, "CREATE TENANT acme IN app ID 3 ISOLATION DATABASE");
    assertThat(lines(Compiler.tables(APP, acme)))
        .startsWith("CREATE DATABASE app_acme", "CREATE TABLE app_acme.events AS db.events");
    assertThat(IsolationModel.of(Isolation.DATABASE).database(APP, acme)).isEqualTo("app_acme");
  }

  @Test
  void modelsOfOtherShapesAreNamed() {
    assertThatThrownBy(() -> IsolationModel.of(Isolation.SERVICE)).hasMessageContaining("cloud");
    assertThatThrownBy(() -> IsolationModel.of(Isolation.WAREHOUSE)).hasMessageContaining("shared");
  }

  @Test
  void idsSayWhoseTheyAre() {
    for (GeneratedId.Kind kind : GeneratedId.Kind.values()) {
      var id = new GeneratedId(kind, (1L << 62) - 1, 0xFFFF);
      assertThat(GeneratedId.of(id.uuid())).isEqualTo(id);
      assertThat(id.uuid().version()).isEqualTo(8);
      assertThat(GeneratedId.of(GeneratedId.of(kind, 1).uuid()))
          .isEqualTo(new GeneratedId(kind, 1, 0));
    }
    assertThat(GeneratedId.of(UUID.fromString("61f0c404-5cb3-11e7-907b-a6006ad3dba0"))).isNull();
  }

  @Test
  void namesSayWhoseTheyAre() {
    assertThat(Names.owner(Names.tenantRole("app", "a.b")))
        .isEqualTo(new Names.Owner("app", "a.b"));
    assertThat(Names.owner(Names.spaceRole("app"))).isEqualTo(new Names.Owner("app", null));
    assertThat(Names.owner("analyst")).isNull();
    assertThatThrownBy(() -> Names.checkSpace("a.b")).hasMessageContaining("'a.b'");
    assertThatThrownBy(() -> Names.checkTenant("")).hasMessageContaining("1 to 120");
  }
}
