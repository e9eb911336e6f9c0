package io.longhouse.client;

import io.longhouse.column.compress.Codecs;
import io.longhouse.column.compress.FileCompression;
import io.longhouse.column.type.TimeZones;
import io.longhouse.format.FileFormat;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ExplainTenant;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.OutputClause;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.ast.SetSettings;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.ShowCreateTenant;
import io.longhouse.sql.ast.Use;
import io.longhouse.sql.parser.Parser;
import io.longhouse.sql.parser.ParserLimits;
import io.longhouse.wire.connection.ServerError;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the statements of a text one after another and prints what they give. */
final class Script {
  private final Backend backend;
  private final Options options;
  private final OutputStream out;
  private final PrintStream errors;
  private final @Nullable InputStream input;
  private final boolean interactive;
  private final boolean terminal;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final ProgressLine progress;
  private volatile boolean interrupted;

  /**
   * @param input where data of an INSERT may come from; null when standard input is not for that
   * @param interactive whether a person types the statements
   * @param terminal whether the result goes to a terminal
   */
  Script(
      Backend backend,
      Options options,
      OutputStream out,
      PrintStream errors,
      @Nullable InputStream input,
      boolean interactive,
      boolean terminal,
      int width) {
    this.backend = backend;
    this.options = options;
    this.out = out;
    this.errors = errors;
    this.input = input;
    this.interactive = interactive;
    this.terminal = terminal;
    settings.putAll(options.settings());
    if (terminal) {
      settings.putIfAbsent("output_format_pretty_color", "1");
    }
    boolean showProgress =
        options.has("progress")
            ? options.isOn("progress")
            : interactive || terminal && System.console() != null;
    this.progress = new ProgressLine(errors, showProgress, width);
  }

  /**
   * Runs every statement; stops at the first error unless {@code --ignore-error}.
   *
   * @return the process's exit status
   */
  int run(String text) {
    int status = 0;
    int at = 0;
    while (true) {
      int begin = Parser.skipEmpty(text, at);
      if (begin >= text.length()) {
        return status;
      }
      int end = text.length();
      String shown = text.substring(begin);
      try {
        ParsedStatement parsed = Parser.parseNext(text, begin, ParserLimits.TRUSTED);
        end = Math.max(parsed.end(), begin + 1);
        shown = text.substring(begin, end);
        if (options.isOn("echo")) {
          errors.println(shown);
        }
        statement(text, begin, parsed);
      } catch (LonghouseException e) {
        report(e, shown);
        status = exitStatus(e);
        if (!options.isOn("ignore-error") || end == text.length()) {
          return status;
        }
      }
      at = end;
    }
  }

  static int exitStatus(LonghouseException e) {
    int code = e instanceof ServerError s ? s.number() : e.code();
    return code % 256 == 0 ? 255 : code % 256;
  }

  private void report(LonghouseException e, String statement) {
    progress.clear();
    if (e instanceof ServerError) {
      errors.println("Received exception from server (version " + backend.serverVersion() + "):");
    }
    errors.println(display(e));
    if (interactive) {
      errors.println();
    } else if (e instanceof ServerError) {
      errors.println("(query: " + statement.strip() + ")");
    }
    if (options.isOn("stacktrace")) {
      e.printStackTrace(errors);
    }
    errors.flush();
  }

  static String display(LonghouseException e) {
    int code = e instanceof ServerError s ? s.number() : e.code();
    String message = e.message();
    return "Code: "
        + code
        + ". DB::Exception: "
        + message
        + (message.endsWith(".") ? " (" : ". (")
        + e.name()
        + ")";
  }

  /** The user wants the running statement to end. */
  void interrupted() {
    interrupted = true;
  }

