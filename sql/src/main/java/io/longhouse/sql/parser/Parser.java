package io.longhouse.sql.parser;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.SqlException;
import io.longhouse.sql.ast.ExecuteAs;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.OutputClause;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way in: statements, expressions and types from text. */
public final class Parser {
  private Parser() {}

  /** The one statement that the text is; nothing but inline data may follow it. */
  public static ParsedStatement parseStatement(String sql, ParserLimits limits) {
    ParsedStatement parsed = parse(sql, 0, limits, c -> statement(c, true));
    TreeLimits.check(parsed.statement(), sql.length(), limits);
    return parsed;
  }

  public static ParsedStatement parseStatement(String sql) {
    return parseStatement(sql, ParserLimits.DEFAULT);
  }

  /** The statement that begins at {@code offset}; others may follow it. */
  public static ParsedStatement parseNext(String sql, int offset, ParserLimits limits) {
    ParsedStatement parsed = parse(sql, offset, limits, c -> statement(c, false));
    TreeLimits.check(parsed.statement(), sql.length() - offset, limits);
    return parsed;
  }

  /**
   * All statements of a script. Inline data of INSERT end as in clickhouse-client: those of VALUES
   * at the semicolon that ends the statement, others at the first empty line.
   */
  public static List<ParsedStatement> parseMany(String sql, ParserLimits limits) {
    var list = new ArrayList<ParsedStatement>();
    int offset = skipEmpty(sql, 0);
    while (offset < sql.length()) {
      ParsedStatement parsed = parseNext(sql, offset, limits);
      list.add(parsed);
      offset = skipEmpty(sql, parsed.end());
    }
    return list;
  }

  /**
   * @throws io.longhouse.sql.LonghouseException TOO_DEEP_AST (167) or TOO_BIG_AST (168)
   */
  public static void checkTree(Statement statement, ParserLimits limits) {
    TreeLimits.check(statement, Integer.MAX_VALUE, limits);
  }

  /** One expression, which may have an alias. */
  public static Expression parseExpression(String sql) {
    return whole(sql, c -> Expressions.topElement(c, Expressions.Alias.WITH_AS));
  }

  /** Expressions with commas between, as in {@code ORDER BY} of a table. */
  public static List<Expression> parseExpressions(String sql) {
    return whole(sql, Expressions::list);
  }

  /** A map of texts, {@code {'a': 'b'}}, as settings have them. */
  public static Literal.MapLiteral parseMap(String sql) {
    return whole(sql, Settings::map);
  }

  /** The name of a type. */
  public static TypeName parseType(String sql) {
    return whole(sql, Types::parse);
  }

  private static <T> T whole(String sql, Function<Cursor, T> parser) {
    return parse(
        sql,
        0,
        ParserLimits.TRUSTED,
        c -> {
          T result = parser.apply(c);
          if (c.kind() != TokenKind.END) {
            throw c.fail("end of query");
          }
          return result;
        });
  }

  /** Parses, and when that fails once more to say what was expected. */
  private static <T> T parse(
      String sql, int offset, ParserLimits limits, Function<Cursor, T> parser) {
    try {
      return parser.apply(new Cursor(sql, offset, limits, false));
    } catch (SyntaxFailure _) {
      var collecting = new Cursor(sql, offset, limits, true);
      try {
        return parser.apply(collecting);
      } catch (SyntaxFailure _) {
        throw collecting.error();
      }
    } catch (StackOverflowError _) {
      // The thread has a smaller stack than the limit on depth supposes.
      throw new SqlException(
          ErrorCode.TOO_DEEP_RECURSION, "The query is nested too deeply for this thread's stack");
    }
  }

  private static ParsedStatement statement(Cursor c, boolean alone) {
    if (c.kind() == TokenKind.END) {
      throw new SqlException(ErrorCode.SYNTAX_ERROR, "Empty query");
    }
    Statement statement = Statements.parse(c);
    Insert insert = insertWithData(statement);
    if (insert != null) {
      int end = alone ? c.text().length() : InlineData.end(c.text(), insert);
      return new ParsedStatement(statement, OutputClause.NONE, end);
    }
    OutputClause output = Outputs.parse(c);
    statement = Statements.parallel(c, statement);
    int end = c.previousEnd();
    if (c.kind() == TokenKind.SEMICOLON) {
      end = c.end();
      c.advance();
      while (alone && c.kind() == TokenKind.SEMICOLON) {
        c.advance();
      }
      if (alone && c.kind() != TokenKind.END) {
        throw SqlException.syntax(
            "Syntax error (Multi-statements are not allowed): failed at position "
                + (end)
                + " (end of query) : "
                + c.text().substring(end, Math.min(c.text().length(), end + 160)));
      }
    } else if (c.kind() != TokenKind.END) {
      throw c.fail("end of query");
    }
    return new ParsedStatement(statement, output, end);
  }

  /** The INSERT, also one that is explained, behind which there are no tokens but data. */
  private static @Nullable Insert insertWithData(@Nullable Statement statement) {
    return switch (statement) {
      case Insert i -> i.dataOffset() >= 0 ? i : null;
      case Explain e -> insertWithData(e.statement());
      case ExecuteAs e -> insertWithData(e.statement());
      case null, default -> null;
    };
  }

  /** Where the next statement begins: after blanks, comments and semicolons; the end if none. */
  public static int skipEmpty(String sql, int offset) {
    var lexer = new Lexer(sql, offset, sql.length());
    TokenKind kind = lexer.next();
    while (kind == TokenKind.SEMICOLON) {
      kind = lexer.next();
    }
    return kind == TokenKind.END ? sql.length() : lexer.start();
  }
}
