package io.longhouse.embedded;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TimeZones;
import io.longhouse.format.Formats;
import io.longhouse.format.OutputFormat;
import io.longhouse.format.OutputStatistics;
import io.longhouse.sql.ByteText;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The rows of a query, all in memory. */
public final class Result implements Iterable<Row> {
  private final Header header;
  private final List<Block> blocks;
  private final FormatSettings settings;
  private final ZoneId zone;

  Result(Header header, List<Block> blocks, FormatSettings settings, ZoneId zone) {
    this.header = header;
    this.blocks = List.copyOf(blocks);
    this.settings = settings;
    this.zone = zone;
  }

  /** Names and types of the columns. */
  public Header header() {
    return header;
  }

  /** The columns themselves, for programs that work on whole columns. */
  public List<Block> blocks() {
    return blocks;
  }

  public long rowCount() {
    return blocks.stream().mapToLong(Block::rows).sum();
  }

  /**
   * The first row.
   *
   * @throws NoSuchElementException when there is none
   */
  public Row first() {
    return iterator().next();
  }

  /** The result in one of ClickHouse's output formats, {@code JSONEachRow} for example. */
  public String format(String name) {
    return TimeZones.in(zone, () -> write(name));
  }

  private String write(String name) {
    var out = new ByteWriter(1024);
    OutputFormat format = Formats.output(name, header, settings, out);
    format.begin();
    blocks.forEach(format::write);
    format.finish(OutputStatistics.NONE);
    return ByteText.decode(out.toByteArray());
  }

  @Override
  public Iterator<Row> iterator() {
    return new Iterator<>() {
      private int block;
      private int row;

      @Override
      public boolean hasNext() {
        return block < blocks.size();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the result has no more rows");
        }
        Row next = new Row(header, blocks.get(block), row++, zone);
        if (row == blocks.get(block).rows()) {
          block++;
          row = 0;
        }
        return next;
      }
    };
  }

  /** TabSeparated. */
  @Override
  public String toString() {
    return format("TabSeparated");
  }
}