  private void statement(String text, int begin, ParsedStatement parsed) {
    String sql = text.substring(begin, parsed.end());
    InputStream data = null;
    String dataFormat = "Values";
    if (parsed.statement() instanceof Insert insert && takesData(insert)) {
      if (insert.format() != null) {
        dataFormat = insert.format();
      }
      data = data(text, insert, parsed.end());
      if (insert.infile() != null) {
        if (insert.format() == null) {
          dataFormat = FileFormat.orTabSeparated(literal(insert.infile().path()));
        }
        sql = withoutInfile(insert, dataFormat);
      } else if (insert.dataOffset() >= 0) {
        sql = text.substring(begin, insert.dataOffset());
      } else if (insert.format() == null && options.has("input-format")) {
        dataFormat = options.get("input-format", "Values");
      }
    }
    if (sql.stripTrailing().endsWith(";")) {
      sql = sql.stripTrailing().substring(0, sql.stripTrailing().length() - 1);
    }
    print(sql, parsed, data, dataFormat);
    follow(parsed);
  }

  /**
   * Rows come with an INSERT without a query, and with one whose query reads {@code input(...)}.
   */
  private static boolean takesData(Insert insert) {
    var select = insert.select();
    return select == null
        || insert.format() != null
            && io.longhouse.sql.format.Formatter.formatOneLine(select).contains("input(");
  }

  /** The file is here and not at the server, which gets its rows. */
  private static String withoutInfile(Insert i, String format) {
    return io.longhouse.sql.format.Formatter.format(
        new Insert(i.target(), i.columns(), i.partitionBy(), i.settings(), null, format, null, -1));
  }

  /** Inline data, then what standard input has; or the file of INFILE. */
  private @Nullable InputStream data(String text, Insert insert, int end) {
    if (insert.infile() != null) {
      Insert.Infile infile = insert.infile();
      return openFile(literal(infile.path()), infile.compression());
    }
    if (insert.dataOffset() >= 0) {
      byte[] inline = ByteText.encode(text.substring(insert.dataOffset(), end));
      boolean blank = new String(inline, java.nio.charset.StandardCharsets.ISO_8859_1).isBlank();
      InputStream first = new ByteArrayInputStream(inline);
      if (input == null) {
        return first;
      }
      // Behind inline data only what is there already: an open pipe with nothing in it is no data.
      return blank ? input : hasBytes(input) ? new SequenceInputStream(first, input) : first;
    }
    return input == null ? InputStream.nullInputStream() : input;
  }

  private static boolean hasBytes(InputStream in) {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A file here, unpacked when its name or its compression says so. */
  static InputStream openFile(String path, @Nullable Expression compression) {
    FileCompression packing = packing(path, compression);
    try {
      InputStream file = Files.newInputStream(Path.of(path));
      return packing.decode(file);
    } catch (IOException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_OPEN_FILE, "Cannot open file " + path + ": " + e.getMessage(), e);
    }
  }

