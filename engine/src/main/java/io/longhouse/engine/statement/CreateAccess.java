package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.Privileges;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.sql.ast.CreateDatabase;
import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.CreateFunction;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateIndex;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateNamedCollection;
import io.longhouse.sql.ast.CreateResource;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.CreateWindowView;
import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.StorageClause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which privileges a CREATE needs: those of what it makes, replaces, and reaches with it. */
final class CreateAccess {
  private final StatementContext context;
  private final SessionAccess access;
  private final NamedAccess named;

  CreateAccess(StatementContext context, SessionAccess access, NamedAccess named) {
    this.context = context;
    this.access = access;
    this.named = named;
  }

  void check(CreateStatement s) {
    switch (s) {
      case CreateTable c -> createTable(c);
      case CreateView c -> {
        if (c.head().temporary()) {
          access.check(Privilege.CREATE_TEMPORARY_VIEW);
        } else {
          created(c.head(), Privilege.CREATE_VIEW, Privilege.DROP_VIEW);
        }
        new ViewAccess(context, access).check(c.security());
      }
      case CreateMaterializedView c -> {
        created(c.head(), Privilege.CREATE_VIEW, Privilege.DROP_VIEW);
        Identifier to = c.to();
        if (to != null) {
          Privileges both = Privilege.SELECT.set().plus(Privilege.INSERT.set());
          named.table(both, to);
        }
        engine(c.storage());
        new ViewAccess(context, access).check(c.security());
      }
      case CreateWindowView c -> created(c.head(), Privilege.CREATE_VIEW, Privilege.DROP_VIEW);
      case CreateDatabase c -> {
        access.check(Privilege.CREATE_DATABASE, c.head().name().name());
      }
      case CreateDictionary c ->
          created(c.head(), Privilege.CREATE_DICTIONARY, Privilege.DROP_DICTIONARY);
      case CreateFunction c -> {
        access.check(Privilege.CREATE_FUNCTION);
        if (c.orReplace()) {
          access.check(Privilege.DROP_FUNCTION);
        }
      }
      case CreateNamedCollection c -> access.check(Privilege.CREATE_NAMED_COLLECTION, c.name());
      case CreateIndex c -> {
        named.table(Privilege.ALTER_ADD_INDEX, c.table());
        named.whole(c.table());
      }
      case CreateWorkload c -> {
        access.check(Privilege.CREATE_WORKLOAD);
        if (c.orReplace()) {
          access.check(Privilege.DROP_WORKLOAD);
        }
      }
      case CreateResource c -> {
        access.check(Privilege.CREATE_RESOURCE);
        if (c.orReplace()) {
          access.check(Privilege.DROP_RESOURCE);
        }
      }
    }
  }

  private void createTable(CreateTable c) {
    CreateHead head = c.head();
    if (head.temporary()) {
      StorageClause storage = c.storage();
      boolean plain =
          storage == null || storage.engine() == null || storage.engine().name().equals("Memory");
      access.check(
          plain ? Privilege.CREATE_TEMPORARY_TABLE : Privilege.CREATE_ARBITRARY_TEMPORARY_TABLE);
    } else {
      created(head, Privilege.CREATE_TABLE, Privilege.DROP_TABLE);
    }
    StorageClause written = c.storage();
    FunctionCall engine = written == null ? null : written.engine();
    if (access.control().requiresEngineGrants() && (engine != null || c.source() == null)) {
      access.check(Privilege.TABLE_ENGINE, engine == null ? "MergeTree" : engine.name());
    }
    engine(c.storage());
    switch (c.source()) {
      case CreateTable.Like l -> named.table(Privilege.SHOW_COLUMNS, l.table());
      case CreateTable.Clone l -> {
        named.table(Privilege.SHOW_COLUMNS, l.table());
        named.table(Privilege.SELECT, l.table());
        named.whole(l.table());
      }
      case CreateTable.AsSelect _ -> {
        if (!head.temporary()) {
          named.table(Privilege.INSERT, head.name());
        }
      }
      case CreateTable.Function _ -> {}
      case null -> {}
    }
  }

  private void created(CreateHead head, Privilege create, Privilege drop) {
    named.table(create, head.name());
    boolean replaces =
        head.verb() == CreateHead.Verb.REPLACE || head.verb() == CreateHead.Verb.CREATE_OR_REPLACE;
    if (replaces) {
      named.table(drop, head.name());
      named.whole(head.name());
    }
  }

  /** Engines that reach outside need what reading and writing there needs. */
  private void engine(@Nullable StorageClause storage) {
    if (storage == null || storage.engine() == null) {
      return;
    }
    String source = Sources.ofEngine(storage.engine().name());
    if (source != null) {
      access.check(Privilege.READ.set().plus(Privilege.WRITE.set()), source);
    }
    if (storage.engine().name().equals("Buffer")) {
      buffer(storage.engine());
    }
  }

  /** A Buffer shows and fills another table without asking again. */
  private void buffer(FunctionCall engine) {
    Privileges both = Privilege.SELECT.set().plus(Privilege.INSERT.set());
    List<String> names = new ArrayList<>();
    for (Expression e : engine.arguments().subList(0, Math.min(2, engine.arguments().size()))) {
      switch (e.bare()) {
        case Literal.StringLiteral s -> names.add(s.value());
        case Identifier id -> names.add(id.name());
        case FunctionCall f when f.name().equalsIgnoreCase("currentDatabase") ->
            names.add(context.session().database());
        default -> {}
      }
    }
    if (names.size() < 2) {
      access.check(both);
      return;
    }
    access.check(
        both, names.get(0).isEmpty() ? context.session().database() : names.get(0), names.get(1));
  }
}
