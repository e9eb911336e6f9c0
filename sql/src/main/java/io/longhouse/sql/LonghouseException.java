package io.longhouse.sql;

import org.jspecify.annotations.Nullable;

/**
 * What failed, with ClickHouse's code. Every error that a user can cause is one of these.
 *
 * <p>The message is the bare one; a server puts {@code Code: 62. DB::Exception:} in front and the
 * code's name behind.
 */
public class LonghouseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final long retryAfterSec;

  public LonghouseException(ErrorCode code, String message) {
    this(code, message, 0);
  }

  public LonghouseException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retryAfterSec = 0;
  }

  /**
   * @param retryAfterSec when the same may succeed; 0 when time alone changes nothing
   */
  public LonghouseException(ErrorCode code, String message, long retryAfterSec) {
    super(message);
    this.code = code;
    this.retryAfterSec = retryAfterSec;
  }

  /** In how many seconds the same may succeed; 0 when time alone changes nothing. */
  public long retryAfterSec() {
    return retryAfterSec;
  }

  /** The number, 62 for SYNTAX_ERROR. */
  public int code() {
    return code.code();
  }

  /** The name, {@code SYNTAX_ERROR}. */
  public String name() {
    return code.name();
  }

  public ErrorCode errorCode() {
    return code;
  }

  /** Never null, unlike {@link Throwable}'s. */
  public String message() {
    String message = getMessage();
    return message == null ? code.name() : message;
  }
}
