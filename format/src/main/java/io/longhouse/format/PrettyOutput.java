package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables drawn with characters, one per block. Blocks that come within the squashing time, or all
 * blocks in the MonoBlock formats, make one table; a batch result comes at once, so blocks are
 * gathered until the end or until there are as many rows as are shown.
 */
final class PrettyOutput implements OutputFormat {
  private static final int PENDING_ROWS_MAX = 1 << 20;

  private final Header header;
  private final FormatSettings settings;
  private final ByteWriter out;
  private final PrettyTable table;
  private final boolean squash;
  private final boolean mono;
  private List<ColumnBuilder> pending = new ArrayList<>();
  private long pendingRows;
  private long squashedSinceNs;
  private @Nullable VerticalOutput vertical;

  private PrettyOutput(Header header, FormatSettings settings, ByteWriter out, String name) {
    this.header = header;
    this.settings = settings;
    this.out = out;
    PrettyTable.Style style =
        name.startsWith("PrettyCompact")
            ? PrettyTable.Style.COMPACT
            : name.startsWith("PrettySpace") ? PrettyTable.Style.SPACE : PrettyTable.Style.FULL;
    boolean color = !name.contains("NoEscapes") && settings.outputFormatPrettyColor.equals("1");
    table = new PrettyTable(style, color, settings, out);
    mono = name.endsWith("MonoBlock");
    squash = mono || settings.outputFormatPrettySquashConsecutiveMs > 0;
  }

  @Override
  public void begin() {}

  @Override
  public void write(Block block) {
    if (block.rows() == 0) {
      return;
    }
    if (table.totalRows() >= settings.outputFormatPrettyMaxRows) {
      table.skip(block.rows());
      return;
    }
    if (!squash) {
      draw(header, RowOutput.full(block), block.rows());
      return;
    }
    if (pending.isEmpty()) {
      pending = header.newBuilders(block.rows());
    }
    for (int i = 0; i < pending.size(); i++) {
      pending.get(i).appendRange(block.column(i), 0, block.rows());
    }
    pendingRows += block.rows();
    if (squashedSinceNs == 0) {
      squashedSinceNs = System.nanoTime();
    }
    long waitedNs = System.nanoTime() - squashedSinceNs;
    boolean late = waitedNs > settings.outputFormatPrettySquashMaxWaitMs * 1_000_000L;
    if (!mono && (late || pendingRows > PENDING_ROWS_MAX)) {
      drawPending();
    }
  }

  private void drawPending() {
    if (pendingRows == 0) {
      return;
    }
    Column[] columns = new Column[pending.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = pending.get(i).build().full();
    }
    draw(header, columns, (int) pendingRows);
    pending = new ArrayList<>();
    pendingRows = 0;
    squashedSinceNs = 0;
  }

  private void draw(Header fields, Column[] columns, int rows) {
    PrettyTable.Layout layout = table.layout(fields, columns, rows);
    if (vertical == null && table.wantsVertical(layout)) {
      vertical = new VerticalOutput(fields, settings, out, true);
    }
    if (vertical != null) {
      vertical.write(new Block(columns, rows));
    } else {
      table.draw(layout);
    }
  }

  private void special(String title, Block block) {
    drawPending();
    table.restart();
    out.writeAscii("\n" + title + ":\n");
    draw(header, RowOutput.full(block), block.rows());
  }

  @Override
  public void totals(Block block) {
    special("Totals", block);
  }

  @Override
  public void extremes(Block block) {
    special("Extremes", block);
  }

  @Override
  public void finish(OutputStatistics statistics) {
    drawPending();
    table.finish();
  }

  @Register(kind = OutputFormatFactory.class, name = "Pretty", caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "PrettyNoEscapes", caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "PrettyMonoBlock", caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "PrettyNoEscapesMonoBlock",
      caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "PrettyCompact", caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "PrettyCompactNoEscapes",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "PrettyCompactMonoBlock",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "PrettyCompactNoEscapesMonoBlock",
      caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "PrettySpace", caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "PrettySpaceNoEscapes", caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "PrettySpaceMonoBlock", caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "PrettySpaceNoEscapesMonoBlock",
      caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new PrettyOutput(header, settings, out, name);
    }
  }
}
