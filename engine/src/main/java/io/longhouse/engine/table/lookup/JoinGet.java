package io.longhouse.engine.table.lookup;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.table.Table;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** {@code joinGet('table', 'column', key, ...)}: a value of a Join table by its keys. */
@Register(
    kind = FunctionFactory.class,
    name = "joinGet",
    category = "Other",
    doc = "A value of a Join table by its keys, the type's default where there is none.")
@Register(
    kind = FunctionFactory.class,
    name = "joinGetOrNull",
    category = "Other",
    doc = "A value of a Join table by its keys, NULL where there is none.")
final class JoinGet implements FunctionFactory {
  private final boolean orNull;

  JoinGet(String name) {
    this.orNull = name.equals("joinGetOrNull");
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    String name = orNull ? "joinGetOrNull" : "joinGet";
    if (arguments.size() < 3) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Number of arguments for function '"
              + name
              + "' doesn't match: passed "
              + arguments.size()
              + ", should be greater or equal to 3");
    }
    JoinTable table = table(text(arguments.get(0), name), name, context);
    String column = text(arguments.get(1), name);
    int place = table.header.indexOf(column);
    if (place < 0) {
      throw new LonghouseException(
          ErrorCode.NO_SUCH_COLUMN_IN_TABLE, "StorageJoin doesn't contain column " + column);
    }
    if (!table.isAnyLeft()) {
      throw new LonghouseException(
          ErrorCode.INCOMPATIBLE_TYPE_OF_JOIN,
          "joinGet only supports StorageJoin of type Left Any");
    }
    int[] keys = table.keys();
    if (arguments.size() - 2 != keys.length) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Number of arguments for function joinGet doesn't match the number of right keys of"
              + " StorageJoin");
    }
    List<ScalarFunction> casts = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      var type = StringColumn.of(ByteText.encode(keyType(table, i, arguments.get(i + 2)).name()));
      casts.add(
          Functions.resolve(
              "_CAST",
              List.of(
                  Argument.of(arguments.get(i + 2).type()), new Argument(StringType.TYPE, type)),
              context));
    }
    DataType type = table.header.type(place);
    return new Get(table, place, orNull ? NullableType.orSame(type) : type, casts);
  }

  /** NULL among the keys is looked up as such, and not found. */
  private static DataType keyType(JoinTable table, int key, Argument argument) {
    DataType own = table.header.type(table.keys()[key]);
    return argument.type() instanceof NullableType ? NullableType.orSame(own) : own;
  }

  private static String text(Argument a, String name) {
    Column c = a.constant();
    if (c == null || !a.type().equals(StringType.TYPE)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + a.type().name()
              + " of argument of function "
              + name
              + ", expected a"
              + " constant String.");
    }
    return a.type().textOf(c, 0);
  }

  private static JoinTable table(String name, String function, FunctionContext context) {
    Catalog catalog = context.service(Catalog.class);
    int dot = name.indexOf('.');
    String database = dot < 0 ? context.currentDatabase() : name.substring(0, dot);
    Table found = catalog == null ? null : catalog.find(database, name.substring(dot + 1));
    if (found == null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TABLE,
          "Table " + database + "." + name.substring(dot + 1) + " does not exist");
    }
    if (found instanceof JoinTable join) {
      SessionAccess access = context.service(SessionAccess.class);
      if (access == null || !access.seesAll(database, found.id().name())) {
        throw new LonghouseException(
            ErrorCode.ACCESS_DENIED,
            "Table " + found.id() + " has row or masking policies: " + function);
      }
      access.check(Privilege.SELECT, database, found.id().name());
      return join;
    }
    throw new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Table " + found.id() + " should have engine type Join for function " + function);
  }

  private record Get(JoinTable table, int place, DataType resultType, List<ScalarFunction> casts)
      implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column[] keys = new Column[casts.size()];
      for (int i = 0; i < keys.length; i++) {
        DataType type = casts.get(i).resultType();
        var name = StringColumn.of(ByteText.encode(type.name()));
        Column[] in = {arguments[i + 2], new io.longhouse.column.ConstColumn(name, rows)};
        keys[i] = casts.get(i).evaluate(in, rows).full();
      }
      KeyedRows all = table.rows();
      int[] found = all.find(unwrapped(keys), rows);
      for (int k = 0; k < keys.length; k++) {
        if (keys[k] instanceof io.longhouse.column.NullableColumn n && !isNullable(k)) {
          for (int i = 0; i < rows; i++) {
            found[i] = n.nulls()[i] != 0 ? -1 : found[i];
          }
        }
      }
      Column values = all.rows().column(place);
      ColumnBuilder out = resultType.newBuilder(rows);
      for (int i = 0; i < rows; i++) {
        if (found[i] < 0) {
          out.appendDefault(1);
        } else {
          out.append(values, found[i]);
        }
      }
      return out.build();
    }

    private boolean isNullable(int key) {
      return table.header.type(table.keys()[key]) instanceof NullableType;
    }

    /** Keys in the layout that the table has them in. */
    private Column[] unwrapped(Column[] keys) {
      Column[] out = keys.clone();
      for (int i = 0; i < out.length; i++) {
        if (out[i] instanceof io.longhouse.column.NullableColumn n && !isNullable(i)) {
          out[i] = n.values();
        }
      }
      return out;
    }

    /** Rows come and go. */
    @Override
    public boolean isDeterministic() {
      return false;
    }
  }
}
