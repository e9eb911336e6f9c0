package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.registry.Register;

/** Writes nothing. */
final class NullOutput implements OutputFormat {
  @Override
  public void begin() {}

  @Override
  public void write(Block block) {}

  @Override
  public void finish(OutputStatistics statistics) {}

  @Register(kind = OutputFormatFactory.class, name = "Null", caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new NullOutput();
    }
  }
}
