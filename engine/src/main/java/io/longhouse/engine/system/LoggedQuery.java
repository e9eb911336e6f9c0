package io.longhouse.engine.system;

import io.longhouse.engine.access.Account;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.InitialQuery;
import io.longhouse.engine.settings.Settings;
import java.time.Instant;

/** What {@code system.query_log} tells of a query besides its counts. */
public interface LoggedQuery {
  /** As it was sent, without passwords. */
  String text();

  /** As {@code query_kind} names it. */
  String kind();

  String queryId();

  Instant start();

  String user();

  String database();

  Account account();

  ClientInfo client();

  InitialQuery initial();

  Settings settings();
}
