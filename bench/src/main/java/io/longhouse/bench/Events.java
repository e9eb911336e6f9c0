package io.longhouse.bench;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Header;
import io.longhouse.column.Int32Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.format.Formats;
import io.longhouse.format.OutputFormat;
import io.longhouse.format.OutputStatistics;
import io.longhouse.sql.ByteText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The rows of the benchmark: what the users of 100,000 tenants did in a month, as it came in, by
 * time. A few tenants, users, pages and types have most of the rows. The same seed makes the same
 * rows.
 */
final class Events {
  static final String TABLE = "events";
  static final String CREATE =
      "CREATE TABLE events (tenant_id UInt32, timestamp DateTime('UTC'), user_id UInt32,"
          + " type LowCardinality(String), url String, price UInt32, d Float64)"
          + " ENGINE = MergeTree ORDER BY (tenant_id, timestamp)";

  private static final int TENANTS = 100_000;
  private static final int USERS = 1_000_000;
  private static final int URLS = 1_000_000;
  private static final int BLOCK_ROWS = 65_409;
  private static final long FIRST_SECOND = 1_735_689_600; // 2025-01-01
  private static final long SECONDS = 30 * 86_400;
  private static final List<String> TYPES =
      List.of(
          "view",
          "click",
          "scroll",
          "search",
          "login",
          "logout",
          "add_to_cart",
          "purchase",
          "remove",
          "share",
          "error",
          "comment",
          "upload",
          "download",
          "refund",
          "invite",
          "rename",
          "export",
          "import",
          "delete");
  private static final Header HEADER =
      new Header(
          List.of(
              field("tenant_id", "UInt32"),
              field("timestamp", "DateTime('UTC')"),
              field("user_id", "UInt32"),
              field("type", "LowCardinality(String)"),
              field("url", "String"),
              field("price", "UInt32"),
              field("d", "Float64")));

  private final long rows;
  private final SplittableRandom random;

  private Events(long rows, long seed) {
    this.rows = rows;
    this.random = new SplittableRandom(seed);
  }

  private static Header.Field field(String name, String type) {
    return new Header.Field(name, DataTypes.parse(type));
  }

  /** A file of these rows in a format, made now if it is not there yet. */
  static Path file(Path folder, long rows, long seed, String format) throws IOException {
    Path file = folder.resolve("events-" + rows + "-" + seed + "." + format);
    if (Files.exists(file)) {
      return file;
    }
    System.err.println("making " + file + " ...");
    Files.createDirectories(folder);
    Path unfinished = folder.resolve(file.getFileName() + ".unfinished");
    try (OutputStream out = Files.newOutputStream(unfinished)) {
      new Events(rows, seed).write(format, out);
    }
    return Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void write(String format, OutputStream sink) {
    var out = new ByteWriter(sink, 1 << 20);
    OutputFormat rowsOut = Formats.output(format, HEADER, FormatSettings.DEFAULT, out);
    rowsOut.begin();
    for (long from = 0; from < rows; from += BLOCK_ROWS) {
      rowsOut.write(block(from, (int) Math.min(BLOCK_ROWS, rows - from)));
    }
    rowsOut.finish(OutputStatistics.NONE);
    out.flush();
  }

  private Block block(long from, int n) {
    int[] tenants = new int[n];
    int[] times = new int[n];
    int[] users = new int[n];
    int[] prices = new int[n];
    double[] values = new double[n];
    var types = (io.longhouse.column.LowCardinalityColumn.Builder) HEADER.type(3).newBuilder(n);
    var urls = new StringColumn.Builder(n);
    for (int i = 0; i < n; i++) {
      tenants[i] = (int) Math.pow(TENANTS, random.nextDouble());
      times[i] = (int) (FIRST_SECOND + (from + i) * SECONDS / rows);
      users[i] = scattered((int) (USERS * square(random.nextDouble())));
      prices[i] = (int) (100_000 * square(random.nextDouble()));
      values[i] = random.nextDouble() * 1000;
      types.append(NAMES, (int) (TYPES.size() * square(random.nextDouble())));
      urls.add(url((int) Math.pow(URLS, random.nextDouble())));
    }
    return new Block(
        new Column[] {
          new Int32Column(tenants, n),
          new Int32Column(times, n),
          new Int32Column(users, n),
          types.build(),
          urls.build(),
          new Int32Column(prices, n),
          new Float64Column(values, n)
        },
        n);
  }

  private static final Column NAMES = names();

  private static Column names() {
    var b = new StringColumn.Builder(TYPES.size());
    TYPES.forEach(t -> b.add(ByteText.encode(t)));
    return b.build();
  }

  private static double square(double v) {
    return v * v;
  }

  /** Another number for each number, so that neighbours in frequency are none in value. */
  private static int scattered(int user) {
    return user * 0x9E3779B1;
  }

  private static byte[] url(int page) {
    long mixed = page * 0x9E3779B97F4A7C15L;
    String host = page % 97 == 0 ? "www.google" : "shop" + page % 1000;
    String folder = Long.toHexString(mixed | Long.MIN_VALUE).substring(0, 4 + page % 13);
    return ByteText.encode(
        "https://"
            + host
            + ".example.com/"
            + folder
            + "/item/"
            + page
            + (page % 3 == 0 ? "?ref=newsletter" : ""));
  }
}
