package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextErrors;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows in parentheses, as behind INSERT ... VALUES. A value is first read as a literal of its
 * type; when what stands there is more than that, it is computed as an expression.
 */
final class ValuesInput extends RowInput {
  private ValuesInput(Header header, FormatSettings settings, ByteReader in, InputOptions options) {
    super(header, settings, in, options);
  }

  @Override
  boolean readRow() {
    TextErrors.skipWhitespace(in);
    if (rows > 0 || in.peek() == ',') {
      if (in.accept(',')) {
        TextErrors.skipWhitespace(in);
      }
    }
    if (in.atEnd() || in.peek() == ';') {
      return false;
    }
    TextErrors.require('(', in);
    for (int i = 0; i < types.length; i++) {
      TextErrors.skipWhitespace(in);
      value(i, i == types.length - 1 ? ')' : ',');
    }
    TextErrors.skipWhitespace(in);
    return true;
  }

  private void value(int i, int end) {
    in.mark();
    LonghouseException problem = null;
    try {
      field(i, TextForm.QUOTED);
      TextErrors.skipWhitespace(in);
      if (in.accept(end)) {
        in.unmark();
        return;
      }
      // "(1,)" has a comma more than values.
      if (end == ')' && in.peek() == ',' && endsBehindComma()) {
        in.unmark();
        return;
      }
    } catch (LonghouseException e) {
      problem = e;
    }
    builders[i].truncate(rows);
    in.rewind();
    expression(i, end, problem);
    in.unmark();
  }

  private boolean endsBehindComma() {
    int ahead = 1;
    while (TextErrors.isWhitespace(in.peek(ahead))) {
      ahead++;
    }
    if (in.peek(ahead) != ')') {
      return false;
    }
    in.position(in.position() + ahead + 1);
    return true;
  }

  private void expression(int i, int end, @Nullable LonghouseException problem) {
    skipExpression();
    int length = in.position() - in.marked();
    String text = ByteText.decode(in.buffer(), in.marked(), length).strip();
    int delimiter = in.peek();
    if (delimiter != end) {
      throw notExpression(i);
    }
    in.next();
    if (text.equalsIgnoreCase("DEFAULT")) {
      addDefault(i);
      return;
    }
    ExpressionEvaluator evaluator = options.evaluator();
    if (evaluator == null || !settings.inputFormatValuesInterpretExpressions) {
      in.rewind();
      throw problem != null ? problem : notExpression(i);
    }
    if (settings.inputFormatNullAsDefault && text.equalsIgnoreCase("NULL")) {
      addDefault(i);
      return;
    }
    evaluator.evaluate(text, types[i], builders[i]);
  }

  private LonghouseException notExpression(int i) {
    in.rewind();
    return new LonghouseException(
        ErrorCode.SYNTAX_ERROR,
        "Cannot parse expression of type "
            + types[i].name()
            + " here: "
            + ByteText.decode(
                in.buffer(), in.position(), Math.min(160, in.limit() - in.position())));
  }

  /** Moves to the comma or parenthesis that ends the expression on its own level. */
  private void skipExpression() {
    int depth = 0;
    for (int c = in.peek(); c >= 0; c = in.peek()) {
      switch (c) {
        case '\'', '"', '`' -> skipQuoted(c);
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> {
          if (depth == 0) {
            return;
          }
          depth--;
        }
        case ',' -> {
          if (depth == 0) {
            return;
          }
        }
        default -> {}
      }
      if (!in.atEnd()) {
        in.position(in.position() + 1);
      }
    }
  }

  /** Moves to the closing quote. */
  private void skipQuoted(int quote) {
    in.next();
    for (int c = in.peek(); c >= 0 && c != quote; c = in.peek()) {
      in.next();
      if (c == '\\') {
        in.next();
      }
    }
  }

  @Register(kind = InputFormatFactory.class, name = "Values", caseInsensitive = true)
  static final class Factory implements InputFormatFactory {
    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new ValuesInput(header, settings, in, options);
    }
  }
}