  private void print(
      String sql, ParsedStatement parsed, @Nullable InputStream data, String dataFormat) {
    OutputClause clause = parsed.output();
    String format = outputFormat(parsed);
    boolean toFile = clause.outFile() != null;
    String sent = toFile ? withoutOutFile(sql) : sql;
    try (OutputStream target = target(clause.outFile())) {
      var printer = new ResultPrinter(format, target, progress, errors, terminal && !toFile);
      progress.start();
      interrupted = false;
      var request =
          new Backend.Request(
              sent,
              options.get("query_id", ""),
              settings,
              options.parameters(),
              data,
              dataFormat,
              format);
      try {
        TimeZones.in(
            backend.zone(settings),
            () -> {
              backend.run(request, printer);
              printer.finish();
              return printer;
            });
      } catch (LonghouseException e) {
        printer.abandon();
        throw e;
      }
      summary(printer);
    } catch (IOException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_WRITE_TO_FILE_DESCRIPTOR,
          "Cannot write the result: " + e.getMessage(),
          e);
    }
  }

  private String outputFormat(ParsedStatement parsed) {
    OutputClause clause = parsed.output();
    if (clause.format() != null) {
      return clause.format();
    }
    if (options.isOn("vertical")) {
      return "Vertical";
    }
    String chosen = options.get("output-format", options.get("format", ""));
    if (!chosen.isEmpty()) {
      return chosen;
    }
    if (clause.outFile() != null) {
      return FileFormat.orTabSeparated(literal(clause.outFile().path()));
    }
    if (!interactive && !terminal) {
      return "TabSeparated";
    }
    return switch (parsed.statement()) {
      case ExplainTenant _, ShowCreateTenant _ -> "TSVRaw"; // statements, to be copied
      default -> "PrettyCompact";
    };
  }

  /** The server must not see INTO OUTFILE: the file is on this side. */
  private static String withoutOutFile(String sql) {
    ParsedStatement p = Parser.parseStatement(sql, ParserLimits.TRUSTED);
    String text = io.longhouse.sql.format.Formatter.format(p.statement());
    return p.output().format() == null ? text : text + " FORMAT " + p.output().format();
  }

  private OutputStream target(OutputClause.@Nullable OutFile file) throws IOException {
    if (file == null) {
      return new FilterOutputStream(out) {
        @Override
        public void write(byte[] b, int off, int len) throws IOException {
          out.write(b, off, len);
        }

        @Override
        public void close() throws IOException {
          out.flush();
        }
      };
    }
    Path path = Path.of(literal(file.path()));
    FileCompression packing = packing(path.toString(), file.compression()).ensureAvailable();
    OpenOption[] how =
        file.append()
            ? new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.APPEND}
            : file.truncate()
                ? new OpenOption[] {
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE
                }
                : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    OutputStream raw = Files.newOutputStream(path, how);
    return packing.encode(raw);
  }

  private static FileCompression packing(String path, @Nullable Expression method) {
    return FileCompression.of(method == null ? "" : literal(method), path);
  }

  private void summary(ResultPrinter printer) {
    if (interactive) {
      long n = printer.rows();
      String elapsed = Readable.seconds(progress.elapsedNs()) + " sec.";
      if (printer.hasResult()) {
        errors.println();
      }
      if (interrupted) {
        errors.println("Query was cancelled.");
      }
      if (printer.hasResult()) {
        errors.print(n + (n == 1 ? " row" : " rows") + " in set. ");
      } else {
        errors.print("Ok. ");
      }
      errors.print("Elapsed: " + elapsed);
      if (progress.hasWork()) {
        errors.print(" Processed " + progress.processed());
      }
      errors.println();
      if (progress.peakMemory() > 0) {
        errors.println("Peak memory usage: " + Readable.size(progress.peakMemory()) + ".");
      }
      errors.println();
    } else if (options.isOn("time")) {
      errors.println(Readable.seconds(progress.elapsedNs()));
    }
    errors.flush();
  }

  /** What a statement changes on this side of the connection. */
  private void follow(ParsedStatement parsed) {
    switch (parsed.statement()) {
      case Use use when backend instanceof RemoteBackend remote ->
          remote.used(use.database().name());
      case SetSettings set -> {
        for (Setting s : set.settings()) {
          String value = s.value() == null ? null : literalOrNull(s.value());
          if (s.value() == null) {
            settings.remove(s.name());
          } else if (value != null && !s.name().startsWith("param_")) {
            settings.put(s.name(), value);
          }
        }
      }
      default -> {
        // nothing else does
      }
    }
  }

  private static @Nullable String literalOrNull(Expression e) {
    return switch (e) {
      case Literal.StringLiteral s -> s.value();
      case Literal.BoolLiteral b -> b.value() ? "1" : "0";
      case NumberLiteral n -> io.longhouse.sql.format.Formatter.format(n);
      default -> null;
    };
  }

  private static String literal(Expression e) {
    String text = literalOrNull(e);
    if (text == null) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Expected a string literal");
    }
    return text;
  }

  /** A codec by the name that {@code --compression} gives; null for none. */
  static io.longhouse.column.compress.@Nullable Codec codec(String name) {
    return switch (name) {
      case "0", "false", "none", "NONE" -> null;
      case "1", "true" -> Codecs.parse("LZ4");
      default -> Codecs.parse(name);
    };
  }
}
