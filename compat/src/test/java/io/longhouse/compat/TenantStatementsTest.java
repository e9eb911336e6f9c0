package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TenantLimits;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import io.longhouse.tenancy.Compiler;
import io.longhouse.tenancy.Limit;
import io.longhouse.tenancy.Limits;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What stands behind tenants, read and printed by real ClickHouse 26.7. */
class TenantStatementsTest {
  private static final int TENANTS = 120;
  private static final List<String> ODD =
      List.of("acme", "a b", "table", "it's", "back`tick", "ünï", "1st", "a.b.c", "select", "\\x");
  private static final Pattern ANSWER = Pattern.compile("\"out\": ?\"([^\"]*)\"");

  private final Random random = new Random(26_7);

  @Test
  void everyStatementComesBackUnchanged() throws Exception {
    List<Statement> statements = new ArrayList<>();
    for (int i = 1; i <= TENANTS; i++) {
      TenantSpace space = space(i);
      Tenant tenant = tenant(space, i);
      statements.addAll(Compiler.space(space));
      statements.addAll(Compiler.tenant(space, tenant));
      statements.addAll(Compiler.dropTenant(space, tenant, true));
      statements.addAll(Compiler.dropDatabase(tenant));
      statements.addAll(Compiler.dropSpace(space));
    }
    List<String> expected = new ArrayList<>();
    var input = new StringBuilder();
    for (Statement s : statements) {
      ask("formatQuerySingleLine", Formatter.formatOneLine(s), input);
      expected.add(Formatter.formatOneLine(s));
      ask("formatQuery", Formatter.format(s), input);
      expected.add(Formatter.format(s));
    }
    assertThat(expected).hasSizeGreaterThan(2_000);
    assertThat(answers(input.toString())).isEqualTo(expected);
  }

  private String odd() {
    return ODD.get(random.nextInt(ODD.size()));
  }

  private TenantSpace space(int i) {
    List<TenantSpace.Table> tables = new ArrayList<>();
    String database = odd();
    for (int t = 0; t <= random.nextInt(3); t++) {
      tables.add(new TenantSpace.Table(t + 1, database, odd() + t, odd()));
    }
    return new TenantSpace(
        i,
        i % 2 == 0 ? "app" : "space_" + i,
        tables,
        Isolation.SHARED_TABLE,
        limits(),
        List.of(),
        "",
        List.of(),
        null);
  }

  private Tenant tenant(TenantSpace space, int i) {
    Isolation isolation = Isolation.values()[i % 3];
    Literal id =
        switch (i % 4) {
          case 0 -> NumberLiteral.unsigned(i);
          case 1 -> NumberLiteral.signed(-i);
          case 2 -> Literal.of("61f0c404-5cb3-11e7-907b-a6006ad3dba0");
          default -> Literal.of(odd());
        };
    String settings = "CREATE ROLE r SETTINGS max_threads = 4 MIN 1 MAX 8, SQL_x = 'it''s' CONST";
    var role = (io.longhouse.sql.ast.CreateRole) Parser.parseStatement(settings).statement();
    return new Tenant(
        1000 + i,
        space.serial(),
        odd() + (i % 5 == 0 ? i : ""),
        id,
        isolation,
        limits(),
        i % 2 == 0 ? role.settings() : List.of(),
        space.name() + "_" + i,
        Tenant.State.ACTIVE);
  }

  private Limits limits() {
    List<TenantLimits.Limit> values = new ArrayList<>();
    for (Limit limit : Limit.values()) {
      if (random.nextInt(3) == 0) {
        Literal v = NumberLiteral.unsigned(1 + random.nextInt(1_000_000));
        values.add(new TenantLimits.Limit(limit.sql(), limit.isBytes() ? Literal.of("4Gi") : v));
      }
    }
    String quota =
        "CREATE QUOTA q FOR INTERVAL 1 hour MAX queries = 10, read_rows = 1e9, FOR RANDOMIZED"
            + " INTERVAL 2 day TRACKING ONLY, FOR INTERVAL 5 minute MAX execution_time = 1.5";
    var q = (io.longhouse.sql.ast.CreateQuota) Parser.parseStatement(quota).statement();
    return Limits.NONE.changed(
        false, new TenantLimits(values, random.nextBoolean() ? q.intervals() : List.of()));
  }

  // ---- The peer

  private static void ask(String function, String sql, StringBuilder out) {
    String query = "SELECT " + function + "(" + io.longhouse.sql.Quoting.string(sql) + ")";
    out.append("{\"sql\": \"");
    for (char c : query.toCharArray()) {
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
    out.append("\", \"format\": \"TSVRaw\"}\n");
  }

  private static List<String> answers(String requests) throws IOException, InterruptedException {
    Path peers = Program.peers();
    Assumptions.assumeTrue(
        Files.isDirectory(peers.resolve("node_modules/chdb")), "chdb is not installed");
    Program.Outcome outcome = Program.run(requests, "node", "peers/chdb.mjs");
    List<String> out = new ArrayList<>();
    for (String line : outcome.out().lines().skip(1).toList()) {
      Matcher m = ANSWER.matcher(line);
      assertThat(m.find()).as(line).isTrue();
      byte[] bytes = Base64.getDecoder().decode(m.group(1));
      out.add(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
    }
    return out;
  }
}
