package io.longhouse.sql.parser;

import io.longhouse.sql.ast.CreateFunction;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateIndex;
import io.longhouse.sql.ast.CreateNamedCollection;
import io.longhouse.sql.ast.CreateResource;
import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.IndexDeclaration;
import io.longhouse.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/** CREATE of functions, named collections, indexes, workloads and resources. */
final class SmallCreates {
  private SmallCreates() {}

  /** What follows CREATE [OR REPLACE]. */
  static Statement parse(Cursor c, CreateHead.Verb verb) {
    boolean replace = verb == CreateHead.Verb.CREATE_OR_REPLACE;
    if (verb == CreateHead.Verb.CREATE || replace) {
      if (c.accept("FUNCTION")) {
        return function(c, replace);
      }
      if (c.accept("WORKLOAD")) {
        return workload(c, replace);
      }
      if (c.accept("RESOURCE")) {
        return resource(c, replace);
      }
    }
    if (verb == CreateHead.Verb.CREATE) {
      if (c.accept("NAMED COLLECTION")) {
        return collection(c);
      }
      if (c.accept("INDEX")) {
        return index(c, false);
      }
      if (c.accept("UNIQUE INDEX")) {
        return index(c, true);
      }
    }
    Statement tenant = Tenants.tryCreate(c, verb);
    return tenant == null ? AccessEntities.create(c, verb) : tenant;
  }

  private static Statement function(Cursor c, boolean replace) {
    boolean ifNotExists = c.accept("IF NOT EXISTS");
    String name = Names.identifier(c);
    String cluster = Names.cluster(c);
    c.expect("AS");
    return new CreateFunction(replace, ifNotExists, name, cluster, Expressions.parse(c));
  }

  private static Statement collection(Cursor c) {
    boolean ifNotExists = c.accept("IF NOT EXISTS");
    String name = Names.identifier(c);
    String cluster = Names.cluster(c);
    c.expect("AS");
    return new CreateNamedCollection(ifNotExists, name, cluster, entries(c));
  }

  static List<CreateNamedCollection.Entry> entries(Cursor c) {
    var entries = new ArrayList<CreateNamedCollection.Entry>();
    do {
      String key = Names.identifier(c);
      c.expect(TokenKind.EQUALS);
      Expression value = Settings.value(c);
      Boolean overridable =
          c.accept("NOT OVERRIDABLE") ? Boolean.FALSE : c.accept("OVERRIDABLE") ? true : null;
      entries.add(new CreateNamedCollection.Entry(key, value, overridable));
    } while (c.accept(TokenKind.COMMA));
    return List.copyOf(entries);
  }

  private static Statement index(Cursor c, boolean unique) {
    boolean ifNotExists = c.accept("IF NOT EXISTS");
    String name = Names.identifier(c);
    c.expect("ON");
    Identifier table = Names.table(c);
    String cluster = Names.cluster(c);
    Expression expression = indexed(c);
    IndexDeclaration index = Schemas.indexTail(c, name, expression, false);
    return new CreateIndex(unique, ifNotExists, table, cluster, index);
  }

  /** {@code (a, b DESC)}, whose directions say nothing, or an expression. */
  private static Expression indexed(Cursor c) {
    Expression list =
        c.attempt(at -> {
          at.expect(TokenKind.OPEN_ROUND);
          var keys = new ArrayList<Expression>();
          do {
            keys.add(Expressions.parse(at));
            if (!at.accept("ASC")) {
              at.accept("DESC");
            }
          } while (at.accept(TokenKind.COMMA));
          at.expect(TokenKind.CLOSE_ROUND);
          return keys.size() == 1 ? keys.getFirst() : FunctionCall.operator("tuple", keys);
        });
    return list == null ? Expressions.parse(c) : list;
  }

  private static Statement workload(Cursor c, boolean replace) {
    boolean ifNotExists = c.accept("IF NOT EXISTS");
    String name = Names.identifier(c);
    String cluster = Names.cluster(c);
    String parent = c.accept("IN") ? Names.identifier(c) : null;
    var settings = new ArrayList<CreateWorkload.WorkloadSetting>();
    if (c.accept("SETTINGS")) {
      do {
        String setting = Names.identifier(c);
        c.expect(TokenKind.EQUALS);
        Expression value = Settings.value(c);
        String resource = c.accept("FOR") ? Names.identifier(c) : null;
        settings.add(new CreateWorkload.WorkloadSetting(setting, value, resource));
      } while (c.accept(TokenKind.COMMA));
    }
    return new CreateWorkload(replace, ifNotExists, name, cluster, parent, List.copyOf(settings));
  }

  private static Statement resource(Cursor c, boolean replace) {
    boolean ifNotExists = c.accept("IF NOT EXISTS");
    String name = Names.identifier(c);
    String cluster = Names.cluster(c);
    c.expect(TokenKind.OPEN_ROUND);
    var operations = new ArrayList<CreateResource.Operation>();
    do {
      operations.add(operation(c));
    } while (c.accept(TokenKind.COMMA));
    c.expect(TokenKind.CLOSE_ROUND);
    return new CreateResource(replace, ifNotExists, name, cluster, List.copyOf(operations));
  }

  private static CreateResource.Operation operation(Cursor c) {
    for (String words : List.of("MASTER THREAD", "WORKER THREAD", "QUERY", "MEMORY RESERVATION")) {
      if (c.accept(words)) {
        return new CreateResource.Operation(words, null);
      }
    }
    for (String verb : List.of("READ", "WRITE")) {
      if (c.accept(verb + " ANY DISK")) {
        return new CreateResource.Operation(verb + " ANY DISK", null);
      }
      if (c.accept(verb + " DISK")) {
        return new CreateResource.Operation(verb + " DISK", Names.identifier(c));
      }
    }
    throw c.fail("READ", "WRITE", "MASTER THREAD", "WORKER THREAD", "QUERY");
  }
}
