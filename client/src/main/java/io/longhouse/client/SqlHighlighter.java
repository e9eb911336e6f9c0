package io.longhouse.client;

import io.longhouse.sql.parser.Tokens;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours for a statement while it is typed. */
final class SqlHighlighter implements Highlighter {
  private static final AttributedStyle KEYWORD =
      AttributedStyle.BOLD.foreground(AttributedStyle.BLUE);
  private static final AttributedStyle CALL =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
  private static final AttributedStyle NUMBER =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
  private static final AttributedStyle STRING =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
  private static final AttributedStyle COMMENT =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.BLACK | AttributedStyle.BRIGHT);
  private static final AttributedStyle ERROR =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    var out = new AttributedStringBuilder();
    int at = 0;
    for (Tokens.Token t : Tokens.of(buffer)) {
      out.append(buffer.substring(at, t.start()));
      out.styled(style(buffer, t), buffer.substring(t.start(), t.end()));
      at = t.end();
    }
    out.append(buffer.substring(at));
    return out.toAttributedString();
  }

  private static AttributedStyle style(String text, Tokens.Token t) {
    return switch (t.shade()) {
      case WORD -> {
        String word = text.substring(t.start(), t.end());
        if (Keywords.SET.contains(word.toUpperCase(Locale.ROOT))) {
          yield KEYWORD;
        }
        yield t.end() < text.length() && text.charAt(t.end()) == '('
            ? CALL
            : AttributedStyle.DEFAULT;
      }
      case NUMBER -> NUMBER;
      case STRING -> STRING;
      case QUOTED_NAME, PUNCTUATION -> AttributedStyle.DEFAULT;
      case COMMENT -> COMMENT;
      case ERROR -> ERROR;
    };
  }

  @Override
  public void setErrorPattern(Pattern errorPattern) {}

  @Override
  public void setErrorIndex(int errorIndex) {}
}
