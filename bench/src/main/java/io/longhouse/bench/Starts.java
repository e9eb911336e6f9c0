package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How long programs take to answer, and what an idle server holds. */
final class Starts {
  private static final int RUNS = 5;
  private static final int IDLE_MS = 3000;

  private Starts() {}

  static String measure(Options options) throws IOException, InterruptedException {
    double[] local = new double[RUNS];
    double[] server = new double[RUNS];
    double[] resident = new double[RUNS];
    run(options, "build");
    for (int i = 0; i < RUNS; i++) {
      local[i] = run(options, "local", "--query", "SELECT 1");
      Path data = options.cache().resolve("start");
      Main.remove(data);
      try (LonghousePeer peer = LonghousePeer.start(options.home(), data)) {
        server[i] = peer.startMs();
        Thread.sleep(IDLE_MS);
        resident[i] = residentMiB(peer.pid());
      }
      Main.remove(data);
    }
    String text =
        String.format(
            Locale.ROOT,
            "Server's start to first answer %.2f s, `local --query 'SELECT 1'` %.2f s, idle server"
                + " %.0f MiB resident (medians of %d)\n",
            median(server) / 1000,
            median(local) / 1000,
            median(resident),
            RUNS);
    System.out.print(text);
    return text + "\n";
  }

  private static double run(Options options, String... arguments)
      throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = options.home().resolve("longhouse").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    long startNs = System.nanoTime();
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    p.getInputStream().readAllBytes();
    if (p.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return (System.nanoTime() - startNs) / 1e6;
  }

  static double residentMiB(long pid) throws IOException {
    @Nullable String line =
        Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(l -> l.startsWith("VmRSS:"))
            .findFirst()
            .orElse(null);
    return line == null ? 0 : Integer.parseInt(line.replaceAll("\\D", "")) / 1024.0;
  }

  static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
