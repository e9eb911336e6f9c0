package io.longhouse.engine.table.file;

import io.longhouse.column.type.ArrayType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.insert.InsertedColumns;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.function.Structure;
import io.longhouse.format.FileFormat;
import io.longhouse.format.Formats;
import io.longhouse.function.expr.Expr;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code file(path[, format[, structure[, compression]]])}. */
@Register(
    kind = TableFunction.class,
    name = "file",
    doc = "Files below the directory for users' files, to be read and written.")
final class FileFunction implements TableFunction {
  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    List<Expression> args = call.arguments();
    if (args.isEmpty() || args.size() > 4) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "The signature of table function file shall be the following:\n"
              + " - file(path[, format[, structure[, compression_method]]])");
    }
    List<String> words = new ArrayList<>();
    for (Expression e : args.subList(1, args.size())) {
      words.add(arguments.text(e));
    }
    List<Path> paths = new ArrayList<>();
    UserFiles files = UserFiles.of(arguments.context().require(LocalEngine.class).config());
    for (String p : paths(arguments.constant(args.getFirst()))) {
      paths.add(files.resolve(p));
    }
    String format = words.isEmpty() ? "auto" : words.get(0);
    if (format.equals("auto")) {
      format = detected(paths);
    } else {
      checkFormat(format);
    }
    String structure = words.size() < 2 ? "auto" : words.get(1);
    String compression = words.size() < 3 ? "auto" : words.get(2);
    var source = new FileSource(paths, format, compression);
    List<ColumnDefinition> columns =
        structure.equals("auto")
            ? columns(source.format(), () -> first(source), arguments.context())
            : Structure.parse(structure);
    return new FileTable(
        TableId.of("_table_function", "file"), columns, source, Map.of(), null, null);
  }

  /** What the query of an INSERT yields, else what the first file has. */
  private static List<ColumnDefinition> columns(
      String format, Supplier<InputStream> file, QueryContext context) {
    InsertedColumns inserted = context.service(InsertedColumns.class);
    return inserted == null
        ? InferredColumns.of(format, file, context)
        : inserted.header().fields().stream()
            .map(f -> ColumnDefinition.of(f.name(), f.type()))
            .toList();
  }

  private static InputStream first(FileSource source) {
    List<Path> files = source.files();
    if (files.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.CANNOT_EXTRACT_TABLE_STRUCTURE,
          "The table structure cannot be extracted from a "
              + source.format()
              + " format file, because there are no files with provided path. You can specify the"
              + " structure manually");
    }
    return source.open(files.getFirst());
  }

  private static List<String> paths(Expr.Constant value) {
    if (!(value.type() instanceof ArrayType a)) {
      return List.of(value.type().textOf(value.value(), 0));
    }
    List<String> out = new ArrayList<>();
    var array = (io.longhouse.column.ArrayColumn) value.value().plain();
    for (int i = 0; i < array.lengthAt(0); i++) {
      out.add(a.element().textOf(array.elements(), i));
    }
    return out;
  }

  static void checkFormat(String format) {
    var input = io.longhouse.format.InputFormatFactory.class;
    if (io.longhouse.registry.Registry.of(input).entry(format) == null) {
      Formats.outputFactory(format);
    }
  }

  private static String detected(List<Path> paths) {
    for (Path p : paths) {
      String format = FileFormat.of(p.getFileName().toString());
      if (format != null) {
        return format;
      }
    }
    throw new LonghouseException(
        ErrorCode.CANNOT_DETECT_FORMAT,
        "The data format cannot be detected by the name of the file. You can specify the format"
            + " manually: (in file/uri "
            + paths.getFirst()
            + ")");
  }
}
