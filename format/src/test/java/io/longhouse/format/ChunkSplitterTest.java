package io.longhouse.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChunkSplitterTest {
  private static final Header HEADER =
      FormatCase.header("a UInt32, s String, b Array(String), n Nullable(String)");

  private static Block block() {
    var text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      text.append(i)
          .append("\tl\\n\"q\\\\\\\\")
          .append(i)
          .append("\t['x\\ny,','\\\\\\'\"}{']\t\\N\n");
    }
    byte[] bytes = io.longhouse.sql.ByteText.encode(text.toString());
    return Objects.requireNonNull(
        Formats.input(
                "TSV", HEADER, FormatSettings.DEFAULT, new ByteReader(bytes), InputOptions.DEFAULT)
            .read());
  }

  private static byte[] write(String format, Block block) {
    var out = new ByteWriter(64);
    OutputFormat output = Formats.output(format, HEADER, FormatSettings.DEFAULT, out);
    output.begin();
    output.write(block);
    output.finish(OutputStatistics.NONE);
    return out.toByteArray();
  }

  @Test
  void piecesHoldTheRowsOfTheWhole() {
    Block all = block();
    byte[] expected = write("RowBinary", all);
    for (String format :
        List.of(
            "TSV",
            "TSVWithNames",
            "CSV",
            "CSVWithNamesAndTypes",
            "JSONEachRow",
            "JSONCompactEachRow",
            "TSKV")) {
      byte[] bytes = write(format, all);
      InputFormatFactory factory = Formats.inputFactory(format);
      ChunkSplitter splitter = Objects.requireNonNull(factory.splitter(FormatSettings.DEFAULT));
      var found = new ByteWriter(64);
      long rows = 0;
      int from = 0;
      while (from < bytes.length) {
        int to = from;
        for (int size = 200; to == from; size *= 2) {
          to = splitter.boundary(bytes, from, Math.min(bytes.length, from + size));
          if (from + size >= bytes.length && to == from) {
            to = bytes.length;
          }
        }
        var piece = new ByteReader(bytes, from, to - from);
        InputFormat in =
            factory.create(
                HEADER,
                FormatSettings.DEFAULT,
                piece,
                from == 0 ? InputOptions.DEFAULT : InputOptions.DEFAULT.piece(rows));
        for (Block b = in.read(); b != null; b = in.read()) {
          found.writeBytes(write("RowBinary", b));
          rows += b.rows();
        }
        from = to;
      }
      assertThat(found.toByteArray()).as(format).isEqualTo(expected);
    }
  }
}
