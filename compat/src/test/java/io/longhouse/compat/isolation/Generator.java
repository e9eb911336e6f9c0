package io.longhouse.compat.isolation;

import java.util.List;
import java.util.Map;

/** The next statement of A. */
final class Generator {
  private final Draw draw;
  private final Selects selects;
  private final Introspection introspection;
  private final Changes changes;
  private Statement last = Statement.reading("SELECT", "SELECT 1");

  /** What can be drawn from; the same for every round. */
  record Vocabulary(
      Signatures signatures,
      SettingValues settings,
      List<String> formats,
      Map<String, List<String>> systemColumns) {
    static Vocabulary of(World world) {
      return new Vocabulary(
          new Signatures(),
          new SettingValues(world),
          world.names("SELECT name FROM system.formats WHERE is_output ORDER BY name"),
          world.systemColumns());
    }
  }

  Generator(Vocabulary words, long seed) {
    this.draw = new Draw(seed);
    var expressions = new Expressions(draw, words.signatures(), words.settings().names());
    this.selects = new Selects(draw, expressions, words.settings(), words.formats());
    this.introspection = new Introspection(draw, selects, words.systemColumns());
    this.changes = new Changes(draw, selects, expressions, words.settings());
  }

  Statement next() {
    int at = draw.below(100);
    Statement s =
        at < 58
            ? selects.select()
            : at < 68
                ? introspection.explain()
                : at < 82
                    ? introspection.metadata()
                    : at < 88
                        ? changes.rows()
                        : at < 90
                            ? changes.tables()
                            : at < 96 ? changes.objects() : at < 98 ? changes.session() : last;
    last = s;
    return s;
  }
}
