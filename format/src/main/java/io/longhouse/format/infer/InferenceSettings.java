package io.longhouse.format.infer;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.parser.Parser;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings that say how columns are guessed; each has ClickHouse's name and default. */
public final class InferenceSettings {
  /** Which types become Nullable. */
  enum Nulls {
    ALL,
    SEEN,
    NONE
  }

  final FormatSettings format;
  final long rowsMax;
  final long bytesMax;
  final boolean integers;
  final boolean dates;
  final boolean moments;
  final boolean momentsAlwaysFine;
  final boolean exponents;
  final boolean csvNumbersInQuotes;
  final boolean csvTuplesAreStrings;
  final boolean csvGuess;
  final boolean tsvGuess;
  final boolean jsonNumbersInStrings;
  final boolean jsonObjectsAreTuples;
  final boolean jsonObjectsAsStrings;
  final boolean jsonAmbiguousAsString;
  final boolean jsonDynamicArrays;
  final boolean jsonIncompleteAsStrings;
  final boolean jsonNumbersAsStrings;
  final boolean jsonBoolsAsNumbers;
  final boolean jsonBoolsAsStrings;
  final Nulls nulls;
  final List<String> names;
  final Map<String, DataType> hints;
  private final Function<String, @Nullable String> setting;

  /**
   * @param setting a setting's value by its name, null for its default
   */
  public InferenceSettings(FormatSettings format, Function<String, @Nullable String> setting) {
    this.format = format;
    this.setting = setting;
    rowsMax = number("input_format_max_rows_to_read_for_schema_inference", 25_000);
    bytesMax = number("input_format_max_bytes_to_read_for_schema_inference", 32 << 20);
    integers = flag("input_format_try_infer_integers", true);
    dates = flag("input_format_try_infer_dates", true);
    moments = flag("input_format_try_infer_datetimes", true);
    momentsAlwaysFine = flag("input_format_try_infer_datetimes_only_datetime64", false);
    exponents = flag("input_format_try_infer_exponent_floats", false);
    csvNumbersInQuotes = flag("input_format_csv_try_infer_numbers_from_strings", false);
    csvTuplesAreStrings = flag("input_format_csv_try_infer_strings_from_quoted_tuples", true);
    csvGuess = flag("input_format_csv_use_best_effort_in_schema_inference", true);
    tsvGuess = flag("input_format_tsv_use_best_effort_in_schema_inference", true);
    jsonNumbersInStrings = flag("input_format_json_try_infer_numbers_from_strings", false);
    jsonObjectsAreTuples = flag("input_format_json_try_infer_named_tuples_from_objects", true);
    jsonObjectsAsStrings = flag("input_format_json_read_objects_as_strings", true);
    jsonAmbiguousAsString =
        flag(
            "input_format_json_use_string_type_for_ambiguous_paths_in_named_tuples_inference_from"
                + "_objects",
            false);
    jsonDynamicArrays =
        flag("input_format_json_infer_array_of_dynamic_from_array_of_different_types", true);
    jsonIncompleteAsStrings = flag("input_format_json_infer_incomplete_types_as_strings", true);
    jsonNumbersAsStrings = flag("input_format_json_read_numbers_as_strings", true);
    jsonBoolsAsNumbers = flag("input_format_json_read_bools_as_numbers", true);
    jsonBoolsAsStrings = flag("input_format_json_read_bools_as_strings", true);
    nulls =
        switch (text("schema_inference_make_columns_nullable")) {
          case "0", "false" -> Nulls.NONE;
          case "auto", "2" -> Nulls.SEEN;
          default -> Nulls.ALL;
        };
    String given = text("column_names_for_schema_inference");
    names =
        given.isBlank() ? List.of() : Arrays.stream(given.split(",")).map(String::strip).toList();
    hints = columns(text("schema_inference_hints"));
  }

  /** Types by the names of columns. */
  private static Map<String, DataType> columns(String text) {
    Map<String, DataType> types = new LinkedHashMap<>();
    if (text.isBlank()) {
      return types;
    }
    var statement =
        Parser.parseStatement("CREATE TABLE t (" + text + "\n) ENGINE = Memory").statement();
    if (statement instanceof CreateTable c && c.schema() != null) {
      for (ColumnDeclaration d : c.schema().columns()) {
        if (d.type() == null) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "Setting schema_inference_hints: column " + d.name() + " has no type");
        }
        types.put(d.name(), DataTypes.of(d.type()));
      }
    }
    return types;
  }

  private String text(String name) {
    String value = setting.apply(name);
    return value == null ? "" : value;
  }

  private boolean flag(String name, boolean otherwise) {
    String value = text(name);
    return value.isEmpty() ? otherwise : value.equals("1") || value.equals("true");
  }

  private long number(String name, long otherwise) {
    String value = text(name);
    return value.isEmpty() ? otherwise : Long.parseUnsignedLong(value);
  }
}
