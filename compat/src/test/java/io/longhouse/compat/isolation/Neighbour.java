package io.longhouse.compat.isolation;

import io.longhouse.engine.session.Session;
import java.util.Map;

/**
 * What B does while A is there: queries that succeed, that fail and that write, with its values.
 */
final class Neighbour {
  private Neighbour() {}

  static void work(World world, int number) {
    try (Session bolt = world.login("bolt", "b")) {
      for (int i = 0; i <= number * 3; i++) {
        run(bolt, "SELECT '" + Rows.MARK + i + "', count() FROM app.wide WHERE n > " + i);
        run(bolt, "SELECT throwIf(1, '" + Rows.MARK + "')");
        run(bolt, "SELECT * FROM app." + Rows.MARK);
        run(bolt, "INSERT INTO app.inmemory (tenant, owner, s) VALUES (2, 'bolt', 'later')");
        run(bolt, "CREATE TEMPORARY TABLE " + Rows.MARK + i + " (x UInt8)");
        run(bolt, "SELECT uniq(s), max(" + Rows.MARK + ") FROM app.compact");
        run(bolt, "SELECT sum(n) FROM app.wide SETTINGS use_query_cache = 1");
        run(bolt, "SELECT count() FROM app.compact WHERE s = 'zz' SETTINGS use_query_cache = 1");
      }
    }
  }

  private static void run(Session session, String sql) {
    World.observe(session, sql, Map.of(), "");
  }
}
