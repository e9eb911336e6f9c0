package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server holds right after a collection of its garbage, in KiB. */
record ServerMemory(double heapKiB, double residentKiB) {
  private static final Pattern USED = Pattern.compile("(?:Gen|heap)\\s+total \\d+K, used (\\d+)K");

  static ServerMemory of(LonghousePeer server) throws IOException, InterruptedException {
    jcmd(server, "GC.run");
    jcmd(server, "GC.run");
    Matcher m = USED.matcher(jcmd(server, "GC.heap_info"));
    double heap = 0;
    while (m.find()) {
      heap += Double.parseDouble(m.group(1));
    }
    return new ServerMemory(heap, Starts.residentMiB(server.pid()) * 1024);
  }

  private static String jcmd(LonghousePeer server, String command)
      throws IOException, InterruptedException {
    Process p =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(p.getInputStream().readAllBytes());
    if (p.waitFor() != 0) {
      throw new IOException(said);
    }
    return said;
  }

  /** The difference for each of {@code n} things. */
  ServerMemory more(ServerMemory than, double n) {
    return new ServerMemory((heapKiB - than.heapKiB) / n, (residentKiB - than.residentKiB) / n);
  }
}
