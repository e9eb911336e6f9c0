package io.longhouse.sql.parser;

import io.longhouse.sql.ast.AccessVerb;
import io.longhouse.sql.ast.CreateRowPolicy;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.RowPolicyName;
import io.longhouse.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE and ALTER of row policies. */
final class RowPolicies {
  private RowPolicies() {}

  /** {@code p ON t, q ON u}, {@code p, q ON t}, {@code p ON t, u}. */
  static List<RowPolicyName> names(Cursor c) {
    var all = new ArrayList<RowPolicyName>();
    do {
      List<String> names = shortNames(c);
      if (c.at("ON CLUSTER") && c.atAhead(3, "ON")) {
        throw c.fail("ON");
      }
      c.expect("ON");
      all.addAll(on(c, names));
    } while (c.accept(TokenKind.COMMA));
    return List.copyOf(all);
  }

  private static List<String> shortNames(Cursor c) {
    var names = new ArrayList<String>();
    do {
      names.add(Names.identifierOrString(c));
    } while (c.accept(TokenKind.COMMA));
    return names;
  }

  private static List<RowPolicyName> on(Cursor c, List<String> names) {
    var all = new ArrayList<RowPolicyName>();
    do {
      String database = null;
      String table = tablePart(c);
      if (c.accept(TokenKind.DOT)) {
        database = table;
        table = tablePart(c);
      }
      for (String name : names) {
        all.add(new RowPolicyName(name, database, table));
      }
    } while (names.size() == 1
        && c.kind() == TokenKind.COMMA
        && !c.atAhead(2, "ON")
        && c.accept(TokenKind.COMMA));
    return all;
  }

  private static String tablePart(Cursor c) {
    return c.accept(TokenKind.ASTERISK) ? "*" : Names.identifier(c);
  }

  /** Names with the ON CLUSTER that may also stand between a name and its table. */
  record Named(List<RowPolicyName> names, @Nullable String cluster) {}

  static Named named(Cursor c) {
    List<RowPolicyName> names = c.attempt(RowPolicies::names);
    if (names != null) {
      return new Named(names, null);
    }
    List<String> shortNames = shortNames(c);
    String cluster = Names.cluster(c);
    c.expect("ON");
    return new Named(List.copyOf(on(c, shortNames)), cluster);
  }

  static Statement parse(Cursor c, AccessVerb.Kind how) {
    boolean alter = how == AccessVerb.Kind.ALTER || how == AccessVerb.Kind.ALTER_IF_EXISTS;
    Named named = named(c);
    String cluster = named.cluster;
    List<RowPolicyName> names = named.names;
    String newName = null;
    String storage = null;
    Boolean restrictive = null;
    boolean filter = false;
    Expression using = null;
    while (c.kind() == TokenKind.WORD) {
      if (alter && newName == null && c.accept("RENAME TO")) {
        newName = Names.identifierOrString(c);
      } else if (restrictive == null && c.accept("AS")) {
        restrictive = c.accept("RESTRICTIVE");
        if (!restrictive) {
          c.expect("PERMISSIVE");
        }
      } else if (!filter && c.accept("FOR SELECT")) {
        c.couldBe("USING");
      } else if (!filter && c.accept("USING")) {
        filter = true;
        using = alter && c.accept("NONE") ? null : Expressions.parse(c);
      } else if (cluster == null && c.at("ON CLUSTER")) {
        cluster = Names.cluster(c);
      } else if (!alter && storage == null && c.accept("IN")) {
        storage = Names.identifier(c);
      } else {
        break;
      }
    }
    RoleSet to = c.accept("TO") ? UserNames.set(c) : null;
    if (cluster == null) {
      cluster = Names.cluster(c);
    }
    return new CreateRowPolicy(
        new AccessVerb(how, cluster, storage), names, newName, restrictive, filter, using, to);
  }
}
