package io.longhouse.wire.connection;

import io.longhouse.wire.Failure;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ProfilePacket;
import io.longhouse.wire.ProgressPacket;

/** One packet of a server's answer to a query. */
public sealed interface Answer {
  /** Rows of the result; none at its beginning, and no columns at its end. */
  record Data(NamedBlock block) implements Answer {}

  record Totals(NamedBlock block) implements Answer {}

  record Extremes(NamedBlock block) implements Answer {}

  record Progress(ProgressPacket packet) implements Answer {}

  record Profile(ProfilePacket packet) implements Answer {}

  record Log(NamedBlock block) implements Answer {}

  record ProfileEvents(NamedBlock block) implements Answer {}

  /** Defaults of the table that an INSERT goes to, in ClickHouse's text form. */
  record TableColumns(String table, String description) implements Answer {}

  record TimeZone(String name) implements Answer {}

  /** The query failed; the connection can be used again. */
  record Failed(Failure failure) implements Answer {}

  /** The query has ended. */
  record End() implements Answer {}
}
