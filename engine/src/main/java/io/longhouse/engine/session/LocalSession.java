package io.longhouse.engine.session;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.SessionQuota;
import io.longhouse.engine.access.SessionUser;
import io.longhouse.engine.catalog.UnloadedTable;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.TemporaryTables;
import io.longhouse.engine.system.Addresses;
import io.longhouse.engine.system.SessionLog;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableLookup;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Identifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A session of this process's engine. */
final class LocalSession implements Session, TableLookup {
  private final LocalEngine engine;
  private volatile @Nullable SessionUser user;
  private volatile ClientInfo client;
  private final Settings settings;
  private final TemporaryTables temporaryTables = new TemporaryTables();
  private final Map<String, String> parameters = new ConcurrentHashMap<>();
  private volatile String database = "default";

  /** What is noted when the session ends; null for nothing. */
  private volatile SessionLog.@Nullable Entered entered;

  /**
   * @param user null for the engine's own work, which may do anything
   */
  LocalSession(
      LocalEngine engine, @Nullable SessionUser user, ClientInfo client, Settings settings) {
    this.engine = engine;
    this.user = user;
    this.client = client;
    this.settings = settings;
  }

  @Override
  public String user() {
    SessionUser u = user;
    return u == null ? "default" : u.name();
  }

  @Override
  public String authenticatedUser() {
    SessionUser u = user;
    return u == null ? "default" : u.admission().authenticated();
  }

  @Override
  public void impersonate(String other) {
    LocalSession as = as(other);
    user = as.user;
    settings.become(as.settings);
  }

  /**
   * A session of the same login that acts as somebody else: with the database and, as far as that
   * one may have them, the settings of this.
   */
  LocalSession as(String other) {
    SessionUser own = user;
    if (own == null) {
      throw new IllegalStateException("the engine itself acts as nobody else");
    }
    SessionUser them = own.impersonate(other);
    Settings theirs = engine.settings(them);
    if (theirs.number("readonly") == 0) {
      settings
          .changed()
          .forEach((name, value) -> {
            String nearest = them.access().constraints().nearest(name, value);
            if (nearest != null) {
              theirs.set(name, nearest);
            }
          });
    }
    var as = new LocalSession(engine, them, client, theirs);
    as.database = database;
    as.parameters.putAll(parameters);
    return as;
  }

  /** Who it is, with the chosen roles; null for the engine itself. */
  @Nullable SessionUser sessionUser() {
    return user;
  }

  /** What may be done in this session now. */
  SessionAccess access() {
    SessionUser u = user;
    return u == null ? SessionAccess.unrestricted(engine.access()) : u.access();
  }

  /** The quotas that a query with that hash uses. */
  SessionQuota quota(LongSupplier queryHash) {
    return SessionQuota.of(
        access(), Addresses.withoutPort(client.address()), client.quotaKey(), queryHash);
  }

  /** For a member of a tenant, {@code default} is the tenant's database. */
  @Override
  public String database() {
    String named = database;
    String home = named.equals("default") ? access().homeDatabase() : null;
    return home == null || engine.catalog().find(home) == null ? named : home;
  }

  @Override
  public void database(String name) {
    engine.catalog().require(name);
    database = name;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Map<String, String> parameters() {
    return parameters;
  }

  @Override
  public ClientInfo client() {
    return client;
  }

  TemporaryTables temporaryTables() {
    return temporaryTables;
  }

  @Override
  public @Nullable Table find(@Nullable String in, String name) {
    if (in == null) {
      Table temporary = temporaryTables.find(name);
      return temporary != null ? temporary : engine.catalog().find(database(), name);
    }
    return engine.catalog().find(in, name);
  }

  @Override
  public Table require(Identifier name) {
    String in = name.qualifier();
    Table found = find(in, name.last());
    if (found instanceof UnloadedTable u) {
      throw u.problem();
    }
    if (found != null) {
      return found;
    }
    String where = in == null ? database() : in;
    engine.catalog().require(where);
    throw new LonghouseException(
        ErrorCode.UNKNOWN_TABLE,
        "Unknown table expression identifier '" + name.name() + "'" + similar(where, name.last()));
  }

  private String similar(String in, String name) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    for (String t : engine.catalog().require(in).tableNames()) {
      if (t.toLowerCase(java.util.Locale.ROOT).equals(lower)
          && access().isGranted(Privilege.SHOW_TABLES, in, t)) {
        return ". Maybe you meant " + TableId.of(in, t) + "?";
      }
    }
    return "";
  }

  @Override
  public void quotaKey(String key) {
    client = client.withQuotaKey(key);
  }

  @Override
  public Object identity() {
    SessionUser u = user;
    return u == null ? "" : u.identity();
  }

  @Override
  public void renew(Session later) {
    SessionUser own = user;
    SessionUser other = later instanceof LocalSession l ? l.user : null;
    if (own != null && other != null) {
      own.renew(other);
    }
  }

  @Override
  public RunningQuery start(QueryRequest request, Runnable whileWaiting) {
    SessionUser u = user;
    if (u != null) {
      u.checkValid(System.currentTimeMillis() / 1000);
    }
    if (engine.isClosed()) {
      throw new LonghouseException(ErrorCode.ABORTED, "The server is shutting down");
    }
    return QueryStart.start(engine, this, request, whileWaiting);
  }

  /** From now on the session's end is noted. */
  void entered(SessionLog.Entered who) {
    entered = who;
  }

  @Override
  public void close() {
    SessionLog.Entered who = entered;
    SessionLog log = engine.sessionLog();
    if (who != null && log != null) {
      entered = null;
      log.left(who);
    }
    temporaryTables.close();
  }
}
