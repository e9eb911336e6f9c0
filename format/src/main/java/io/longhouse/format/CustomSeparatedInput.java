package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextErrors;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Reads fields, rows and the result between delimiters that settings name. */
final class CustomSeparatedInput extends TabularInput {
  private final TextForm form;
  private final byte[] fieldDelimiter;
  private final byte[] rowBefore;
  private final byte[] rowAfter;
  private final byte[] rowBetween;
  private final byte[] resultAfter;
  private final boolean blanks;
  private boolean first = true;

  private CustomSeparatedInput(
      Header header, FormatSettings settings, ByteReader in, InputOptions options, String name) {
    super(
        header,
        fieldSettings(settings),
        in,
        options,
        name,
        settings.inputFormatCustomDetectHeader,
        settings.inputFormatCustomAllowVariableNumberOfColumns);
    form = EscapingRule.of(settings.formatCustomEscapingRule).form;
    fieldDelimiter = ByteText.encode(settings.formatCustomFieldDelimiter);
    rowBefore = ByteText.encode(settings.formatCustomRowBeforeDelimiter);
    rowAfter = ByteText.encode(settings.formatCustomRowAfterDelimiter);
    rowBetween = ByteText.encode(settings.formatCustomRowBetweenDelimiter);
    resultAfter = ByteText.encode(settings.formatCustomResultAfterDelimiter);
    blanks = name.contains("IgnoreSpaces");
    boolean raw = form == TextForm.RAW || form == TextForm.XML;
    boolean otherEnd =
        form == TextForm.ESCAPED
            && (fieldDelimiter.length == 0
                || fieldDelimiter[0] != '\t' && fieldDelimiter[0] != '\n');
    if (raw || otherEnd) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Input in CustomSeparated with format_custom_escaping_rule = '"
              + settings.formatCustomEscapingRule
              + "' is not implemented for this format_custom_field_delimiter");
    }
  }

  /** Unquoted CSV fields end at the delimiter of the format. */
  private static FormatSettings fieldSettings(FormatSettings settings) {
    String delimiter = settings.formatCustomFieldDelimiter;
    boolean csv = EscapingRule.of(settings.formatCustomEscapingRule) == EscapingRule.CSV;
    return csv && !delimiter.isEmpty()
        ? settings.with("format_csv_delimiter", delimiter.substring(0, 1))
        : settings;
  }

  private void spaces() {
    if (blanks) {
      TextErrors.skipWhitespace(in);
    }
  }

  private boolean stands(byte[] delimiter) {
    for (int i = 0; i < delimiter.length; i++) {
      if (in.peek(i) != (delimiter[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  private void require(byte[] delimiter) {
    spaces();
    if (!stands(delimiter)) {
      throw TextErrors.expected(ByteText.decode(delimiter), in);
    }
    in.position(in.position() + delimiter.length);
    spaces();
  }

  @Override
  void skipPrefix() {
    require(ByteText.encode(settings.formatCustomResultBeforeDelimiter));
  }

  @Override
  boolean atEnd() {
    spaces();
    if (in.atEnd()) {
      return true;
    }
    return resultAfter.length > 0 && stands(resultAfter) && in.peek(resultAfter.length) < 0;
  }

  @Override
  void rowStart() {
    if (!first) {
      require(rowBetween);
    }
    first = false;
    require(rowBefore);
  }

  @Override
  void fieldDelimiter() {
    require(fieldDelimiter);
  }

  @Override
  boolean atRowEnd() {
    spaces();
    return in.atEnd() || rowAfter.length > 0 && stands(rowAfter);
  }

  @Override
  void rowEnd() {
    spaces();
    if (rowAfter.length == 1 && rowAfter[0] == '\n' && in.atEnd()) {
      return;
    }
    require(rowAfter);
  }

  @Override
  void value(int i, boolean last) {
    spaces();
    field(i, form);
  }

  @Override
  String text() {
    spaces();
    ByteWriter text = StringText.read(in, form, settings);
    return ByteText.decode(text.buffer(), 0, text.position());
  }

  @Register(kind = InputFormatFactory.class, name = "CustomSeparated", caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "CustomSeparatedWithNames",
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "CustomSeparatedWithNamesAndTypes",
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "CustomSeparatedIgnoreSpaces",
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "CustomSeparatedIgnoreSpacesWithNames",
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "CustomSeparatedIgnoreSpacesWithNamesAndTypes",
      caseInsensitive = true)
  static final class Factory implements InputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new CustomSeparatedInput(header, settings, in, options, name);
    }
  }
}
