package io.longhouse.client;

import io.longhouse.client.wire.NamedBlock;
import io.longhouse.client.wire.ProgressPacket;
import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.format.FileFormat;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The table that {@code local} makes of a file or of standard input. */
final class LocalTable {
  private final Backend backend;
  private final Options options;

  LocalTable(Backend backend, Options options) {
    this.backend = backend;
    this.options = options;
  }

  /**
   * Loads the input when its structure is known.
   *
   * @return whether standard input was used up
   */
  boolean load(@Nullable InputStream standardInput) throws IOException {
    String file = options.get("file", "-");
    if (!options.has("structure")) {
      if (options.has("file")) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "--file without --structure is not implemented");
      }
      return false;
    }
    boolean standard = file.equals("-") || file.equals("stdin");
    String name = "`" + options.get("table", "table").replace("`", "\\`") + "`";
    execute(
        "CREATE TABLE " + name + " (" + options.get("structure", "") + ") ENGINE = Memory", null);
    String format =
        options.get("input-format", standard ? "TabSeparated" : FileFormat.orTabSeparated(file));
    String insert = "INSERT INTO " + name + " FORMAT " + format + "\n";
    if (standard) {
      InputStream in =
          standardInput == null ? new FileInputStream(FileDescriptor.in) : standardInput;
      execute(insert, in);
      return true;
    }
    try (InputStream in = Script.openFile(file, null)) {
      execute(insert, in);
    }
    return false;
  }

  private void execute(String sql, @Nullable InputStream data) {
    backend.run(
        new Backend.Request(
            sql, "", options.settings(), options.parameters(), data, "TabSeparated", "Null"),
        new Silence());
  }

  private static final class Silence implements Backend.Receiver {
    @Override
    public void begin(Header header, FormatSettings settings) {}

    @Override
    public void rows(Block block) {}

    @Override
    public void totals(NamedBlock block) {}

    @Override
    public void extremes(NamedBlock block) {}

    @Override
    public void progress(ProgressPacket increment) {}

    @Override
    public void memory(long bytes, long peakBytes) {}

    @Override
    public void rowsBeforeLimit(long rows) {}

    @Override
    public void log(String line) {}
  }
}
