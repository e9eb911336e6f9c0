package io.longhouse.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.Int32Column;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.sql.ByteText;
import org.junit.jupiter.api.Test;

/** Ends of results as ClickHouse's own tests expect them of queries that failed on their way. */
class OutputExceptionTest {
  private static final Header HEADER = FormatCase.header("a UInt32");

  private static String failed(String format, int rows) {
    var out = new ByteWriter(64);
    OutputFormat f = Formats.output(format, HEADER, FormatSettings.DEFAULT, out);
    f.begin();
    if (rows > 0) {
      f.write(new Block(new Column[] {new Int32Column(new int[rows], rows)}, rows));
    }
    return f.exception(ByteText.encode("it's \"so\" <")) ? out.toString() : "none";
  }

  @Test
  void theErrorStandsBehindTheRows() {
    assertThat(failed("JSON", 0))
        .endsWith(
            "\t\"data\":\n\t[\n\n\t],\n\n\t\"rows\": 0,\n\n\t\"exception\": \"it's \\\"so\\\""
                + " <\"\n}\n");
    assertThat(failed("JSONCompact", 2))
        .endsWith(
            "\t\t[0],\n\t\t[0]\n\t],\n\n\t\"rows\": 2,\n\n\t\"exception\": \"it's \\\"so\\\""
                + " <\"\n}\n");
    assertThat(failed("JSONEachRow", 1))
        .isEqualTo("{\"a\":0}\n{\"exception\": \"it's \\\"so\\\" <\"}\n");
    assertThat(failed("JSONCompactEachRow", 1)).isEqualTo("[0]\n[\"it's \\\"so\\\" <\"]\n");
    assertThat(failed("JSONObjectEachRow", 0))
        .isEqualTo("{\n\t\"exception\": \"it's \\\"so\\\" <\"\n}\n");
    assertThat(failed("JSONObjectEachRow", 1))
        .isEqualTo("{\n\t\"row_1\": {\"a\":0},\n\t\"exception\": \"it's \\\"so\\\" <\"\n}\n");
    assertThat(failed("XML", 1))
        .endsWith(
            "\t</data>\n\t<rows>1</rows>\n\t<exception>it's \"so\" &lt;</exception>\n</result>\n");
    assertThat(failed("TSV", 1)).isEqualTo("none");
  }
}
