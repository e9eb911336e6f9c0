package io.longhouse.column.type;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How values and formats are read and written. Each field is the setting of the same name in camel
 * case; what a setting means is said where settings are declared. Immutable.
 */
public final class FormatSettings {
  /** How a moment may be written in input. */
  public enum DateTimeInput {
    BASIC,
    BEST_EFFORT,
    BEST_EFFORT_US
  }

  /** How a moment is written. */
  public enum DateTimeOutput {
    SIMPLE,
    ISO,
    UNIX_TIMESTAMP
  }

  /** How an interval is written. */
  public enum IntervalOutput {
    NUMERIC,
    KUSTO
  }

  /** All settings at their defaults. */
  public static final FormatSettings DEFAULT = from(_ -> null);

  public final boolean allowSpecialBoolValuesInsideVariant;
  public final String boolFalseRepresentation;
  public final String boolTrueRepresentation;
  public final boolean castIpv4Ipv6DefaultOnConversionError;
  public final DateTimeInput castStringToDateTimeMode;
  public final boolean dateTime64OutputFormatCutTrailingZerosAlignToGroupsOfThousands;
  public final DateTimeInput dateTimeInputFormat;
  public final DateTimeOutput dateTimeOutputFormat;
  public final String dateTimeOverflowBehavior;
  public final long formatBinaryMaxArraySize;
  public final long formatBinaryMaxObjectSize;
  public final long formatBinaryMaxStringSize;
  public final boolean formatCsvAllowDoubleQuotes;
  public final boolean formatCsvAllowSingleQuotes;
  public final char formatCsvDelimiter;
  public final String formatCsvNullRepresentation;
  public final String formatCustomEscapingRule;
  public final String formatCustomFieldDelimiter;
  public final String formatCustomResultAfterDelimiter;
  public final String formatCustomResultBeforeDelimiter;
  public final String formatCustomRowAfterDelimiter;
  public final String formatCustomRowBeforeDelimiter;
  public final String formatCustomRowBetweenDelimiter;
  public final String formatJsonObjectEachRowColumnForObjectName;
  public final String formatRegexp;
  public final String formatRegexpEscapingRule;
  public final boolean formatRegexpSkipUnmatched;
  public final String formatTemplateResultset;
  public final String formatTemplateResultsetFormat;
  public final String formatTemplateRow;
  public final String formatTemplateRowFormat;
  public final String formatTemplateRowsBetweenDelimiter;
  public final String formatTsvNullRepresentation;
  public final long inputFormatAllowErrorsNum;
  public final double inputFormatAllowErrorsRatio;
  public final boolean inputFormatBinaryDecodeTypesInBinaryFormat;
  public final long inputFormatBinaryMaxTypeComplexity;
  public final boolean inputFormatBinaryReadJsonAsString;
  public final String inputFormatColumnNameMatchingMode;
  public final boolean inputFormatCsvAllowCrEndOfLine;
  public final boolean inputFormatCsvAllowVariableNumberOfColumns;
  public final boolean inputFormatCsvAllowWhitespaceOrTabAsDelimiter;
  public final boolean inputFormatCsvArraysAsNestedCsv;
  public final boolean inputFormatCsvDeserializeSeparateColumnsIntoTuple;
  public final boolean inputFormatCsvDetectHeader;
  public final boolean inputFormatCsvEmptyAsDefault;
  public final boolean inputFormatCsvEnumAsNumber;
  public final boolean inputFormatCsvMissingNullableAsEmptyString;
  public final long inputFormatCsvSkipFirstLines;
  public final boolean inputFormatCsvSkipTrailingEmptyLines;
  public final boolean inputFormatCsvTrimWhitespaces;
  public final boolean inputFormatCsvUseDefaultOnBadValues;
  public final boolean inputFormatCustomAllowVariableNumberOfColumns;
  public final boolean inputFormatCustomDetectHeader;
  public final boolean inputFormatCustomSkipTrailingEmptyLines;
  public final boolean inputFormatDefaultsForOmittedFields;
  public final boolean inputFormatForceNullForOmittedFields;
  public final boolean inputFormatImportNestedJson;
  public final boolean inputFormatIpv4DefaultOnConversionError;
  public final boolean inputFormatIpv6DefaultOnConversionError;
  public final boolean inputFormatJsonCompactAllowVariableNumberOfColumns;
  public final boolean inputFormatJsonDefaultsForMissingElementsInNamedTuple;
  public final boolean inputFormatJsonEmptyAsDefault;
  public final boolean inputFormatJsonIgnoreUnknownKeysInNamedTuple;
  public final boolean inputFormatJsonIgnoreUnnecessaryFields;
  public final boolean inputFormatJsonMapAsArrayOfTuples;
  public final long inputFormatJsonMaxDepth;
  public final boolean inputFormatJsonNamedTuplesAsObjects;
  public final boolean inputFormatJsonReadArraysAsStrings;
  public final boolean inputFormatJsonReadBoolsAsNumbers;
  public final boolean inputFormatJsonReadBoolsAsStrings;
  public final boolean inputFormatJsonReadNumbersAsStrings;
  public final boolean inputFormatJsonReadObjectsAsStrings;
  public final boolean inputFormatJsonThrowOnBadEscapeSequence;
  public final boolean inputFormatJsonValidateTypesFromMetadata;
  public final long inputFormatMaxBlockSizeBytes;
  public final boolean inputFormatNativeAllowTypesConversion;
  public final boolean inputFormatNativeDecodeTypesInBinaryFormat;
  public final boolean inputFormatNullAsDefault;
  public final boolean inputFormatParallelParsing;
  public final String inputFormatRecordErrorsFilePath;
  public final boolean inputFormatSkipUnknownFields;
  public final boolean inputFormatTsvAllowVariableNumberOfColumns;
  public final boolean inputFormatTsvCrlfEndOfLine;
  public final boolean inputFormatTsvDetectHeader;
  public final boolean inputFormatTsvEmptyAsDefault;
  public final boolean inputFormatTsvEnumAsNumber;
  public final long inputFormatTsvSkipFirstLines;
  public final boolean inputFormatTsvSkipTrailingEmptyLines;
  public final boolean inputFormatValuesAccurateTypesOfLiterals;
  public final boolean inputFormatValuesDeduceTemplatesOfExpressions;
  public final boolean inputFormatValuesInterpretExpressions;
  public final boolean inputFormatWithNamesUseHeader;
  public final boolean inputFormatWithTypesUseHeader;
  public final IntervalOutput intervalOutputFormat;
  public final boolean outputFormatAlwaysWriteDecimalPointInFloatAndDecimal;
  public final boolean outputFormatBinaryEncodeTypesInBinaryFormat;
  public final boolean outputFormatBinaryWriteJsonAsString;
  public final boolean outputFormatCsvCrlfEndOfLine;
  public final boolean outputFormatCsvHeaderSerializeTupleIntoSeparateColumns;
  public final boolean outputFormatCsvSerializeTupleIntoSeparateColumns;
  public final boolean outputFormatDecimalTrailingZeros;
  public final long outputFormatFloatPrecision;
  public final boolean outputFormatJsonArrayOfRows;
  public final boolean outputFormatJsonEscapeForwardSlashes;
  public final boolean outputFormatJsonMapAsArrayOfTuples;
  public final boolean outputFormatJsonNamedTuplesAsObjects;
  public final boolean outputFormatJsonPrettyPrint;
  public final boolean outputFormatJsonQuote64bitFloats;
  public final boolean outputFormatJsonQuote64bitIntegers;
  public final boolean outputFormatJsonQuoteDecimals;
  public final boolean outputFormatJsonQuoteDenormals;
  public final boolean outputFormatJsonSkipNullValueInNamedTuples;
  public final boolean outputFormatJsonValidateUtf8;
  public final boolean outputFormatMarkdownEscapeSpecialCharacters;
  public final boolean outputFormatNativeEncodeTypesInBinaryFormat;
  public final boolean outputFormatNativeUseFlattenedDynamicAndJsonSerialization;
  public final boolean outputFormatNativeWriteJsonAsString;
  public final boolean outputFormatParallelFormatting;
  public final String outputFormatPrettyColor;
  public final long outputFormatPrettyDisplayFooterColumnNames;
  public final long outputFormatPrettyDisplayFooterColumnNamesMinRows;
  public final boolean outputFormatPrettyFallbackToVertical;
  public final long outputFormatPrettyFallbackToVerticalMaxRowsPerChunk;
  public final long outputFormatPrettyFallbackToVerticalMinColumns;
  public final long outputFormatPrettyFallbackToVerticalMinTableWidth;
  public final String outputFormatPrettyGlueChunks;
  public final String outputFormatPrettyGridCharset;
  public final boolean outputFormatPrettyHighlightDigitGroups;
  public final boolean outputFormatPrettyHighlightTrailingSpaces;
  public final long outputFormatPrettyMaxColumnNameWidthCutTo;
  public final long outputFormatPrettyMaxColumnNameWidthMinCharsToCut;
  public final long outputFormatPrettyMaxColumnPadWidth;
  public final long outputFormatPrettyMaxRows;
  public final long outputFormatPrettyMaxValueWidth;
  public final long outputFormatPrettyMaxValueWidthApplyForSingleValue;
  public final boolean outputFormatPrettyMultilineFields;
  public final boolean outputFormatPrettyNamedTuplesAsJson;
  public final boolean outputFormatPrettyRowNumbers;
  public final long outputFormatPrettySingleLargeNumberTipThreshold;
  public final long outputFormatPrettySquashConsecutiveMs;
  public final long outputFormatPrettySquashMaxWaitMs;
  public final boolean outputFormatPrettyUseNbspForPadding;
  public final boolean outputFormatSqlInsertIncludeColumnNames;
  public final long outputFormatSqlInsertMaxBatchSize;
  public final boolean outputFormatSqlInsertQuoteNames;
  public final String outputFormatSqlInsertTableName;
  public final boolean outputFormatSqlInsertUseReplace;
  public final boolean outputFormatTrimFixedString;
  public final boolean outputFormatTsvCrlfEndOfLine;
  public final boolean outputFormatValuesEscapeQuoteWithQuote;
  public final boolean outputFormatWriteStatistics;
  public final boolean preciseFloatParsing;
  public final boolean typeJsonAllowDuplicatedKeyWithLiteralAndNestedObject;
  public final boolean typeJsonSkipDuplicatedPaths;
  public final boolean typeJsonSkipInvalidTypedPaths;
  public final boolean typeJsonUsePartialMatchToSkipPathsByRegexp;

