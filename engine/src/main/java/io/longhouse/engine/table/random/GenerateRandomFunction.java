package io.longhouse.engine.table.random;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.function.Structure;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code generateRandom('structure'[, seed[, max_string_length[, max_array_length]]])}. */
@Register(
    kind = TableFunction.class,
    name = "generateRandom",
    doc = "Endless rows of random values; with a seed, the same ones every time.")
final class GenerateRandomFunction implements TableFunction {
  private static final List<String> NAMES =
      List.of("random_seed", "max_string_length", "max_array_length");
  private static final long LENGTH_MAX = 10;

  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    List<Expression> args = call.arguments();
    if (args.size() > 4) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Table function 'generateRandom' requires at most four (or three if structure is"
              + " missing) arguments:  [structure, random_seed, max_string_length,"
              + " max_array_length].");
    }
    if (args.isEmpty() || !(args.getFirst().bare() instanceof Literal.StringLiteral)) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Table function 'generateRandom' without a structure is not implemented");
    }
    return new RandomTable(
        TableId.of("_table_function", "generateRandom"),
        Structure.parse(arguments.text(args.getFirst())),
        options(args.subList(1, args.size()), arguments::constant),
        null);
  }

  /** How the value of an argument is found. */
  interface Constants {
    io.longhouse.function.expr.Expr.Constant of(Expression e);
  }

  static RandomTable.Options options(List<Expression> args, Constants constants) {
    List<@Nullable Long> values = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      values.add(i < args.size() ? number(NAMES.get(i), constants.of(args.get(i))) : null);
    }
    Long string = values.get(1);
    Long array = values.get(2);
    return new RandomTable.Options(
        values.get(0), string == null ? LENGTH_MAX : string, array == null ? LENGTH_MAX : array);
  }

  private static @Nullable Long number(
      String name, io.longhouse.function.expr.Expr.Constant value) {
    String type = value.type().name();
    if (type.equals("Nullable(Nothing)") && name.equals("random_seed")) {
      return null;
    }
    if (!type.startsWith("UInt")) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Argument '" + name + "' must be a literal with type UInt64, got " + type + ".");
    }
    return Long.parseUnsignedLong(value.type().textOf(value.value(), 0));
  }
}
