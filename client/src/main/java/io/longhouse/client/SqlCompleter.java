package io.longhouse.client;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ProgressPacket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes words by the server's own names: functions, databases, tables, columns, settings,
 * formats, types. They are asked for once, when a word is first to be completed.
 */
final class SqlCompleter implements Completer {
  private static final List<String> SOURCES =
      List.of(
          "SELECT name FROM system.functions",
          "SELECT name FROM system.table_functions",
          "SELECT name FROM system.table_engines",
          "SELECT name FROM system.formats",
          "SELECT name FROM system.settings",
          "SELECT name FROM system.data_type_families",
          "SELECT name FROM system.databases",
          "SELECT DISTINCT name FROM system.tables LIMIT 10000",
          "SELECT DISTINCT name FROM system.columns LIMIT 10000");
  private static final int CANDIDATES_MAX = 200;

  private final Backend backend;
  private final NavigableSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private boolean asked;

  SqlCompleter(Backend backend) {
    this.backend = backend;
    names.addAll(Keywords.ALL);
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String word = line.word();
    String prefix = word.substring(word.lastIndexOf('.') + 1);
    if (prefix.isEmpty()) {
      return;
    }
    ask();
    String head = word.substring(0, word.length() - prefix.length());
    boolean lower = prefix.equals(prefix.toLowerCase(Locale.ROOT));
    for (String name : names.tailSet(prefix, true)) {
      if (!name.regionMatches(true, 0, prefix, 0, prefix.length())
          || candidates.size() == CANDIDATES_MAX) {
        return;
      }
      boolean keyword = lower && Keywords.SET.contains(name);
      candidates.add(new Candidate(head + (keyword ? name.toLowerCase(Locale.ROOT) : name)));
    }
  }

  private void ask() {
    if (asked) {
      return;
    }
    asked = true;
    for (String source : SOURCES) {
      try {
        backend.run(
            new Backend.Request(source, "", Map.of(), Map.of(), null, "Values", "Null"),
            new Names());
      } catch (LonghouseException e) {
        // An older server lacks some of these tables; what the others say is enough.
        continue;
      }
    }
  }

  private final class Names implements Backend.Receiver {
    private Header header = new Header(List.of());

    @Override
    public void begin(Header columns, FormatSettings settings) {
      header = columns;
    }

    @Override
    public void rows(Block block) {
      for (int i = 0; i < block.rows(); i++) {
        names.add(header.type(0).textOf(block.column(0), i));
      }
    }

    @Override
    public void totals(NamedBlock block) {}

    @Override
    public void extremes(NamedBlock block) {}

    @Override
    public void progress(ProgressPacket increment) {}

    @Override
    public void memory(long bytes, long peakBytes) {}

    @Override
    public void rowsBeforeLimit(long rows) {}

    @Override
    public void log(String line) {}
  }
}