  private final Function<String, @Nullable String> lookup;

  /**
   * The settings that {@code lookup} knows, the rest at their defaults.
   *
   * @throws LonghouseException when a value does not fit its setting
   */
  public static FormatSettings from(Function<String, @Nullable String> lookup) {
    return new FormatSettings(lookup);
  }

  /** These settings with one changed. */
  public FormatSettings with(String setting, String value) {
    return from(name -> name.equals(setting) ? value : lookup.apply(name));
  }

  private FormatSettings(Function<String, @Nullable String> lookup) {
    this.lookup = lookup;
    allowSpecialBoolValuesInsideVariant = flag("allow_special_bool_values_inside_variant", false);
    boolFalseRepresentation = text("bool_false_representation", "false");
    boolTrueRepresentation = text("bool_true_representation", "true");
    castIpv4Ipv6DefaultOnConversionError =
        flag("cast_ipv4_ipv6_default_on_conversion_error", false);
    castStringToDateTimeMode =
        choice("cast_string_to_date_time_mode", DateTimeInput.class, DateTimeInput.BEST_EFFORT);
    dateTime64OutputFormatCutTrailingZerosAlignToGroupsOfThousands =
        flag("date_time_64_output_format_cut_trailing_zeros_align_to_groups_of_thousands", false);
    dateTimeInputFormat =
        choice("date_time_input_format", DateTimeInput.class, DateTimeInput.BEST_EFFORT);
    dateTimeOutputFormat =
        choice("date_time_output_format", DateTimeOutput.class, DateTimeOutput.SIMPLE);
    dateTimeOverflowBehavior = text("date_time_overflow_behavior", "ignore");
    formatBinaryMaxArraySize = number("format_binary_max_array_size", 1073741824L);
    formatBinaryMaxObjectSize = number("format_binary_max_object_size", 100000L);
    formatBinaryMaxStringSize = number("format_binary_max_string_size", 1073741824L);
    formatCsvAllowDoubleQuotes = flag("format_csv_allow_double_quotes", true);
    formatCsvAllowSingleQuotes = flag("format_csv_allow_single_quotes", false);
    formatCsvDelimiter = character("format_csv_delimiter", ',');
    formatCsvNullRepresentation = text("format_csv_null_representation", "\\N");
    formatCustomEscapingRule = text("format_custom_escaping_rule", "Escaped");
    formatCustomFieldDelimiter = text("format_custom_field_delimiter", "\t");
    formatCustomResultAfterDelimiter = text("format_custom_result_after_delimiter", "");
    formatCustomResultBeforeDelimiter = text("format_custom_result_before_delimiter", "");
    formatCustomRowAfterDelimiter = text("format_custom_row_after_delimiter", "\n");
    formatCustomRowBeforeDelimiter = text("format_custom_row_before_delimiter", "");
    formatCustomRowBetweenDelimiter = text("format_custom_row_between_delimiter", "");
    formatJsonObjectEachRowColumnForObjectName =
        text("format_json_object_each_row_column_for_object_name", "");
    formatRegexp = text("format_regexp", "");
    formatRegexpEscapingRule = text("format_regexp_escaping_rule", "Raw");
    formatRegexpSkipUnmatched = flag("format_regexp_skip_unmatched", false);
    formatTemplateResultset = text("format_template_resultset", "");
    formatTemplateResultsetFormat = text("format_template_resultset_format", "");
    formatTemplateRow = text("format_template_row", "");
    formatTemplateRowFormat = text("format_template_row_format", "");
    formatTemplateRowsBetweenDelimiter = text("format_template_rows_between_delimiter", "\n");
    formatTsvNullRepresentation = text("format_tsv_null_representation", "\\N");
    inputFormatAllowErrorsNum = number("input_format_allow_errors_num", 0L);
    inputFormatAllowErrorsRatio = real("input_format_allow_errors_ratio", 0);
    inputFormatBinaryDecodeTypesInBinaryFormat =
        flag("input_format_binary_decode_types_in_binary_format", false);
    inputFormatBinaryMaxTypeComplexity = number("input_format_binary_max_type_complexity", 1000L);
    inputFormatBinaryReadJsonAsString = flag("input_format_binary_read_json_as_string", false);
    inputFormatColumnNameMatchingMode = text("input_format_column_name_matching_mode", "auto");
    inputFormatCsvAllowCrEndOfLine = flag("input_format_csv_allow_cr_end_of_line", false);
    inputFormatCsvAllowVariableNumberOfColumns =
        flag("input_format_csv_allow_variable_number_of_columns", false);
    inputFormatCsvAllowWhitespaceOrTabAsDelimiter =
        flag("input_format_csv_allow_whitespace_or_tab_as_delimiter", false);
    inputFormatCsvArraysAsNestedCsv = flag("input_format_csv_arrays_as_nested_csv", false);
    inputFormatCsvDeserializeSeparateColumnsIntoTuple =
        flag("input_format_csv_deserialize_separate_columns_into_tuple", true);
    inputFormatCsvDetectHeader = flag("input_format_csv_detect_header", true);
    inputFormatCsvEmptyAsDefault = flag("input_format_csv_empty_as_default", true);
    inputFormatCsvEnumAsNumber = flag("input_format_csv_enum_as_number", false);
    inputFormatCsvMissingNullableAsEmptyString =
        flag("input_format_csv_missing_nullable_as_empty_string", false);
    inputFormatCsvSkipFirstLines = number("input_format_csv_skip_first_lines", 0L);
    inputFormatCsvSkipTrailingEmptyLines =
        flag("input_format_csv_skip_trailing_empty_lines", false);
    inputFormatCsvTrimWhitespaces = flag("input_format_csv_trim_whitespaces", true);
    inputFormatCsvUseDefaultOnBadValues = flag("input_format_csv_use_default_on_bad_values", false);
    inputFormatCustomAllowVariableNumberOfColumns =
        flag("input_format_custom_allow_variable_number_of_columns", false);
    inputFormatCustomDetectHeader = flag("input_format_custom_detect_header", true);
    inputFormatCustomSkipTrailingEmptyLines =
        flag("input_format_custom_skip_trailing_empty_lines", false);
    inputFormatDefaultsForOmittedFields = flag("input_format_defaults_for_omitted_fields", true);
    inputFormatForceNullForOmittedFields =
        flag("input_format_force_null_for_omitted_fields", false);
    inputFormatImportNestedJson = flag("input_format_import_nested_json", false);
    inputFormatIpv4DefaultOnConversionError =
        flag("input_format_ipv4_default_on_conversion_error", false);
    inputFormatIpv6DefaultOnConversionError =
        flag("input_format_ipv6_default_on_conversion_error", false);
    inputFormatJsonCompactAllowVariableNumberOfColumns =
        flag("input_format_json_compact_allow_variable_number_of_columns", false);
    inputFormatJsonDefaultsForMissingElementsInNamedTuple =
        flag("input_format_json_defaults_for_missing_elements_in_named_tuple", true);
    inputFormatJsonEmptyAsDefault = flag("input_format_json_empty_as_default", false);
    inputFormatJsonIgnoreUnknownKeysInNamedTuple =
        flag("input_format_json_ignore_unknown_keys_in_named_tuple", true);
    inputFormatJsonIgnoreUnnecessaryFields =
        flag("input_format_json_ignore_unnecessary_fields", true);
    inputFormatJsonMapAsArrayOfTuples = flag("input_format_json_map_as_array_of_tuples", false);
    inputFormatJsonMaxDepth = number("input_format_json_max_depth", 1000L);
    inputFormatJsonNamedTuplesAsObjects = flag("input_format_json_named_tuples_as_objects", true);
    inputFormatJsonReadArraysAsStrings = flag("input_format_json_read_arrays_as_strings", true);
    inputFormatJsonReadBoolsAsNumbers = flag("input_format_json_read_bools_as_numbers", true);
    inputFormatJsonReadBoolsAsStrings = flag("input_format_json_read_bools_as_strings", true);
    inputFormatJsonReadNumbersAsStrings = flag("input_format_json_read_numbers_as_strings", true);
    inputFormatJsonReadObjectsAsStrings = flag("input_format_json_read_objects_as_strings", true);
    inputFormatJsonThrowOnBadEscapeSequence =
        flag("input_format_json_throw_on_bad_escape_sequence", true);
    inputFormatJsonValidateTypesFromMetadata =
        flag("input_format_json_validate_types_from_metadata", true);
    inputFormatMaxBlockSizeBytes = number("input_format_max_block_size_bytes", 0L);
    inputFormatNativeAllowTypesConversion =
        flag("input_format_native_allow_types_conversion", true);
    inputFormatNativeDecodeTypesInBinaryFormat =
        flag("input_format_native_decode_types_in_binary_format", false);
    inputFormatNullAsDefault = flag("input_format_null_as_default", true);
    inputFormatParallelParsing = flag("input_format_parallel_parsing", true);
    inputFormatRecordErrorsFilePath = text("input_format_record_errors_file_path", "");
    inputFormatSkipUnknownFields = flag("input_format_skip_unknown_fields", true);
    inputFormatTsvAllowVariableNumberOfColumns =
        flag("input_format_tsv_allow_variable_number_of_columns", false);
    inputFormatTsvCrlfEndOfLine = flag("input_format_tsv_crlf_end_of_line", false);
    inputFormatTsvDetectHeader = flag("input_format_tsv_detect_header", true);
    inputFormatTsvEmptyAsDefault = flag("input_format_tsv_empty_as_default", false);
    inputFormatTsvEnumAsNumber = flag("input_format_tsv_enum_as_number", false);
    inputFormatTsvSkipFirstLines = number("input_format_tsv_skip_first_lines", 0L);
    inputFormatTsvSkipTrailingEmptyLines =
        flag("input_format_tsv_skip_trailing_empty_lines", false);
    inputFormatValuesAccurateTypesOfLiterals =
        flag("input_format_values_accurate_types_of_literals", true);
    inputFormatValuesDeduceTemplatesOfExpressions =
        flag("input_format_values_deduce_templates_of_expressions", true);
    inputFormatValuesInterpretExpressions = flag("input_format_values_interpret_expressions", true);
    inputFormatWithNamesUseHeader = flag("input_format_with_names_use_header", true);
    inputFormatWithTypesUseHeader = flag("input_format_with_types_use_header", true);
    intervalOutputFormat =
        choice("interval_output_format", IntervalOutput.class, IntervalOutput.NUMERIC);
    outputFormatAlwaysWriteDecimalPointInFloatAndDecimal =
        flag("output_format_always_write_decimal_point_in_float_and_decimal", false);
    outputFormatBinaryEncodeTypesInBinaryFormat =
        flag("output_format_binary_encode_types_in_binary_format", false);
    outputFormatBinaryWriteJsonAsString = flag("output_format_binary_write_json_as_string", false);
    outputFormatCsvCrlfEndOfLine = flag("output_format_csv_crlf_end_of_line", false);
    outputFormatCsvHeaderSerializeTupleIntoSeparateColumns =
        flag("output_format_csv_header_serialize_tuple_into_separate_columns", true);
    outputFormatCsvSerializeTupleIntoSeparateColumns =
        flag("output_format_csv_serialize_tuple_into_separate_columns", true);
    outputFormatDecimalTrailingZeros = flag("output_format_decimal_trailing_zeros", false);
    outputFormatFloatPrecision = number("output_format_float_precision", 0L);
    outputFormatJsonArrayOfRows = flag("output_format_json_array_of_rows", false);
    outputFormatJsonEscapeForwardSlashes = flag("output_format_json_escape_forward_slashes", true);
    outputFormatJsonMapAsArrayOfTuples = flag("output_format_json_map_as_array_of_tuples", false);
    outputFormatJsonNamedTuplesAsObjects = flag("output_format_json_named_tuples_as_objects", true);
    outputFormatJsonPrettyPrint = flag("output_format_json_pretty_print", true);
    outputFormatJsonQuote64bitFloats = flag("output_format_json_quote_64bit_floats", false);
    outputFormatJsonQuote64bitIntegers = flag("output_format_json_quote_64bit_integers", false);
    outputFormatJsonQuoteDecimals = flag("output_format_json_quote_decimals", false);
    outputFormatJsonQuoteDenormals = flag("output_format_json_quote_denormals", false);
    outputFormatJsonSkipNullValueInNamedTuples =
        flag("output_format_json_skip_null_value_in_named_tuples", false);
    outputFormatJsonValidateUtf8 = flag("output_format_json_validate_utf8", false);
    outputFormatMarkdownEscapeSpecialCharacters =
        flag("output_format_markdown_escape_special_characters", false);
    outputFormatNativeEncodeTypesInBinaryFormat =
        flag("output_format_native_encode_types_in_binary_format", false);
    outputFormatNativeUseFlattenedDynamicAndJsonSerialization =
        flag("output_format_native_use_flattened_dynamic_and_json_serialization", false);
    outputFormatNativeWriteJsonAsString = flag("output_format_native_write_json_as_string", false);
    outputFormatParallelFormatting = flag("output_format_parallel_formatting", true);
    outputFormatPrettyColor = text("output_format_pretty_color", "auto");
    outputFormatPrettyDisplayFooterColumnNames =
        number("output_format_pretty_display_footer_column_names", 1L);
    outputFormatPrettyDisplayFooterColumnNamesMinRows =
        number("output_format_pretty_display_footer_column_names_min_rows", 50L);
    outputFormatPrettyFallbackToVertical = flag("output_format_pretty_fallback_to_vertical", true);
    outputFormatPrettyFallbackToVerticalMaxRowsPerChunk =
        number("output_format_pretty_fallback_to_vertical_max_rows_per_chunk", 10L);
    outputFormatPrettyFallbackToVerticalMinColumns =
        number("output_format_pretty_fallback_to_vertical_min_columns", 5L);
    outputFormatPrettyFallbackToVerticalMinTableWidth =
        number("output_format_pretty_fallback_to_vertical_min_table_width", 250L);
    outputFormatPrettyGlueChunks = text("output_format_pretty_glue_chunks", "auto");
    outputFormatPrettyGridCharset = text("output_format_pretty_grid_charset", "UTF-8");
    outputFormatPrettyHighlightDigitGroups =
        flag("output_format_pretty_highlight_digit_groups", true);
    outputFormatPrettyHighlightTrailingSpaces =
        flag("output_format_pretty_highlight_trailing_spaces", true);
    outputFormatPrettyMaxColumnNameWidthCutTo =
        number("output_format_pretty_max_column_name_width_cut_to", 24L);
    outputFormatPrettyMaxColumnNameWidthMinCharsToCut =
        number("output_format_pretty_max_column_name_width_min_chars_to_cut", 4L);
    outputFormatPrettyMaxColumnPadWidth = number("output_format_pretty_max_column_pad_width", 250L);
    outputFormatPrettyMaxRows = number("output_format_pretty_max_rows", 1000L);
    outputFormatPrettyMaxValueWidth = number("output_format_pretty_max_value_width", 10000L);
    outputFormatPrettyMaxValueWidthApplyForSingleValue =
        number("output_format_pretty_max_value_width_apply_for_single_value", 0L);
    outputFormatPrettyMultilineFields = flag("output_format_pretty_multiline_fields", true);
    outputFormatPrettyNamedTuplesAsJson = flag("output_format_pretty_named_tuples_as_json", true);
    outputFormatPrettyRowNumbers = flag("output_format_pretty_row_numbers", true);
    outputFormatPrettySingleLargeNumberTipThreshold =
        number("output_format_pretty_single_large_number_tip_threshold", 1000000L);
    outputFormatPrettySquashConsecutiveMs =
        number("output_format_pretty_squash_consecutive_ms", 50L);
    outputFormatPrettySquashMaxWaitMs = number("output_format_pretty_squash_max_wait_ms", 1000L);
    outputFormatPrettyUseNbspForPadding = flag("output_format_pretty_use_nbsp_for_padding", false);
    outputFormatSqlInsertIncludeColumnNames =
        flag("output_format_sql_insert_include_column_names", true);
    outputFormatSqlInsertMaxBatchSize = number("output_format_sql_insert_max_batch_size", 65409L);
    outputFormatSqlInsertQuoteNames = flag("output_format_sql_insert_quote_names", true);
    outputFormatSqlInsertTableName = text("output_format_sql_insert_table_name", "table");
    outputFormatSqlInsertUseReplace = flag("output_format_sql_insert_use_replace", false);
    outputFormatTrimFixedString = flag("output_format_trim_fixed_string", false);
    outputFormatTsvCrlfEndOfLine = flag("output_format_tsv_crlf_end_of_line", false);
    outputFormatValuesEscapeQuoteWithQuote =
        flag("output_format_values_escape_quote_with_quote", false);
    outputFormatWriteStatistics = flag("output_format_write_statistics", true);
    preciseFloatParsing = flag("precise_float_parsing", true);
    typeJsonAllowDuplicatedKeyWithLiteralAndNestedObject =
        flag("type_json_allow_duplicated_key_with_literal_and_nested_object", true);
    typeJsonSkipDuplicatedPaths = flag("type_json_skip_duplicated_paths", false);
    typeJsonSkipInvalidTypedPaths = flag("type_json_skip_invalid_typed_paths", false);
    typeJsonUsePartialMatchToSkipPathsByRegexp =
        flag("type_json_use_partial_match_to_skip_paths_by_regexp", true);
  }

