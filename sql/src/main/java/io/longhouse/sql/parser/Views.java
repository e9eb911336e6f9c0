package io.longhouse.sql.parser;

import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.CreateWindowView;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.RefreshStrategy;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.SqlSecurity;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableSchema;
import io.longhouse.sql.ast.UserName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE VIEW in its kinds. */
final class Views {
  private Views() {}

  static Statement plain(Cursor c, CreateHead start) {
    CreateHead head = Creates.onCluster(c, start);
    List<String> names = c.attempt(Views::columnNames);
    Schemas.Parsed parsed = names == null ? Schemas.tryParenthesized(c) : null;
    SqlSecurity security = security(c);
    String comment = c.accept("COMMENT") ? Literals.string(c) : null;
    c.expect("AS");
    Query query = Selects.parse(c);
    if (comment == null && c.accept("COMMENT")) {
      comment = Literals.string(c);
    }
    TableSchema schema = parsed == null ? null : parsed.schema();
    return new CreateView(head, schema, names, security, query, comment);
  }

  private static List<String> columnNames(Cursor c) {
    c.expect(TokenKind.OPEN_ROUND);
    List<String> names = Names.identifiers(c);
    c.expect(TokenKind.CLOSE_ROUND);
    return names;
  }

  static Statement materialized(Cursor c, CreateHead start) {
    CreateHead head = Creates.onCluster(c, start);
    RefreshStrategy refresh = c.accept("REFRESH") ? refresh(c) : null;
    String innerUuid = c.accept("TO INNER UUID") ? Literals.string(c) : null;
    Identifier to = innerUuid == null && c.accept("TO") ? Names.table(c) : null;
    Schemas.Parsed parsed = Schemas.tryParenthesized(c);
    StorageClause storage = to == null ? Storages.tryParse(c, true) : null;
    boolean populate = to == null && c.accept("POPULATE");
    boolean empty = !populate && c.accept("EMPTY");
    SqlSecurity security = security(c);
    populate |= to == null && !empty && c.accept("POPULATE");
    empty |= !populate && c.accept("EMPTY");
    String comment = c.accept("COMMENT") ? Literals.string(c) : null;
    c.expect("AS");
    Query query = Selects.parse(c);
    if (comment == null && c.accept("COMMENT")) {
      comment = Literals.string(c);
    }
    return new CreateMaterializedView(
        head,
        refresh,
        to,
        innerUuid,
        parsed == null ? null : parsed.schema(),
        parsed == null ? storage : parsed.withKey(storage),
        populate,
        empty,
        security,
        query,
        comment);
  }

  static Statement window(Cursor c, CreateHead start) {
    CreateHead head = Creates.onCluster(c, start);
    String innerUuid = c.accept("TO INNER UUID") ? Literals.string(c) : null;
    Identifier to = innerUuid == null && c.accept("TO") ? Names.table(c) : null;
    Schemas.Parsed parsed = Schemas.tryParenthesized(c);
    StorageClause inner = c.accept("INNER") ? Storages.tryParse(c, true) : null;
    StorageClause storage = Storages.tryParse(c, true);
    CreateWindowView.Watermark watermark = c.accept("WATERMARK") ? watermark(c) : null;
    Expression lateness = null;
    if (c.accept("ALLOWED_LATENESS")) {
      c.accept(TokenKind.EQUALS);
      lateness = Expressions.parse(c);
    }
    boolean populate = c.accept("POPULATE");
    boolean empty = !populate && c.accept("EMPTY");
    String comment = c.accept("COMMENT") ? Literals.string(c) : null;
    c.expect("AS");
    Query query = Selects.parse(c);
    return new CreateWindowView(
        head,
        innerUuid,
        to,
        parsed == null ? null : parsed.schema(),
        inner,
        parsed == null ? storage : parsed.withKey(storage),
        watermark,
        lateness,
        populate,
        empty,
        query,
        comment);
  }

  private static CreateWindowView.Watermark watermark(Cursor c) {
    c.accept(TokenKind.EQUALS);
    if (c.accept("STRICTLY_ASCENDING")) {
      return new CreateWindowView.StrictlyAscending();
    }
    if (c.accept("ASCENDING")) {
      return new CreateWindowView.Ascending();
    }
    return new CreateWindowView.Bounded(Expressions.parse(c));
  }

  // ---- Security

  /** {@code DEFINER = user SQL SECURITY DEFINER}, in either order. */
  static @Nullable SqlSecurity security(Cursor c) {
    Definer definer = definer(c);
    SqlSecurity.Type type = null;
    if (c.accept("SQL SECURITY")) {
      if (c.accept("DEFINER")) {
        type = SqlSecurity.Type.DEFINER;
      } else if (c.accept("INVOKER")) {
        type = SqlSecurity.Type.INVOKER;
      } else {
        c.expect("NONE");
        type = SqlSecurity.Type.NONE;
      }
    }
    if (definer == null) {
      definer = definer(c);
    }
    if (definer == null && type == null) {
      return null;
    }
    if (type == null) {
      type = SqlSecurity.Type.DEFINER;
    }
    return new SqlSecurity(
        type, definer == null ? null : definer.user, definer != null && definer.current);
  }

  private record Definer(@Nullable UserName user, boolean current) {}

  private static @Nullable Definer definer(Cursor c) {
    if (!c.accept("DEFINER")) {
      return null;
    }
    c.accept(TokenKind.EQUALS);
    if (c.accept("CURRENT_USER") || c.accept("CURRENTUSER")) {
      return new Definer(null, true);
    }
    return new Definer(UserNames.parse(c), false);
  }

  // ---- Refresh

  static RefreshStrategy refresh(Cursor c) {
    RefreshStrategy.Schedule schedule = RefreshStrategy.Schedule.DEPENDS;
    RefreshStrategy.Interval period = null;
    RefreshStrategy.Interval offset = null;
    if (c.accept("AFTER")) {
      schedule = RefreshStrategy.Schedule.AFTER;
      period = interval(c);
    } else if (c.accept("EVERY")) {
      schedule = RefreshStrategy.Schedule.EVERY;
      period = interval(c);
      offset = c.accept("OFFSET") ? interval(c) : null;
    }
    RefreshStrategy.Interval spread = c.accept("RANDOMIZE FOR") ? interval(c) : null;
    var dependencies = new ArrayList<Identifier>();
    if (c.accept("DEPENDS ON")) {
      do {
        dependencies.add(Names.table(c));
      } while (c.accept(TokenKind.COMMA));
    }
    if (schedule == RefreshStrategy.Schedule.DEPENDS && dependencies.isEmpty()) {
      throw c.fail("AFTER", "EVERY", "DEPENDS ON");
    }
    List<Setting> settings = c.accept("SETTINGS") ? Settings.list(c) : List.of();
    boolean append = c.accept("APPEND");
    return new RefreshStrategy(schedule, period, offset, spread, dependencies, settings, append);
  }

  private static RefreshStrategy.Interval interval(Cursor c) {
    var parts = new ArrayList<RefreshStrategy.Part>();
    do {
      long value = Literals.unsigned(c);
      parts.add(new RefreshStrategy.Part(value, Intervals.unit(c)));
    } while (c.kind() == TokenKind.NUMBER);
    return new RefreshStrategy.Interval(parts);
  }
}
