package io.longhouse.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The parts of a {@code multipart/form-data} body. */
final class Multipart {
  /**
   * One part.
   *
   * @param isFile whether it came as a file and so is data rather than a parameter
   */
  record Part(String name, boolean isFile, byte[] content) {}

  private static final int PARTS_MAX = 1000;

  private Multipart() {}

  static boolean isMultipart(Headers headers) {
    return headers
        .get("Content-Type", "")
        .toLowerCase(Locale.ROOT)
        .startsWith("multipart/form-data");
  }

  /**
   * Reads the whole body.
   *
   * @param sizeMax bytes of all of it
   * @throws HttpException 400 when it is malformed, 413 when it is too large
   */
  static List<Part> read(Headers headers, InputStream body, long sizeMax) throws IOException {
    String boundary = attribute(headers.get("Content-Type", ""), "boundary");
    if (boundary.isEmpty()) {
      throw new HttpException(400, "multipart/form-data has no boundary");
    }
    byte[] all = readAll(body, sizeMax);
    byte[] mark = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    List<Part> parts = new ArrayList<>();
    int at = indexOf(all, mark, 0);
    while (at >= 0) {
      int begin = at + mark.length;
      if (begin + 1 < all.length && all[begin] == '-' && all[begin + 1] == '-') {
        return parts;
      }
      int next = indexOf(all, mark, begin);
      if (next < 0 || parts.size() == PARTS_MAX) {
        break;
      }
      parts.add(part(all, begin, next));
      at = next;
    }
    throw new HttpException(400, "multipart/form-data does not end with its boundary");
  }

  private static Part part(byte[] all, int begin, int end) {
    String head = "";
    int at = begin;
    int headEnd = indexOf(all, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII), begin);
    if (headEnd >= 0 && headEnd < end) {
      head = new String(all, begin, headEnd - begin, StandardCharsets.UTF_8);
      at = headEnd + 4;
    }
    int stop = end >= at + 2 && all[end - 2] == '\r' ? end - 2 : end;
    String disposition = "";
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        disposition = line;
      }
    }
    byte[] content = java.util.Arrays.copyOfRange(all, Math.min(at, stop), stop);
    boolean isFile = disposition.contains("filename=") || disposition.contains("filename*=");
    return new Part(attribute(disposition, "name"), isFile, content);
  }

  private static byte[] readAll(InputStream body, long sizeMax) throws IOException {
    var out = new ByteArrayOutputStream();
    byte[] piece = new byte[1 << 16];
    for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
      if (out.size() + (long) n > Math.min(sizeMax, Integer.MAX_VALUE - 16)) {
        throw new HttpException(413, "The form is larger than " + sizeMax + " bytes");
      }
      out.write(piece, 0, n);
    }
    return out.toByteArray();
  }

  /** The value of {@code name=value} or {@code name="value"} in a header field. */
  private static String attribute(String field, String name) {
    for (String piece : field.split(";")) {
      String p = piece.strip();
      if (p.toLowerCase(Locale.ROOT).startsWith(name + "=")) {
        String v = p.substring(name.length() + 1);
        return v.length() >= 2 && v.startsWith("\"") && v.endsWith("\"")
            ? v.substring(1, v.length() - 1)
            : v;
      }
    }
    return "";
  }

  private static int indexOf(byte[] all, byte[] wanted, int from) {
    outer:
    for (int i = from; i <= all.length - wanted.length; i++) {
      for (int k = 0; k < wanted.length; k++) {
        if (all[i + k] != wanted[k]) {
          continue outer;
        }
      }
      return i;
    }
    return -1;
  }
}
