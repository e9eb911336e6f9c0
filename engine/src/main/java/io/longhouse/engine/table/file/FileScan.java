package io.longhouse.engine.table.file;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.insert.ConstantExpressions;
import io.longhouse.engine.insert.MissingDefaults;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.Scan;
import io.longhouse.format.Formats;
import io.longhouse.format.InputFormat;
import io.longhouse.format.InputOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A read of files: lanes take one file after the other until none is left. */
final class FileScan implements Scan {
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileTable table;
  private final List<Path> files;
  private final List<String> wanted;
  private final Header header;
  private final FormatSettings settings;
  private final QueryContext context;
  private final MissingDefaults defaults;
  private final AtomicInteger next = new AtomicInteger();

  FileScan(
      FileTable table,
      List<Path> files,
      List<String> wanted,
      Header header,
      FormatSettings settings,
      QueryContext context) {
    this.table = table;
    this.files = files;
    this.wanted = wanted;
    this.header = header;
    this.settings = settings;
    this.context = context;
    this.defaults =
        new MissingDefaults(
            header, table.columns(), context.require(StatementContext.class).analyzer());
  }

  @Override
  public List<Lane> lanes(int parallelism) {
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < Math.min(parallelism, files.size()); i++) {
      lanes.add(new FileLane());
    }
    return lanes;
  }

  private final class FileLane implements Lane {
    private @Nullable Path file;
    private @Nullable InputStream bytes;
    private @Nullable ByteReader reader;
    private @Nullable InputFormat format;
    private long counted;

    @Override
    public @Nullable Block next() {
      while (true) {
        context.checkStopped();
        InputFormat f = format == null ? open() : format;
        if (f == null) {
          return null;
        }
        Block block = f.read();
        count();
        if (block != null) {
          context.progress().readRows.add(block.rows());
          return shown(defaults.fill(block, f.missing()));
        }
        close();
      }
    }

    private @Nullable InputFormat open() {
      int i = next.getAndIncrement();
      if (i >= files.size()) {
        return null;
      }
      Path opened = files.get(i);
      file = opened;
      InputStream in = table.source().open(opened);
      bytes = in;
      var r = new ByteReader(in, BUFFER_BYTES);
      reader = r;
      counted = 0;
      var options = InputOptions.DEFAULT.with(new ConstantExpressions(defaults.analyzer()));
      InputFormat f = Formats.input(table.source().format(), header, settings, r, options);
      format = f;
      return f;
    }

    private void count() {
      ByteReader r = reader;
      if (r != null) {
        context.progress().readBytes.add(r.count() - counted);
        counted = r.count();
      }
    }

    private Block shown(Block read) {
      Column[] out = new Column[wanted.size()];
      try {
        for (int i = 0; i < out.length; i++) {
          int at = header.indexOf(wanted.get(i));
          out[i] =
              at >= 0
                  ? read.column(at)
                  : FileVirtualColumns.of(
                      wanted.get(i),
                      java.util.Objects.requireNonNull(file),
                      table.id().name(),
                      read.rows());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Block(out, read.rows());
    }

    @Override
    public void close() {
      InputStream in = bytes;
      format = null;
      bytes = null;
      if (in != null) {
        try {
          in.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
