package io.longhouse.sql.format;

import io.longhouse.sql.ast.SystemArgument;
import io.longhouse.sql.ast.SystemStatement;
import org.jspecify.annotations.Nullable;

/** The text of SYSTEM. */
final class Systems {
  private Systems() {}

  static void print(Out out, SystemStatement s) {
    out.add("SYSTEM ").add(s.command());
    Statements.cluster(out, s.cluster());
    if (s.table() != null) {
      Expressions.identifier(out.add(' '), s.table());
    }
    for (SystemArgument argument : s.arguments()) {
      if (argument instanceof SystemArgument.Settings) {
        out.line();
      } else {
        out.add(' ');
      }
      argument(out, argument);
    }
  }

  private static void argument(Out out, SystemArgument argument) {
    switch (argument) {
      case SystemArgument.Word w -> out.add(w.word());
      case SystemArgument.Name n -> word(out, n.word()).name(n.name());
      case SystemArgument.Value v -> Expressions.print(word(out, v.word()), v.value());
      case SystemArgument.Values v -> Expressions.list(word(out, v.word()), v.values());
      case SystemArgument.Table t -> Expressions.identifier(word(out, t.word()), t.table());
      case SystemArgument.Settings s -> Settings.print(out.add("SETTINGS "), s.settings());
    }
  }

  private static Out word(Out out, @Nullable String word) {
    return word == null ? out : out.add(word).add(' ');
  }
}
