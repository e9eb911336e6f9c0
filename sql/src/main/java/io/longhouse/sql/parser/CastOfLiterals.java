package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code [1, 2]::Array(UInt8)}: a cast of an array or tuple of constants takes their text as it is.
 */
final class CastOfLiterals {
  private CastOfLiterals() {}

  /** Null, with nothing skipped, when it is something else. */
  static @Nullable Expression tryParse(Cursor c) {
    if (c.position() < c.literalsScanned()) {
      return null;
    }
    int ahead = scan(c);
    if (ahead < 0) {
      return null;
    }
    int start = c.start();
    for (int i = 0; i < ahead; i++) {
      c.advance();
    }
    String source = c.text().substring(start, c.previousEnd());
    c.expect(TokenKind.DOUBLE_COLON);
    return FunctionCall.call("CAST", Literal.of(source), Expressions.typeText(c));
  }

  /** The number of tokens before the {@code ::}; -1 when this is no collection of literals. */
  private static int scan(Cursor c) {
    int ahead = 0;
    int depth = 0;
    var open = new BitSet();
    TokenKind last = TokenKind.OPEN_SQUARE;
    while (true) {
      TokenKind kind = c.kind(ahead);
      boolean afterSeparator =
          last == TokenKind.OPEN_SQUARE || last == TokenKind.OPEN_ROUND || last == TokenKind.COMMA;
      boolean fits =
          switch (kind) {
            case OPEN_SQUARE, OPEN_ROUND -> {
              open.set(depth++, kind == TokenKind.OPEN_ROUND);
              yield afterSeparator;
            }
            case CLOSE_SQUARE, CLOSE_ROUND ->
                depth > 0
                    && last != TokenKind.MINUS
                    && open.get(--depth) == (kind == TokenKind.CLOSE_ROUND);
            case COMMA -> !afterSeparator && last != TokenKind.MINUS;
            case NUMBER -> afterSeparator || last == TokenKind.MINUS;
            case STRING, MINUS -> afterSeparator;
            default -> false;
          };
      if (!fits) {
        c.literalsScannedTo(ahead, kind == TokenKind.DOUBLE_COLON);
        return -1;
      }
      ahead++;
      last = kind;
      if (depth == 0) {
        if (c.kind(ahead) == TokenKind.DOUBLE_COLON) {
          return ahead;
        }
        c.literalsScannedTo(ahead - 1, false);
        return -1;
      }
    }
  }
}
