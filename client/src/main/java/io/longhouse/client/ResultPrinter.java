package io.longhouse.client;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.format.Formats;
import io.longhouse.format.OutputFormat;
import io.longhouse.format.OutputStatistics;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ProgressPacket;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Prints one statement's result in a format, keeping the progress line out of its way. */
final class ResultPrinter implements Backend.Receiver {
  private static final int BUFFER_BYTES = 1 << 16;

  private final String format;
  private final ByteWriter out;
  private final ProgressLine progress;
  private final PrintStream errors;
  private final boolean flushRows;
  private @Nullable OutputFormat output;
  private Header header = new Header(java.util.List.of());
  private FormatSettings settings = FormatSettings.DEFAULT;
  private long rows;
  private long readRows;
  private long readBytes;
  private long rowsBeforeLimit = -1;

  /**
   * @param flushRows whether somebody is looking, so that rows appear as they come
   */
  ResultPrinter(
      String format,
      OutputStream target,
      ProgressLine progress,
      PrintStream errors,
      boolean flushRows) {
    this.format = format;
    this.out = new ByteWriter(target, BUFFER_BYTES);
    this.progress = progress;
    this.errors = errors;
    this.flushRows = flushRows;
  }

  /** Rows of the result so far. */
  long rows() {
    return rows;
  }

  boolean hasResult() {
    return output != null;
  }

  @Override
  public void begin(Header columns, FormatSettings formatSettings) {
    header = columns;
    settings = formatSettings;
    OutputFormat made = Formats.output(format, header, settings, out);
    output = made;
    made.begin();
  }

  @Override
  public void rows(Block block) {
    if (output == null) {
      return;
    }
    progress.clear();
    rows += block.rows();
    output.write(block);
    if (flushRows) {
      out.flush();
    }
  }

  @Override
  public void totals(NamedBlock block) {
    if (output != null) {
      output.totals(block.block());
    }
  }

  @Override
  public void extremes(NamedBlock block) {
    if (output != null) {
      output.extremes(block.block());
    }
  }

  @Override
  public void progress(ProgressPacket p) {
    readRows += p.rows();
    readBytes += p.bytes();
    progress.add(p.rows() + p.writtenRows(), p.bytes() + p.writtenBytes(), p.totalRows());
  }

  @Override
  public void memory(long bytes, long peakBytes) {
    progress.memory(bytes, peakBytes);
  }

  @Override
  public void rowsBeforeLimit(long n) {
    rowsBeforeLimit = n;
  }

  @Override
  public void log(String line) {
    progress.clear();
    errors.println(line);
  }

  /** The result is complete. */
  void finish() {
    progress.clear();
    if (output != null) {
      output.finish(
          new OutputStatistics(progress.elapsedNs() / 1e9, readRows, readBytes, rowsBeforeLimit));
    }
    out.flush();
  }

  /** The statement failed: what has come so far is shown. */
  void abandon() {
    progress.clear();
    out.flush();
  }
}
