package io.longhouse.sql.parser;

import io.longhouse.sql.ast.CheckAllTables;
import io.longhouse.sql.ast.CheckTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Kill;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.sql.ast.Partition;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.Watch;
import java.util.ArrayList;
import java.util.List;

/** OPTIMIZE, CHECK, KILL and WATCH. */
final class Maintenance {
  private Maintenance() {}

  static Statement optimize(Cursor c) {
    c.expect("OPTIMIZE");
    c.expect("TABLE");
    Identifier table = Names.table(c);
    String cluster = Names.cluster(c);
    List<String> dryRun = null;
    if (c.accept("DRY RUN PARTS")) {
      dryRun = new ArrayList<>();
      do {
        dryRun.add(Literals.string(c));
      } while (c.accept(TokenKind.COMMA));
    }
    Partition partition = c.accept("PARTITION") ? Partitions.parse(c) : null;
    boolean isFinal = c.accept("FINAL") || c.accept("FORCE");
    boolean deduplicate = c.accept("DEDUPLICATE");
    List<Expression> by = null;
    boolean cleanup = false;
    if (deduplicate && c.accept("BY")) {
      by = columns(c);
    } else {
      cleanup = c.accept("CLEANUP");
    }
    return new Optimize(table, cluster, partition, isFinal, deduplicate, by, cleanup, dryRun);
  }

  private static List<Expression> columns(Cursor c) {
    var columns = new ArrayList<Expression>();
    do {
      columns.add(c.kind() == TokenKind.ASTERISK ? Matchers.asterisk(c) : Expressions.parse(c));
    } while (c.accept(TokenKind.COMMA));
    return columns;
  }

  static Statement check(Cursor c) {
    c.expect("CHECK");
    if (c.accept("ALL TABLES")) {
      return new CheckAllTables();
    }
    if (c.accept("GRANT")) {
      return Grants.check(c);
    }
    boolean database = c.accept("DATABASE");
    if (!database) {
      c.expect("TABLE");
    }
    Identifier name = database ? Names.single(c) : Names.table(c);
    Partition partition = c.accept("PARTITION") ? Partitions.parse(c) : null;
    String part = partition == null && c.accept("PART") ? Literals.string(c) : null;
    return new CheckTable(database, name, partition, part);
  }

  static Statement kill(Cursor c) {
    c.expect("KILL");
    for (Kill.Kind kind : Kill.Kind.values()) {
      if (c.accept(kind.name())) {
        String cluster = Names.cluster(c);
        c.expect("WHERE");
        Expression where = Expressions.parse(c);
        Kill.Mode mode = Kill.Mode.ASYNC;
        for (Kill.Mode one : Kill.Mode.values()) {
          if (c.accept(one.name())) {
            mode = one;
            break;
          }
        }
        return new Kill(kind, where, mode, cluster);
      }
    }
    throw c.fail("QUERY", "MUTATION", "PART_MOVE_TO_SHARD", "TRANSACTION");
  }

  static Statement watch(Cursor c) {
    c.expect("WATCH");
    Identifier view = Names.table(c);
    boolean events = c.accept("EVENTS");
    Expression limit = c.accept("LIMIT") ? Literals.number(c) : null;
    return new Watch(view, events, limit);
  }
}
