package io.longhouse.compat.isolation;

import java.util.ArrayList;
import java.util.List;

/** The ways in which an owner can say that a member sees the rows of its tenant alone. */
enum PolicyModel {
  PERMISSIVE {
    @Override
    void add(List<String> out) {
      onEach(out, "CREATE ROW POLICY own ON app.%s USING tenant = 1 TO acme");
      onEach(out, "CREATE ROW POLICY own2 ON app.%s USING tenant != 1 TO bolt");
    }
  },
  RESTRICTIVE {
    @Override
    void add(List<String> out) {
      onEach(out, "CREATE ROW POLICY every ON app.%s USING 1 TO members");
      onEach(out, "CREATE ROW POLICY own ON app.%s AS RESTRICTIVE USING 1 = tenant TO acme");
    }
  },
  CURRENT_USER {
    @Override
    void add(List<String> out) {
      onEach(out, "CREATE ROW POLICY mine ON app.%s USING owner = currentUser() TO members");
    }
  },
  SETTING {
    @Override
    void add(List<String> out) {
      out.add("ALTER USER acme SETTINGS SQL_tenant_app = 1 CONST");
      onEach(out, "CREATE ROW POLICY every ON app.%s USING 1 TO members");
      onEach(
          out,
          "CREATE ROW POLICY own ON app.%s AS RESTRICTIVE"
              + " USING tenant = getSetting('SQL_tenant_app') TO members");
    }
  },
  DATABASE_WIDE {
    @Override
    void add(List<String> out) {
      out.add("CREATE ROW POLICY own ON app.* USING tenant IN (1) TO members");
      out.add("CREATE ROW POLICY theirs ON app.wide USING owner = 'nobody' TO acme");
    }
  },
  TENANT {
    @Override
    void add(List<String> out) {
      List<String> filled = TableShape.FILLED.stream().map(TableShape::name).toList();
      out.add(
          "CREATE TENANT SPACE shared (TABLE app."
              + String.join(" KEY tenant, TABLE app.", filled)
              + " KEY tenant)");
      out.add("CREATE TENANT one IN shared ID 1");
      out.add("CREATE TENANT two IN shared ID 2");
      out.add("GRANT TENANT one TO acme");
      out.add("GRANT TENANT two TO bolt");
      TableShape.SHOWING.forEach(t ->
          out.add("CREATE ROW POLICY own ON app.%s USING tenant = 1 TO acme".formatted(t.name())));
    }
  },
  COMPUTED {
    @Override
    void add(List<String> out) {
      onEach(
          out,
          "CREATE ROW POLICY own ON app.%s USING"
              + " NOT (tenant < 1 OR tenant > 1) AND startsWith(owner, 'ac') TO members");
    }
  };

  abstract void add(List<String> out);

  /** The condition of the owner for rows that are not A's. */
  String others() {
    return this == CURRENT_USER ? "owner != 'acme'" : "tenant != 1";
  }

  /** The statements of the owner. */
  List<String> statements() {
    List<String> out = new ArrayList<>();
    add(out);
    return out;
  }

  private static void onEach(List<String> out, String statement) {
    TableShape.ALL.forEach(t -> out.add(statement.formatted(t.name())));
  }
}
