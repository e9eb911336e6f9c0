package io.longhouse.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TimeZones;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OutputFormatsTest {
  /** Formats that lose something: only what they print is compared. */
  private static final Set<String> ONE_WAY =
      Set.of("JSON", "JSONCompact", "JSONColumns", "JSONCompactColumns", "LineAsString");

  @BeforeAll
  static void zone() {
    TimeZones.server(ZoneOffset.UTC);
  }

  @TestFactory
  Stream<DynamicTest> writesTheBytesThatClickHouseWrites() {
    return FormatCase.all().stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.title(), () -> assertThat(write(c)).isEqualTo(text(c.output()))));
  }

  private static String write(FormatCase c) {
    var out = new ByteWriter(256);
    OutputFormat format = Formats.output(c.format(), c.header(), c.settings(), out);
    format.begin();
    Block rows = c.block("");
    if (rows != null) {
      format.write(rows);
    }
    Block totals = c.block("@totals");
    if (totals != null) {
      format.totals(totals);
    }
    Block extremes = c.block("@extremes");
    if (extremes != null) {
      format.extremes(extremes);
    }
    format.finish(OutputStatistics.NONE);
    return text(out.toByteArray());
  }

  private static String text(byte[] bytes) {
    return io.longhouse.sql.ByteText.decode(bytes);
  }

  @TestFactory
  Stream<DynamicTest> readsWhatClickHouseWrote() {
    return FormatCase.all().stream()
        .filter(c -> Set.of("all", "few", "nested", "empty").contains(c.name()))
        .filter(c -> c.settingsText().isEmpty())
        .filter(OutputFormatsTest::isInput)
        .filter(c -> !ONE_WAY.contains(c.format()) || !c.name().equals("all"))
        .map(c ->
            DynamicTest.dynamicTest(
                c.title(), () -> assertThat(rows(c)).isEqualTo(rowsOf(c.block(""), c))));
  }

  private static boolean isInput(FormatCase c) {
    // The header of tuples spread over columns names no column of the table, for ClickHouse too.
    boolean spread = c.format().startsWith("CSVWith") && Set.of("all", "nested").contains(c.name());
    return !spread
        && !c.format().equals("LineAsString")
        && !c.format().equals("TSVRaw")
        && !c.format().startsWith("JSONColumnsWith")
        && io.longhouse.registry.Registry.of(InputFormatFactory.class).entry(c.format()) != null;
  }

  private static String rows(FormatCase c) {
    FormatSettings settings = c.settings();
    InputFormat in =
        Formats.input(
            c.format(), c.header(), settings, new ByteReader(c.output()), InputOptions.DEFAULT);
    var all = new StringBuilder();
    for (Block b = in.read(); b != null; b = in.read()) {
      all.append(rowsOf(b, c));
    }
    return all.toString();
  }

  private static String rowsOf(@org.jspecify.annotations.Nullable Block block, FormatCase c) {
    var out = new ByteWriter(256);
    if (block != null) {
      // JSON has no inf and nan: they come back as zero or NaN, so they are not compared.
      boolean json = c.format().startsWith("JSON") && !c.format().contains("Strings");
      // The text "NULL" of a string is NULL where values are texts.
      List<String> skipped =
          json ? List.of("f32", "f64") : c.format().contains("Strings") ? List.of("ns") : List.of();
      Column[] columns = block.columns();
      for (int row = 0; row < block.rows(); row++) {
        for (int i = 0; i < columns.length; i++) {
          if (!skipped.contains(c.header().name(i))) {
            c.header()
                .type(i)
                .writeText(
                    columns[i].full(),
                    row,
                    io.longhouse.column.type.TextForm.ESCAPED,
                    FormatSettings.DEFAULT,
                    out);
            out.writeByte('\t');
          }
        }
        out.writeByte('\n');
      }
    }
    return new String(out.toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
