package io.longhouse.sql.parser;

import io.longhouse.sql.Corpus;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements with tokens removed, doubled, swapped and taken from others. */
class ParserFuzzTest {
  private static final int ROUNDS = 60_000;
  private static final long SLOW_MS = 2_000;

  @Test
  @Timeout(120)
  void anyTextIsAStatementOrAnError() {
    long seed = Long.getLong("longhouse.seed", System.nanoTime());
    var random = new Random(seed);
    List<List<String>> statements = new ArrayList<>();
    for (Corpus.Entry entry : Corpus.statements()) {
      statements.add(tokens(entry.statement()));
    }
    for (int i = 0; i < ROUNDS; i++) {
      String sql = mutate(statements, random);
      long start = System.nanoTime();
      try {
        // Not a round trip: a column may be called INTERVAL, and ClickHouse does not quote it.
        ParsedStatement parsed = Parser.parseStatement(sql);
        Parser.parseStatement(Formatter.format(parsed));
      } catch (LonghouseException _) {
        // as it should be
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ": " + sql, e);
      }
      if (System.nanoTime() - start > SLOW_MS * 1_000_000) {
        throw new AssertionError("slow, seed " + seed + ": " + sql);
      }
    }
  }

  private static String mutate(List<List<String>> statements, Random random) {
    var tokens = new ArrayList<>(statements.get(random.nextInt(statements.size())));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && !tokens.isEmpty(); i++) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(6)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
        case 2 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
        case 3 -> {
          List<String> other = statements.get(random.nextInt(statements.size()));
          int from = random.nextInt(other.size());
          int to = Math.min(other.size(), from + 1 + random.nextInt(6));
          tokens.addAll(at, other.subList(from, to));
        }
        case 4 -> tokens.subList(at, Math.min(tokens.size(), at + 1 + random.nextInt(5))).clear();
        default -> tokens.set(at, String.valueOf((char) (32 + random.nextInt(96))));
      }
    }
    return String.join(random.nextInt(8) == 0 ? "" : " ", tokens);
  }

  private static List<String> tokens(String sql) {
    var tokens = new ArrayList<String>();
    var lexer = new Lexer(sql, 0, sql.length());
    while (lexer.next() != TokenKind.END) {
      tokens.add(sql.substring(lexer.start(), lexer.end()));
    }
    return tokens;
  }
}
