package io.longhouse.cluster.ddl;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/**
 * How an entry went on a server.
 *
 * @param code 0 for success
 */
record DdlStatus(int code, String message) {
  static final DdlStatus DONE = new DdlStatus(0, "");

  static DdlStatus of(LonghouseException e) {
    return new DdlStatus(
        e.code(), "Code: " + e.code() + ". DB::Exception: " + e.message() + ". (" + e.name() + ")");
  }

  static DdlStatus of(ErrorCode code, String message) {
    return of(new LonghouseException(code, message));
  }

  /** A code and, on the next line, the escaped message. */
  String text() {
    return code + "\n" + DdlText.escaped(message);
  }

  static DdlStatus parse(String text) {
    int line = text.indexOf('\n');
    String code = (line < 0 ? text : text.substring(0, line)).strip();
    return code.matches("-?\\d{1,9}")
        ? new DdlStatus(
            Integer.parseInt(code), line < 0 ? "" : DdlText.unescaped(text.substring(line + 1)))
        : new DdlStatus(-1, "Cannot obtain error message");
  }
}
