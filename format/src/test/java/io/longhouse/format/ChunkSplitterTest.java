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
      InputFormat first = null;
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
                first == null ? InputOptions.DEFAULT : InputOptions.DEFAULT.piece(first, rows));
        first = first == null ? in : first;
        for (Block b = in.read(); b != null; b = in.read()) {
          found.writeBytes(write("RowBinary", b));
          rows += b.rows();
        }
        from = to;
      }
      assertThat(found.toByteArray()).as(format).isEqualTo(expected);
    }
  }

  /** What is read of an input in pieces of about {@code size} bytes. */
  private static String inPieces(String format, String text, int size) {
    byte[] bytes = io.longhouse.sql.ByteText.encode(text);
    InputFormatFactory factory = Formats.inputFactory(format);
    ChunkSplitter splitter = Objects.requireNonNull(factory.splitter(FormatSettings.DEFAULT));
    var found = new ByteWriter(64);
    InputFormat first = null;
    int cuts = 0;
    for (int from = 0, to; from < bytes.length; from = to) {
      to = from;
      for (int s = size; to == from; s *= 2) {
        int end = Math.min(bytes.length, from + s);
        to = splitter.boundary(bytes, from, end);
        to = end == bytes.length ? end : to;
      }
      InputFormat in =
          factory.create(
              HEADER,
              FormatSettings.DEFAULT,
              new ByteReader(bytes, from, to - from),
              first == null ? InputOptions.DEFAULT : InputOptions.DEFAULT.piece(first, 0));
      first = first == null ? in : first;
      for (Block b = in.read(); b != null; b = in.read()) {
        found.writeBytes(write("TSV", b));
      }
      cuts++;
    }
    assertThat(cuts).as(text).isGreaterThan(1);
    return found.toString();
  }

  @Test
  void laterPiecesKnowTheColumnsThatTheFirstOneNamed() {
    String expected = "1\tx\t[]\t\\N\n2\ty\t[]\t\\N\n3\tz\t[]\t\\N\n";
    assertThat(inPieces("TSVWithNames", "s\ta\nx\t1\ny\t2\nz\t3\n", 5)).isEqualTo(expected);
    // Names are found in a first line without being announced as well.
    assertThat(inPieces("CSV", "s,a\nx,1\ny,2\nz,3\n", 5)).isEqualTo(expected);
  }

  @Test
  void aQuoteWithinAFieldOpensNothing() {
    String expected = "1\tx\"y\t[]\t\\N\n2\ty\\nz\t[]\t\\N\n3\tz\t[]\t\\N\n";
    assertThat(inPieces("CSV", "1,x\"y,[],\\N\n2,\"y\nz\",[],\\N\n3,z,[],\\N\n", 18))
        .isEqualTo(expected);
  }

  @Test
  void aCommaBetweenObjectsBelongsToTheNextPiece() {
    assertThat(inPieces("JSONEachRow", "{\"a\":1},{\"a\":2}, {\"a\":3};", 9))
        .isEqualTo("1\t\t[]\t\\N\n2\t\t[]\t\\N\n3\t\t[]\t\\N\n");
    assertThat(inPieces("JSONCompactEachRow", "[1,\"\",[],null],[2,\"]\",[],null]", 18))
        .isEqualTo("1\t\t[]\t\\N\n2\t]\t[]\t\\N\n");
  }
}
