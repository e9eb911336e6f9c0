package io.longhouse.engine.inspect;

import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.table.file.UserFiles;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** {@code file(path[, default])}: a file's bytes. */
@Register(
    kind = FunctionFactory.class,
    name = "file",
    category = "Other",
    doc = "The bytes of a file below the directory for users' files.")
final class FileText implements FunctionFactory {
  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count("file", arguments, 1, 2);
    DataType first = arguments.getFirst().type();
    if (!(first instanceof StringType)) {
      throw Arguments.illegalType("file", first);
    }
    boolean nullable =
        arguments.size() > 1
            && (arguments.get(1).type() instanceof NullableType
                || arguments.get(1).type() instanceof NothingType);
    Objects.requireNonNull(context.service(SessionAccess.class)).check(Privilege.READ, "FILE");
    UserFiles files =
        UserFiles.of(Objects.requireNonNull(context.service(LocalEngine.class)).config());
    return new Read(files, arguments.size() > 1, nullable);
  }

  private record Read(UserFiles files, boolean hasDefault, boolean nullable)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return nullable ? NullableType.orSame(StringType.TYPE) : StringType.TYPE;
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public boolean mayThrow() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var paths = (StringColumn) arguments[0].full().plain();
      Column otherwise = hasDefault ? arguments[1].full().plain() : null;
      var out = new StringColumn.Builder(rows);
      byte[] nulls = new byte[rows];
      for (int i = 0; i < rows; i++) {
        Path path = files.resolve(ByteText.decode(paths.get(i)));
        if (otherwise == null || Files.isReadable(path)) {
          out.add(read(path));
        } else if (otherwise.isNullAt(i) || !hasText(otherwise)) {
          nulls[i] = 1;
          out.appendDefault(1);
        } else {
          Column values = otherwise instanceof NullableColumn n ? n.values() : otherwise;
          out.add(((StringColumn) values).get(i));
        }
      }
      return nullable ? new NullableColumn(out.build(), nulls) : out.build();
    }

    private static boolean hasText(Column c) {
      return (c instanceof NullableColumn n ? n.values() : c) instanceof StringColumn;
    }

    private static byte[] read(Path path) {
      try {
        return Files.readAllBytes(path);
      } catch (IOException e) {
        throw new LonghouseException(
            Files.exists(path) ? ErrorCode.CANNOT_OPEN_FILE : ErrorCode.FILE_DOESNT_EXIST,
            "Cannot open file " + path + ": " + e.getMessage(),
            e);
      }
    }
  }
}
