package io.longhouse.sql.parser;

/** What a token is. */
enum TokenKind {
  WORD,
  NUMBER,
  STRING,
  QUOTED_IDENTIFIER,
  HEREDOC,
  OPEN_ROUND("("),
  CLOSE_ROUND(")"),
  OPEN_SQUARE("["),
  CLOSE_SQUARE("]"),
  OPEN_CURLY("{"),
  CLOSE_CURLY("}"),
  COMMA(","),
  SEMICOLON(";"),
  DOT("."),
  ASTERISK("*"),
  DOLLAR("$"),
  PLUS("+"),
  MINUS("-"),
  SLASH("/"),
  PERCENT("%"),
  ARROW("->"),
  QUESTION("?"),
  COLON(":"),
  DOUBLE_COLON("::"),
  CARET("^"),
  EQUALS("="),
  NOT_EQUALS("!="),
  LESS("<"),
  GREATER(">"),
  LESS_OR_EQUALS("<="),
  GREATER_OR_EQUALS(">="),
  SPACESHIP("<=>"),
  CONCAT("||"),
  AT("@"),
  DOUBLE_AT("@@"),
  END("end of query"),
  /** The query is longer than max_query_size. */
  TOO_LONG,
  ERROR_UNKNOWN("Unrecognized token"),
  ERROR_COMMENT("Multiline comment is not closed"),
  ERROR_SINGLE_QUOTE("Single quoted string is not closed"),
  ERROR_DOUBLE_QUOTE("Double quoted string is not closed"),
  ERROR_BACK_QUOTE("Back quoted string is not closed"),
  ERROR_NUMBER("Wrong number"),
  ERROR_EXCLAMATION("Exclamation mark can only occur in != operator"),
  ERROR_PIPE("Pipe symbol could only occur in || operator");

  private final String text;

  TokenKind() {
    this.text = "";
  }

  TokenKind(String text) {
    this.text = text;
  }

  /** The characters of a punctuation mark, the message of an error. */
  String text() {
    return text;
  }

  boolean isError() {
    return ordinal() >= TOO_LONG.ordinal();
  }
}
