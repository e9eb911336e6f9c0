package io.longhouse.compat.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The links between processes. Process {@code i} knows process {@code j} by its name, which a hosts
 * file of its own resolves to {@code 127.1.i+1.j+1}: there the link from i to j listens on every
 * port of j. All processes themselves listen on 127.0.0.1, each on ports that no other has, so that
 * a process recognises itself by its port.
 */
final class Network implements AutoCloseable {
  private final List<String> names;
  private final Path folder;
  private final Link[][] links;

  /**
   * @param folder for hosts files
   * @param names of processes
   * @param ports of each process
   */
  Network(Path folder, List<String> names, List<List<Integer>> ports) throws IOException {
    this.folder = folder;
    this.names = List.copyOf(names);
    int n = names.size();
    links = new Link[n][n];
    for (int i = 0; i < n; i++) {
      var hosts = new StringBuilder("127.0.0.1 localhost " + names.get(i) + "\n");
      for (int j = 0; j < n; j++) {
        if (i != j) {
          byte[] ip = {127, 1, (byte) (i + 1), (byte) (j + 1)};
          links[i][j] = new Link(names.get(i) + "->" + names.get(j), InetAddress.getByAddress(ip));
          hosts.append("127.1.%d.%d %s%n".formatted(i + 1, j + 1, names.get(j)));
          for (int port : ports.get(j)) {
            links[i][j].carry(port);
          }
        }
      }
      Files.writeString(hosts(names.get(i)), hosts);
    }
  }

  /** The hosts file of a process, for {@code -Djdk.net.hosts.file}. */
  Path hosts(String name) {
    return folder.resolve("hosts." + name);
  }

  /** The link of connections that one process opens to another. */
  Link link(String from, String to) {
    return links[names.indexOf(from)][names.indexOf(to)];
  }

  /** All links between members of one group and of the other, in both directions. */
  List<Link> between(List<String> these, List<String> those) {
    List<Link> out = new ArrayList<>();
    for (String a : these) {
      for (String b : those) {
        out.add(link(a, b));
        out.add(link(b, a));
      }
    }
    return out;
  }

  /** All links from and to a process. */
  List<Link> of(String name) {
    return between(List.of(name), names.stream().filter(n -> !n.equals(name)).toList());
  }

  List<Link> all() {
    return Arrays.stream(links).flatMap(Arrays::stream).filter(Objects::nonNull).toList();
  }

  @Override
  public void close() throws IOException {
    for (Link link : all()) {
      link.close();
    }
  }
}
