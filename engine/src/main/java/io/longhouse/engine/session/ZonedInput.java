package io.longhouse.engine.session;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.insert.InsertPipeline;

/** Rows are converted in the query's time zone whoever's thread brings them. */
final class ZonedInput implements InsertInput {
  private final InsertPipeline to;
  private final QueryContext context;
  private final QueryTurns turns;
  private final QueryLogEntry log;
  private final Runnable atEnd;

  /**
   * @param atEnd called when all rows are durable
   */
  ZonedInput(
      InsertPipeline to,
      QueryContext context,
      QueryTurns turns,
      QueryLogEntry log,
      Runnable atEnd) {
    this.to = to;
    this.context = context;
    this.turns = turns;
    this.log = log;
    this.atEnd = atEnd;
  }

  @Override
  public Header header() {
    return to.header();
  }

  @Override
  public String tableColumns() {
    return context.settings().isOn("input_format_defaults_for_omitted_fields")
        ? to.tableColumns()
        : "";
  }

  @Override
  public void write(Block block) {
    in(() -> to.write(block));
  }

  @Override
  public void finish() {
    in(to::finish);
    atEnd.run();
  }

  private void in(Runnable work) {
    try {
      TimeZones.in(
          context.timeZone(),
          () -> {
            turns.in(work);
            return true;
          });
    } catch (RuntimeException e) {
      log.failed(e);
      throw Told.exception(e);
    }
  }
}
