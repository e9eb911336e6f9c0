package io.longhouse.server.http;

/** The request is not HTTP as it should be: answered with a status, then the connection ends. */
final class HttpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  HttpException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
