package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.format.Formats;
import io.longhouse.format.InputFormat;
import io.longhouse.format.InputOptions;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ast.Insert;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;

/** The rows of an INSERT that stand in the request: behind the statement, in its body, or both. */
public final class InsertData {
  private static final int BUFFER_BYTES = 1 << 20;

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
  public void read(Table table, InsertPipeline pipeline) {
    Lane rows = rows(pipeline.header(), table.columns());
    try {
      Block block;
      while ((block = rows.next()) != null) {
        pipeline.write(block);
      }
      pipeline.finish();
    } catch (RuntimeException e) {
      pipeline.abort();
      throw e;
    }
  }

  /**
   * The rows as they are read, with these columns; {@code columns} tells the defaults of values
   * that are left out.
   */
  public Lane rows(Header header, List<ColumnDefinition> columns) {
    byte[] inline = inline(insert, context);
    InputStream body = context.request().data();
    InputStream all =
        body == null
            ? new ByteArrayInputStream(inline)
            : inline.length == 0
                ? body
                : new SequenceInputStream(new ByteArrayInputStream(inline), body);
    var in = new ByteReader(all, BUFFER_BYTES);
    InputFormat format =
        Formats.input(
            format(),
            header,
            context.query().formatSettings(),
            in,
            new InputOptions(
                InputOptions.DEFAULT.blockRowsMax(),
                new ConstantExpressions(context.analyzer()),
                0));
    var defaults = new MissingDefaults(header, columns, context.analyzer());
    return () -> {
      long before = in.count();
      Block block = format.read();
      context.query().progress().readBytes.add(in.count() - before);
      if (block == null) {
        return null;
      }
      context.query().progress().readRows.add(block.rows());
      return defaults.fill(block, format.missing());
    };
  }

  private String format() {
    String named = insert.format();
    String behind = context.output().format();
    return named != null ? named : behind != null ? behind : "Values";
  }
}
