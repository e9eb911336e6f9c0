package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.format.ChunkSplitter;
import io.longhouse.format.Formats;
import io.longhouse.format.InputFormat;
import io.longhouse.format.InputFormatFactory;
import io.longhouse.format.InputOptions;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ast.Insert;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The rows of an INSERT that stand in the request: behind the statement, in its body, or both. */
public final class InsertData {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int PIECE_BYTES_MAX = 1 << 28;

  private final Insert insert;
  private final StatementContext context;

  public InsertData(Insert insert, StatementContext context) {
    this.insert = insert;
    this.context = context;
  }

  /**
   * Whether the client will send blocks: its protocol does, and nothing stands in the statement.
   */
  public static boolean comesAsBlocks(Insert insert, StatementContext context) {
    return context.request().data() == null && isBlank(inline(insert, context));
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t' && b != ';') {
        return false;
      }
    }
    return true;
  }

  private static byte[] inline(Insert insert, StatementContext context) {
    if (insert.dataOffset() < 0) {
      return new byte[0];
    }
    return ByteText.encode(context.text().substring(insert.dataOffset()));
  }

  /** Reads everything and makes it durable; on an error, nothing of the INSERT stays. */
  public void read(InsertPipeline pipeline) {
    Lane rows = readers(pipeline.header(), pipeline.columns());
    try {
      Block block;
      while ((block = rows.next()) != null) {
        pipeline.write(block);
      }
      pipeline.finish();
    } catch (RuntimeException e) {
      pipeline.abort();
      throw e;
    } finally {
      rows.close();
    }
  }

  /** The rows as several threads of the query read them, where format and settings allow. */
  private Lane readers(Header header, List<ColumnDefinition> columns) {
    InputFormatFactory factory = Formats.inputFactory(format());
    ChunkSplitter splitter = isParallel() ? factory.splitter(formatSettings()) : null;
    if (splitter == null) {
      return rows(header, columns);
    }
    long bytes = context.query().settings().number("min_chunk_bytes_for_parallel_parsing");
    var in =
        new ParallelInput(
            new ParallelInput.Format(factory, splitter, header, formatSettings(), options()),
            bytes(),
            (int) Math.clamp(bytes, 1, PIECE_BYTES_MAX),
            context.query(),
            context.group(),
            context.threads());
    return new Rows(in, in::bytes, in::close, defaults(header, columns));
  }

  /** Skipped rows are counted over the whole input, so that only one reader can skip any. */
  private boolean isParallel() {
    Settings s = context.query().settings();
    return s.isOn("input_format_parallel_parsing")
        && context.threads() > 1
        && s.number("input_format_allow_errors_num") == 0
        && s.decimal("input_format_allow_errors_ratio") == 0;
  }

  /**
   * The rows as they are read, with these columns; {@code columns} tells the defaults of values
   * that are left out.
   */
  public Lane rows(Header header, List<ColumnDefinition> columns) {
    var in = new ByteReader(bytes(), BUFFER_BYTES);
    InputFormat format =
        Formats.inputFactory(format()).create(header, formatSettings(), in, options());
    return new Rows(format, in::count, () -> {}, defaults(header, columns));
  }

  private InputStream bytes() {
    byte[] inline = inline(insert, context);
    InputStream body = context.request().data();
    return body == null
        ? new ByteArrayInputStream(inline)
        : inline.length == 0
            ? body
            : new SequenceInputStream(new ByteArrayInputStream(inline), body);
  }

  private FormatSettings formatSettings() {
    return context.query().formatSettings();
  }

  private InputOptions options() {
    return InputOptions.DEFAULT.with(new ConstantExpressions(context.analyzer()));
  }

  private MissingDefaults defaults(Header header, List<ColumnDefinition> columns) {
    return new MissingDefaults(header, columns, context.analyzer());
  }

  /** Blocks of a format with the defaults of what was left out; counts what is read. */
  private final class Rows implements Lane {
    private final InputFormat format;
    private final LongSupplier bytes;
    private final Runnable end;
    private final MissingDefaults defaults;
    private long bytesSeen;

    Rows(InputFormat format, LongSupplier bytes, Runnable end, MissingDefaults defaults) {
      this.format = format;
      this.bytes = bytes;
      this.end = end;
      this.defaults = defaults;
    }

    @Override
    public @Nullable Block next() {
      Block block = format.read();
      long now = bytes.getAsLong();
      context.query().progress().readBytes.add(now - bytesSeen);
      bytesSeen = now;
      if (block == null) {
        return null;
      }
      context.query().progress().readRows.add(block.rows());
      return defaults.fill(block, format.missing());
    }

    @Override
    public void close() {
      end.run();
    }
  }

  private String format() {
    String named = insert.format();
    String behind = context.output().format();
    return named != null ? named : behind != null ? behind : "Values";
  }
}
