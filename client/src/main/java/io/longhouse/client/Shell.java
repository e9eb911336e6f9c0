package io.longhouse.client;

import io.longhouse.wire.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The interactive mode: a line editor with colours, completion and history. Ctrl-C ends the running
 * statement, or throws the typed one away; Ctrl-D, {@code exit} and {@code \q} end the shell.
 */
final class Shell {
  private static final Set<String> EXITS =
      Set.of("exit", "quit", "logout", "учше", "йгше", "q", "й", "\\q", "\\й", ":q");

  private final Backend backend;
  private final Options options;

  Shell(Backend backend, Options options) {
    this.backend = backend;
    this.options = options;
  }

  /** Runs until the user ends it; answers the exit status. */
  int run() throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      if (terminal.getWidth() <= 0) {
        terminal.setSize(new Size(80, 24)); // a terminal that does not know: draw all the same
      }
      var out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
      out.println("Longhouse " + Version.TEXT + ", " + backend.description() + ".");
      out.println();
      var script =
          new Script(
              backend, options, terminal.output(), out, null, true, true, terminal.getWidth());
      LineReader reader = reader(terminal);
      terminal.handle(
          Terminal.Signal.INT,
          _ -> {
            script.interrupted();
            cancel();
          });
      while (true) {
        String text;
        try {
          text = reader.readLine(options.get("prompt", "longhouse") + " :) ");
        } catch (UserInterruptException e) {
          continue;
        } catch (EndOfFileException e) {
          out.println("Bye.");
          return 0;
        }
        String command = text.strip();
        if (EXITS.contains(withoutEnd(command).toLowerCase(Locale.ROOT))) {
          out.println("Bye.");
          return 0;
        }
        if (!command.isEmpty()) {
          out.println();
          script.run(command);
        }
      }
    }
  }

  private static String withoutEnd(String command) {
    return command.endsWith(";") ? command.substring(0, command.length() - 1).strip() : command;
  }

  private void cancel() {
    try {
      backend.cancel();
    } catch (UncheckedIOException e) {
      System.getLogger(Shell.class.getName()).log(Level.DEBUG, "cannot cancel", e);
    }
  }

  private LineReader reader(Terminal terminal) {
    String home = System.getProperty("user.home", ".");
    Path history = Path.of(options.get("history_file", home + "/.longhouse-client-history"));
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .appName("longhouse")
        .parser(new StatementParser(options.isOn("multiline")))
        .highlighter(new SqlHighlighter())
        .completer(new SqlCompleter(backend))
        .variable(LineReader.HISTORY_FILE, history)
        .variable(LineReader.HISTORY_SIZE, 100_000)
        .variable(LineReader.SECONDARY_PROMPT_PATTERN, ":-] ")
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .option(LineReader.Option.CASE_INSENSITIVE, true)
        .build();
  }

  /**
   * A line is complete when no quote, bracket or comment is open in it; with {@code --multiline}
   * only at a semicolon.
   */
  private static final class StatementParser implements Parser {
    private final DefaultParser words = new DefaultParser();
    private final boolean needsSemicolon;

    StatementParser(boolean needsSemicolon) {
      this.needsSemicolon = needsSemicolon;
      words.setQuoteChars(new char[0]);
      words.setEscapeChars(new char[0]);
      words.setRegexVariable(null);
      words.setRegexCommand(null);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      if (context == ParseContext.ACCEPT_LINE && isOpen(line)) {
        throw new EOFError(-1, -1, "the statement goes on");
      }
      int start = cursor;
      while (start > 0 && isWordPart(line.charAt(start - 1))) {
        start--;
      }
      if (context == ParseContext.COMPLETE) {
        return words.parse(line.substring(start, cursor), cursor - start, context);
      }
      return words.parse(line, cursor, context);
    }

    private static boolean isWordPart(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    private boolean isOpen(String line) {
      String text = line.strip();
      if (text.isEmpty() || EXITS.contains(text.toLowerCase(Locale.ROOT))) {
        return false;
      }
      int depth = 0;
      var tokens = io.longhouse.sql.parser.Tokens.of(text);
      for (var t : tokens) {
        char first = text.charAt(t.start());
        switch (t.shade()) {
          case ERROR -> {
            if (first == '\'' || first == '"' || first == '`' || first == '/') {
              return true;
            }
          }
          case PUNCTUATION -> {
            depth += first == '(' || first == '[' || first == '{' ? 1 : 0;
            depth -= first == ')' || first == ']' || first == '}' ? 1 : 0;
          }
          default -> {
            // says nothing about the end
          }
        }
      }
      return depth > 0 || needsSemicolon && !text.endsWith(";") && !text.endsWith("\\G");
    }
  }
}
