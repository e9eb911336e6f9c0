package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.JsonText;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextErrors;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a JSON object a row. Rows may stand in one array and may have commas between them. The
 * fields of a row usually come in the same order as in the row before, which is tried first.
 */
class JsonEachRowInput extends RowInput {
  private static final int UNKNOWN = -1;
  private static final int NESTED = -2;

  private final boolean strings;
  private final boolean importNested;
  private final byte[][] names;
  private final Map<String, Integer> byName = new HashMap<>();

  /** The column that followed each column last time; the last entry is the first of a row. */
  private final int[] following;

  private boolean inArray;
  private boolean first;
  private int current = UNKNOWN;
  private String unknownKey = "";

  JsonEachRowInput(
      Header header, FormatSettings settings, ByteReader in, InputOptions options, String name) {
    super(header, settings, in, options);
    strings = name.contains("Strings");
    first = !options.continued();
    importNested = settings.inputFormatImportNestedJson;
    names = RowOutput.names(header);
    following = new int[types.length + 1];
    for (int i = types.length - 1; i >= 0; i--) {
      byName.put(header.name(i), i);
      following[i] = i + 1;
      if (importNested) {
        String n = header.name(i);
        for (int dot = n.indexOf('.'); dot > 0; dot = n.indexOf('.', dot + 1)) {
          byName.putIfAbsent(n.substring(0, dot), NESTED);
        }
      }
    }
    following[types.length] = 0;
  }

  @Override
  void readHeader() {
    if (in.peek() == 0xEF && in.peek(1) == 0xBB && in.peek(2) == 0xBF) {
      in.position(in.position() + 3);
    }
    if (!options.continued()) {
      TextErrors.skipWhitespace(in);
      inArray = in.accept('[');
    }
  }

  /** Skips what stands between rows; answers whether there is another row. */
  boolean toNextRow() {
    TextErrors.skipWhitespace(in);
    if (!first && in.accept(',')) {
      TextErrors.skipWhitespace(in);
    } else if (!first && !inArray && in.accept(';')) {
      TextErrors.skipWhitespace(in);
      if (!in.atEnd()) {
        throw TextErrors.expected("eof", in);
      }
    }
    if (inArray && in.accept(']')) {
      TextErrors.skipWhitespace(in);
      in.accept(';');
      TextErrors.skipWhitespace(in);
      if (!in.atEnd()) {
        throw TextErrors.expected("end of stream", in);
      }
      return false;
    }
    // A piece of a larger array may begin or end with its brackets.
    if (options.continued() && in.accept(']')) {
      return toNextRow();
    }
    return !in.atEnd();
  }

  @Override
  boolean readRow() {
    if (!toNextRow()) {
      return false;
    }
    first = false;
    object("");
    addMissing();
    return true;
  }

  /** Reads an object whose keys are columns, behind {@code prefix} for nested ones. */
  final void object(String prefix) {
    TextErrors.require('{', in);
    TextErrors.skipWhitespace(in);
    int previous = types.length;
    boolean more = false;
    while (!in.accept('}')) {
      if (in.atEnd()) {
        throw new LonghouseException(
            ErrorCode.CANNOT_READ_ALL_DATA,
            "Unexpected end of stream while parsing JSONEachRow format");
      }
      if (more) {
        TextErrors.require(',', in);
        TextErrors.skipWhitespace(in);
      }
      more = true;
      int i = prefix.isEmpty() ? key(previous) : lookUp(prefix + readKey());
      TextErrors.skipWhitespace(in);
      TextErrors.require(':', in);
      TextErrors.skipWhitespace(in);
      if (i >= 0) {
        following[previous] = i;
        previous = i;
        keyed(i);
      } else {
        unknown(i);
      }
      TextErrors.skipWhitespace(in);
    }
  }

  private void keyed(int i) {
    if (builders[i].size() > rows) {
      // Behind a row's last column nothing is looked at, as settings say.
      if (!settings.inputFormatJsonIgnoreUnnecessaryFields || !complete()) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA,
            "Duplicate field found while parsing JSONEachRow format: " + header.name(i));
      }
      JsonText.skipValue(in, settings);
      return;
    }
    current = i;
    try {
      if (strings) {
        readFromString(this, i);
      } else {
        field(i, TextForm.JSON);
      }
    } catch (LonghouseException e) {
      throw new LonghouseException(
          e.errorCode(),
          e.message() + ": (while reading the value of key " + header.name(current) + ")",
          e);
    }
  }

  private boolean complete() {
    for (int i = 0; i < types.length; i++) {
      if (builders[i].size() == rows) {
        return false;
      }
    }
    return true;
  }

  private void unknown(int kind) {
    String key = unknownKey;
    if (kind == NESTED && in.peek() == '{') {
      object(key + ".");
      return;
    }
    if (!settings.inputFormatSkipUnknownFields) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA, "Unknown field found while parsing JSONEachRow format: " + key);
    }
    JsonText.skipValue(in, settings);
  }

  /** The column of the key that stands here; the one that is likely is compared first. */
  private int key(int previous) {
    int guess = following[previous];
    if (guess < types.length) {
      byte[] name = names[guess];
      int from = in.position() + 1;
      int to = from + name.length;
      byte[] b = in.buffer();
      if (to < in.limit()
          && b[from - 1] == '"'
          && b[to] == '"'
          && Arrays.equals(b, from, to, name, 0, name.length)) {
        in.position(to + 1);
        return guess;
      }
    }
    return lookUp(readKey());
  }

  private int lookUp(String key) {
    Integer at = byName.get(key);
    if (at == null || at < 0) {
      unknownKey = key;
      return at == null ? UNKNOWN : at;
    }
    return at;
  }

  private String readKey() {
    ByteWriter text = StringText.read(in, TextForm.JSON, settings);
    return ByteText.decode(text.buffer(), 0, text.position());
  }

  /** Reads a JSON string that holds a value's text. */
  static void readFromString(RowInput input, int i) {
    FormatSettings settings = input.settings;
    byte[] text = StringText.read(input.in, TextForm.JSON, settings).toByteArray();
    var reader = new ByteReader(text);
    input.types[i].readText(reader, TextForm.RAW, settings, input.builders[i]);
    if (!reader.atEnd()) {
      throw TextErrors.expected("\"", reader);
    }
  }

  @Override
  boolean skipToNextRow() {
    return skipLine();
  }

  @Register(
      kind = InputFormatFactory.class,
      name = "JSONEachRow",
      aliases = {"NDJSON", "JSONLines", "JSONL"},
      caseInsensitive = true)
  @Register(kind = InputFormatFactory.class, name = "JSONStringsEachRow", caseInsensitive = true)
  static final class Factory implements InputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new JsonEachRowInput(header, settings, in, options, name);
    }

    @Override
    public ChunkSplitter splitter(FormatSettings settings) {
      return Splitters::json;
    }
  }
}
