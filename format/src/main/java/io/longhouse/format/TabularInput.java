package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of fields in a fixed order, with or without lines of names and types in front. Without them,
 * a first line that holds nothing but column names is taken for one where settings allow.
 */
abstract class TabularInput extends RowInput {
  private final boolean withNames;
  private final boolean withTypes;
  private final boolean detect;
  private final boolean variable;

  /** For each field of a row the place of its column, or -1. */
  private int[] places;

  private boolean incomplete;

  TabularInput(
      Header header,
      FormatSettings settings,
      ByteReader in,
      InputOptions options,
      String name,
      boolean detect,
      boolean variable) {
    super(header, settings, in, options);
    withNames = name.contains("WithNames");
    withTypes = name.endsWith("AndTypes");
    this.detect = detect;
    this.variable = variable;
    places = new int[types.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
    }
  }

  /** Skips lines and the like at the beginning. */
  void skipPrefix() {}

  /** Whether no row follows; may consume what can stand behind the last one. */
  abstract boolean atEnd();

  /** Consumes what stands before a row's first field. */
  abstract void rowStart();

  abstract void fieldDelimiter();

  abstract void rowEnd();

  /** Whether the row ends here. */
  abstract boolean atRowEnd();

  /** Reads column {@code i}'s value. */
  abstract void value(int i, boolean last);

  /** Reads a field as text. */
  abstract String text();

  void skipField() {
    String unused = text();
  }

  @Override
  void readHeader() {
    if (options.first() instanceof TabularInput t) {
      places = t.places;
      incomplete = t.incomplete;
      return;
    }
    skipPrefix();
    if (atEnd()) {
      return;
    }
    if (withNames) {
      List<String> names = line();
      if (settings.inputFormatWithNamesUseHeader) {
        useNames(names);
      }
      if (withTypes && !atEnd()) {
        List<String> typeNames = line();
        if (settings.inputFormatWithTypesUseHeader) {
          checkTypes(typeNames);
        }
      }
    } else if (detect) {
      detectNames();
    }
  }

  private List<String> line() {
    List<String> texts = new ArrayList<>();
    rowStart();
    texts.add(text());
    while (!atRowEnd()) {
      fieldDelimiter();
      texts.add(text());
    }
    rowEnd();
    return texts;
  }

  private void detectNames() {
    in.mark();
    boolean found = false;
    try {
      List<String> names = line();
      found = names.stream().allMatch(n -> header.indexOf(n) >= 0);
      if (found) {
        useNames(names);
        detectTypes(names);
      }
    } catch (LonghouseException e) {
      // A first line that does not even split into fields is data; reading it will say why.
      found = false;
    }
    if (!found) {
      in.rewind();
    }
    in.unmark();
  }

  private void detectTypes(List<String> names) {
    if (atEnd()) {
      return;
    }
    in.mark();
    List<String> typeNames = line();
    boolean same = typeNames.size() == names.size();
    for (int i = 0; i < names.size() && same; i++) {
      same = header.type(header.indexOf(names.get(i))).name().equals(typeNames.get(i));
    }
    if (!same) {
      in.rewind();
    }
  }

  private void useNames(List<String> names) {
    Map<String, Integer> byName = new HashMap<>();
    for (int i = types.length - 1; i >= 0; i--) {
      byName.put(header.name(i), i);
    }
    boolean[] seen = new boolean[types.length];
    places = new int[names.size()];
    incomplete = false;
    for (int k = 0; k < places.length; k++) {
      Integer at = byName.get(names.get(k));
      if (at == null && !settings.inputFormatSkipUnknownFields) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA,
            "Unknown field found in format header: '"
                + names.get(k)
                + "' at position "
                + k
                + "\nSet the 'input_format_skip_unknown_fields' parameter explicitly to ignore and"
                + " proceed");
      }
      if (at != null && seen[at]) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA,
            "Duplicate field found while parsing format header: " + names.get(k));
      }
      places[k] = at == null ? -1 : at;
      if (at != null) {
        seen[at] = true;
      }
    }
    for (boolean s : seen) {
      incomplete |= !s;
    }
  }

  private void checkTypes(List<String> typeNames) {
    if (typeNames.size() != places.length) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "The number of data types differs from the number of column names in input data");
    }
    for (int k = 0; k < places.length; k++) {
      String own = places[k] < 0 ? typeNames.get(k) : types[places[k]].name();
      if (!own.equals(typeNames.get(k))) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA,
            "Type of '"
                + header.name(places[k])
                + "' must be "
                + own
                + ", not "
                + typeNames.get(k));
      }
    }
  }

  @Override
  boolean readRow() {
    if (atEnd()) {
      return false;
    }
    rowStart();
    int n = places.length;
    boolean filled = !incomplete;
    for (int k = 0; k < n; k++) {
      if (k > 0) {
        if (variable && atRowEnd()) {
          filled = false;
          break;
        }
        fieldDelimiter();
      }
      int i = places[k];
      if (i >= 0) {
        value(i, k == n - 1);
      } else {
        skipField();
      }
    }
    if (variable) {
      while (!atRowEnd()) {
        fieldDelimiter();
        skipField();
      }
    }
    rowEnd();
    if (!filled) {
      addMissing();
    }
    return true;
  }
}