  private boolean flag(String name, boolean otherwise) {
    String v = lookup.apply(name);
    return v == null || v.isEmpty() ? otherwise : v.equals("1") || v.equalsIgnoreCase("true");
  }

  private long number(String name, long otherwise) {
    String v = lookup.apply(name);
    if (v == null || v.isEmpty()) {
      return otherwise;
    }
    try {
      return v.equals("true") ? 1 : v.equals("false") ? 0 : Long.parseLong(v);
    } catch (NumberFormatException e) {
      throw wrong(ErrorCode.CANNOT_PARSE_NUMBER, name, v);
    }
  }

  private double real(String name, double otherwise) {
    String v = lookup.apply(name);
    if (v == null || v.isEmpty()) {
      return otherwise;
    }
    try {
      return Double.parseDouble(v);
    } catch (NumberFormatException e) {
      throw wrong(ErrorCode.CANNOT_PARSE_NUMBER, name, v);
    }
  }

  private String text(String name, String otherwise) {
    String v = lookup.apply(name);
    return v == null ? otherwise : v;
  }

  private char character(String name, char otherwise) {
    String v = lookup.apply(name);
    if (v == null) {
      return otherwise;
    }
    if (v.length() != 1) {
      throw wrong(ErrorCode.TYPE_MISMATCH, name, v);
    }
    return v.charAt(0);
  }

  private <E extends Enum<E>> E choice(String name, Class<E> kind, E otherwise) {
    String v = lookup.apply(name);
    if (v == null || v.isEmpty()) {
      return otherwise;
    }
    try {
      return Enum.valueOf(kind, v.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong(ErrorCode.BAD_ARGUMENTS, name, v);
    }
  }

  private static LonghouseException wrong(ErrorCode code, String name, String value) {
    return new LonghouseException(
        code, "Unexpected value of setting " + name + ": '" + value + "'");
  }
}
