package io.longhouse.wire;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * An error as protocols carry it.
 *
 * @param message without code and name
 */
public record Failure(int code, String name, String message) {
  /** Any exception; what is not one of ours counts as a defect or as a trouble of the network. */
  public static Failure of(Throwable error) {
    LonghouseException ours = ofChain(error);
    if (ours != null) {
      return new Failure(ours.code(), ours.name(), ours.message());
    }
    ErrorCode code =
        switch (error) {
          case StackOverflowError _ -> ErrorCode.TOO_DEEP_RECURSION;
          case OutOfMemoryError _ -> ErrorCode.MEMORY_LIMIT_EXCEEDED;
          case IOException _ -> ErrorCode.NETWORK_ERROR;
          case UncheckedIOException _ -> ErrorCode.NETWORK_ERROR;
          default -> ErrorCode.STD_EXCEPTION;
        };
    String message = error.getMessage();
    String text = error.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    return new Failure(code.code(), code.name(), text);
  }

  private static @Nullable LonghouseException ofChain(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof LonghouseException l) {
        return l;
      }
    }
    return null;
  }

  /** Whether it is a defect of ours rather than something a user did. */
  public static boolean isDefect(Throwable error) {
    return ofChain(error) == null
        && !(error instanceof IOException || error instanceof UncheckedIOException);
  }

  /** In how many seconds the same may succeed; 0 when time alone changes nothing. */
  public static long retryAfterSec(Throwable error) {
    LonghouseException ours = ofChain(error);
    return ours == null ? 0 : ours.retryAfterSec();
  }

  public ErrorCode errorCode() {
    return ErrorCode.of(code);
  }

  /** {@code Code: 62. DB::Exception: ... (SYNTAX_ERROR) (version 26.7.2.1)}. */
  public String display() {
    return "Code: "
        + code
        + ". DB::Exception: "
        + message
        + suffix()
        + " (version "
        + Version.TEXT
        + ")";
  }

  private String suffix() {
    return (message.endsWith(".") ? " (" : ". (") + name + ")";
  }

  /** The message as the native protocol carries it: with its prefix, without name and version. */
  public String nativeMessage() {
    return "DB::Exception: " + message;
  }
}
