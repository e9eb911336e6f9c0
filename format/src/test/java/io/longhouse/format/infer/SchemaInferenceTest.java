package io.longhouse.format.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextForm;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SchemaInferenceTest {
  private static final Pattern SETTING = Pattern.compile("(\\w+)\\s*=\\s*('[^']*'|\\S+?)(?:,|$)");
  private static final Pattern INNER = Pattern.compile("Code: (\\d+)");

  /** Each line: a format, settings, what ClickHouse 26.7 finds, and the data. */
  @Test
  void columnsAreThoseThatClickHouseFinds() throws Exception {
    List<String> wrong = new ArrayList<>();
    var file =
        Objects.requireNonNull(SchemaInferenceTest.class.getResourceAsStream("inference_26_7.tsv"));
    for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
      String[] part = line.split("\t", -1);
      var data = new ByteWriter(64);
      StringText.readInto(
          new ByteReader(ByteText.encode(part[3])), TextForm.ESCAPED, FormatSettings.DEFAULT, data);
      Map<String, String> settings = new HashMap<>();
      Matcher m = SETTING.matcher(part[1]);
      while (m.find()) {
        settings.put(m.group(1), m.group(2).replace("'", ""));
      }
      String found = columns(part[0], data.toByteArray(), settings);
      if (!found.equals(part[2])) {
        wrong.add(
            part[0]
                + " "
                + part[1]
                + " "
                + part[3]
                + "\n  26.7: "
                + part[2]
                + "\n  ours: "
                + found);
      }
    }
    assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
  }

  private static String columns(String format, byte[] data, Map<String, String> settings) {
    var all = new InferenceSettings(FormatSettings.from(settings::get), settings::get);
    try {
      return String.join(
          " | ",
          SchemaInference.infer(format, new ByteArrayInputStream(data), all).stream()
              .map(f -> f.name() + " " + f.type().name())
              .toList());
    } catch (LonghouseException e) {
      Matcher inner = INNER.matcher(e.message());
      return "error " + e.errorCode().code() + (inner.find() ? " " + inner.group(1) : "");
    }
  }

  @Test
  void binaryFormatsDescribeThemselves() {
    byte[] native1 = {
      2, 1, 1, 'a', 4, 'I', 'n', 't', '8', 5, 1, 'b', 6, 'S', 't', 'r', 'i', 'n', 'g', 1, 'x'
    };
    assertThat(columns("Native", native1, Map.of())).isEqualTo("a Int8 | b String");
    byte[] rows = {1, 1, 'a', 4, 'I', 'n', 't', '8'};
    assertThat(columns("RowBinaryWithNamesAndTypes", rows, Map.of())).isEqualTo("a Int8");
    assertThat(columns("RowBinary", rows, Map.of())).isEqualTo("error 36");
  }
}
