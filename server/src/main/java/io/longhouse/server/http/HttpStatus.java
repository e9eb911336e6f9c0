package io.longhouse.server.http;

import io.longhouse.sql.ErrorCode;

/** HTTP's status codes: their names, and which one stands for an error of the database. */
final class HttpStatus {
  private HttpStatus() {}

  static int of(ErrorCode code) {
    return switch (code) {
      case REQUIRED_PASSWORD -> 401;
      case UNKNOWN_USER,
          WRONG_PASSWORD,
          AUTHENTICATION_FAILED,
          SET_NON_GRANTED_ROLE,
          ACCESS_DENIED ->
          403;
      case BAD_ARGUMENTS,
          CANNOT_COMPILE_REGEXP,
          CANNOT_PARSE_TEXT,
          CANNOT_PARSE_ESCAPE_SEQUENCE,
          CANNOT_PARSE_QUOTED_STRING,
          CANNOT_PARSE_DATE,
          CANNOT_PARSE_DATETIME,
          CANNOT_PARSE_NUMBER,
          CANNOT_PARSE_DOMAIN_VALUE_FROM_STRING,
          CANNOT_PARSE_IPV4,
          CANNOT_PARSE_IPV6,
          CANNOT_PARSE_UUID,
          CANNOT_PARSE_INPUT_ASSERTION_FAILED,
          DUPLICATE_COLUMN,
          ILLEGAL_COLUMN,
          THERE_IS_NO_COLUMN,
          UNKNOWN_ELEMENT_IN_AST,
          UNKNOWN_TYPE_OF_AST_NODE,
          TOO_DEEP_AST,
          TOO_BIG_AST,
          UNEXPECTED_AST_STRUCTURE,
          SYNTAX_ERROR,
          INCORRECT_DATA,
          TYPE_MISMATCH,
          VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE ->
          400;
      case UNKNOWN_TABLE,
          UNKNOWN_FUNCTION,
          UNKNOWN_IDENTIFIER,
          UNKNOWN_TYPE,
          UNKNOWN_STORAGE,
          UNKNOWN_DATABASE,
          UNKNOWN_SETTING,
          UNKNOWN_DIRECTION_OF_SORTING,
          UNKNOWN_AGGREGATE_FUNCTION,
          UNKNOWN_FORMAT,
          UNKNOWN_DATABASE_ENGINE,
          UNKNOWN_TYPE_OF_QUERY,
          UNKNOWN_ROLE ->
          404;
      case QUERY_IS_TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case NOT_IMPLEMENTED -> 501;
      case SOCKET_TIMEOUT, CANNOT_OPEN_FILE, CANNOT_SCHEDULE_TASK -> 503;
      case HTTP_LENGTH_REQUIRED -> 411;
      case TIMEOUT_EXCEEDED -> 408;
      default -> 500;
    };
  }

  static String reason(int status) {
    return switch (status) {
      case 100 -> "Continue";
      case 200 -> "OK";
      case 204 -> "No Content";
      case 302 -> "Found";
      case 307 -> "Temporary Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 411 -> "Length Required";
      case 413 -> "Request Entity Too Large";
      case 414 -> "Request-URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> "Status";
    };
  }
}
