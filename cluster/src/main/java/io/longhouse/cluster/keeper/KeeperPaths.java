package io.longhouse.cluster.keeper;

/** Paths of nodes: absolute, parts separated by a slash, none at the end. */
public final class KeeperPaths {
  private KeeperPaths() {}

  /** The path of the node above; {@code /} above the first ones. */
  public static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** The last part. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  public static String join(String parent, String name) {
    return parent.endsWith("/") ? parent + name : parent + "/" + name;
  }

  /** Without slashes at the end and with one at the beginning; empty for the root. */
  public static String plain(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    String p = path.substring(0, end);
    return p.isEmpty() || p.startsWith("/") ? p : "/" + p;
  }
}
