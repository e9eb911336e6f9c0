package io.longhouse.client;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.format.FileFormat;
import io.longhouse.format.infer.InferenceSettings;
import io.longhouse.format.infer.SchemaInference;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ProgressPacket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Map;
import java.util.stream.Collectors;
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
   * Loads the input: a file, or standard input when its structure or format is given. Columns that
   * nobody has described are guessed from the first rows.
   *
   * @return whether standard input was used up
   */
  boolean load(@Nullable InputStream standardInput) throws IOException {
    String file = options.get("file", "-");
    if (!options.has("structure") && !options.has("file") && !options.has("input-format")) {
      return false;
    }
    boolean standard = file.equals("-") || file.equals("stdin");
    String format =
        options.get("input-format", standard ? "TabSeparated" : FileFormat.orTabSeparated(file));
    if (standard) {
      InputStream in =
          standardInput == null ? new FileInputStream(FileDescriptor.in) : standardInput;
      var again = new Rereadable(in);
      load(format, () -> again);
      return true;
    }
    load(format, () -> Script.openFile(file, null));
    return false;
  }

  /** Opens the input; it is read twice when its columns have to be guessed. */
  private interface Source {
    InputStream open() throws IOException;
  }

  private void load(String format, Source source) throws IOException {
    String structure = options.get("structure", "");
    if (structure.isEmpty()) {
      try (InputStream in = source.open()) {
        structure = guessed(format, in);
      }
    }
    String name = "`" + options.get("table", "table").replace("`", "\\`") + "`";
    execute("CREATE TABLE " + name + " (" + structure + ") ENGINE = Memory", null);
    try (InputStream in = source.open()) {
      execute("INSERT INTO " + name + " FORMAT " + format + "\n", in);
    }
  }

  private String guessed(String format, InputStream in) {
    Map<String, String> given = options.settings();
    var settings = new InferenceSettings(FormatSettings.from(given::get), given::get);
    return SchemaInference.infer(format, in, settings).stream()
        .map(f -> "`" + f.name().replace("\\", "\\\\").replace("`", "\\`") + "` " + f.type().name())
        .collect(Collectors.joining(", "));
  }

  /** Keeps what is read until it is closed for the first time, and then begins again. */
  private static final class Rereadable extends FilterInputStream {
    private @Nullable ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Rereadable(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int n = in.read(target, from, length);
      if (n > 0 && kept != null) {
        kept.write(target, from, n);
      }
      return n;
    }

    @Override
    public void close() {
      if (kept != null) {
        in = new SequenceInputStream(new ByteArrayInputStream(kept.toByteArray()), in);
        kept = null;
      }
    }
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
