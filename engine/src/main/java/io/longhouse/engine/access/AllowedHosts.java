package io.longhouse.engine.access;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Where a user may come in from. */
public record AllowedHosts(
    boolean any,
    boolean local,
    List<String> ips,
    List<String> names,
    List<String> regexps,
    List<String> likes) {
  public static final AllowedHosts ANY =
      new AllowedHosts(true, false, List.of(), List.of(), List.of(), List.of());
  public static final AllowedHosts NONE =
      new AllowedHosts(false, false, List.of(), List.of(), List.of(), List.of());

  public AllowedHosts {
    ips = List.copyOf(ips);
    names = List.copyOf(names);
    regexps = List.copyOf(regexps);
    likes = List.copyOf(likes);
  }

  /** Whether nobody from another machine may come in. */
  boolean isLocalOnly() {
    return !any && ips.isEmpty() && names.isEmpty() && regexps.isEmpty() && likes.isEmpty();
  }

  /**
   * Whether somebody at that address may come in.
   *
   * @param address in digits, without a port
   */
  public boolean contains(String address) {
    if (any) {
      return true;
    }
    byte[] at = bytes(address);
    if (local && isLocal(address)) {
      return true;
    }
    for (String ip : ips) {
      if (matches(ip, at)) {
        return true;
      }
    }
    for (String like : likes) {
      if (like(like).matcher(address).matches()) {
        return true;
      }
    }
    return byName(address, at);
  }

  private boolean byName(String address, byte[] at) {
    for (String name : names) {
      if (resolves(name, at)) {
        return true;
      }
    }
    if (regexps.isEmpty() && likes.isEmpty()) {
      return false;
    }
    String host = hostName(address, at);
    for (String regexp : regexps) {
      if (pattern(regexp).matcher(host).matches()) {
        return true;
      }
    }
    for (String like : likes) {
      if (like(like).matcher(host).matches()) {
        return true;
      }
    }
    return false;
  }

  static boolean isLoopback(String address) {
    return address.equals("::1") || address.equals("127.0.0.1");
  }

  private static boolean isLocal(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The name of an address, but only one that in turn means that address. */
  private static String hostName(String address, byte[] at) {
    try {
      String name = InetAddress.getByName(address).getCanonicalHostName();
      return resolves(name, at) ? name : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }

  private static boolean resolves(String name, byte[] at) {
    try {
      for (InetAddress a : InetAddress.getAllByName(name)) {
        if (Arrays.equals(wide(a.getAddress()), at)) {
          return true;
        }
      }
    } catch (UnknownHostException e) {
      return false;
    }
    return false;
  }

  private static Pattern pattern(String regexp) {
    try {
      return Pattern.compile(regexp);
    } catch (PatternSyntaxException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_COMPILE_REGEXP, "HOST REGEXP " + regexp + ": " + e.getDescription(), e);
    }
  }

  private static Pattern like(String like) {
    var out = new StringBuilder();
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      switch (c) {
        case '%' -> out.append(".*");
        case '_' -> out.append('.');
        default -> out.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(out.toString());
  }

  /** {@code 10.0.0.0/8}, {@code 10.0.0.0/255.0.0.0}, {@code ::1}. */
  private static boolean matches(String subnet, byte[] at) {
    int slash = subnet.indexOf('/');
    String base = slash < 0 ? subnet : subnet.substring(0, slash);
    byte[] network = bytes(base);
    if (network.length != 16 || at.length != 16) {
      return false;
    }
    byte[] mask = mask(slash < 0 ? "" : subnet.substring(slash + 1), base.indexOf(':') < 0);
    for (int i = 0; i < 16; i++) {
      if ((network[i] & mask[i]) != (at[i] & mask[i])) {
        return false;
      }
    }
    return true;
  }

  private static byte[] mask(String text, boolean ipv4) {
    byte[] mask = new byte[16];
    if (text.contains(".") || text.contains(":")) {
      byte[] given = bytes(text);
      if (ipv4 && given.length == 16) {
        Arrays.fill(given, 0, 12, (byte) 0xFF);
      }
      return given.length == 16 ? given : mask;
    }
    int bits = text.isEmpty() ? 128 : Integer.parseInt(text) + (ipv4 ? 96 : 0);
    for (int i = 0; i < 16; i++) {
      int left = Math.clamp(bits - 8L * i, 0, 8);
      mask[i] = (byte) (0xFF00 >> left);
    }
    return mask;
  }

  private static byte[] bytes(String address) {
    if (address.isEmpty() || !isDigits(address)) {
      return new byte[0];
    }
    try {
      return wide(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException e) {
      return new byte[0];
    }
  }

  /** Never asks for a name. */
  private static boolean isDigits(String address) {
    return address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
  }

  private static byte[] wide(byte[] address) {
    if (address.length == 16) {
      return address;
    }
    byte[] out = new byte[16];
    out[10] = (byte) 0xFF;
    out[11] = (byte) 0xFF;
    System.arraycopy(address, 0, out, 12, 4);
    return out;
  }
}
