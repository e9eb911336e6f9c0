package io.longhouse.client.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.MessageFormat;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * The process's log: lines in ClickHouse's shape to standard error and to a file. Found by {@link
 * System.LoggerFinder}, so that libraries and our own modules write to it alike. Errors alone until
 * it is configured: a shell's streams belong to the answers.
 */
public final class Log extends System.LoggerFinder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy.MM.dd HH:mm:ss.SSSSSS");
  private static final String QUERIES = io.longhouse.engine.session.QueryLines.LOGGERS;
  private static volatile Level level = Level.ERROR;
  private static volatile List<OutputStream> sinks = List.of(System.err);

  /**
   * Where lines go from now on.
   *
   * @throws IOException when the file cannot be opened for appending
   */
  public static void configure(Level least, boolean console, @Nullable Path file)
      throws IOException {
    List<OutputStream> to = new ArrayList<>();
    if (console) {
      to.add(System.err);
    }
    if (file != null) {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      to.add(
          Files.newOutputStream(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND,
              StandardOpenOption.WRITE));
    }
    sinks = List.copyOf(to);
    level = least;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Named(name);
  }

  private record Named(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level wanted) {
      boolean foreign = !name.startsWith("io.longhouse");
      Level least =
          foreign && level.getSeverity() < Level.WARNING.getSeverity() ? Level.WARNING : level;
      return wanted != Level.OFF && wanted.getSeverity() >= least.getSeverity();
    }

    @Override
    public void log(
        Level at,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (!isLoggable(at)) {
        return;
      }
      var text = new StringWriter();
      text.append(message == null ? "" : message);
      if (thrown != null) {
        text.append(": ");
        thrown.printStackTrace(new PrintWriter(text, true));
      }
      write(at, name, text.toString().stripTrailing());
    }

    @Override
    public void log(
        Level at,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        Object @Nullable ... params) {
      if (isLoggable(at)) {
        boolean plain = params == null || params.length == 0 || format == null;
        write(at, name, plain ? String.valueOf(format) : MessageFormat.format(format, params));
      }
    }
  }

  private static void write(Level at, String name, String text) {
    String label =
        switch (at) {
          case ERROR -> "Error";
          case WARNING -> "Warning";
          case INFO -> "Information";
          case DEBUG -> "Debug";
          case TRACE, ALL, OFF -> "Trace";
        };
    String query = "";
    String source = name.substring(name.lastIndexOf('.') + 1);
    String rest = text;
    if (name.startsWith(QUERIES)) {
      // A line of a query begins with the query's name in braces.
      int end = text.indexOf('}');
      query = text.substring(1, end);
      rest = text.substring(end + 2);
      source = name.substring(QUERIES.length());
    }
    String line =
        TIME.format(LocalDateTime.now())
            + " [ "
            + Thread.currentThread().threadId()
            + " ] {"
            + query
            + "} <"
            + label
            + "> "
            + source
            + ": "
            + rest
            + "\n";
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    for (OutputStream sink : sinks) {
      try {
        synchronized (sink) {
          sink.write(bytes);
          sink.flush();
        }
      } catch (IOException e) {
        // A log that cannot be written must not stop the server, and there is nowhere to say so.
        sinks = sinks.stream().filter(s -> s != sink).toList();
      }
    }
  }
}
