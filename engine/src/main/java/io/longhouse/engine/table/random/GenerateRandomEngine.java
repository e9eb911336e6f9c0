package io.longhouse.engine.table.random;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import java.util.List;

/** {@code ENGINE = GenerateRandom([seed[, max_string_length[, max_array_length]]])}. */
@Register(kind = TableEngine.class, name = "GenerateRandom", doc = "Endless rows of random values.")
final class GenerateRandomEngine implements TableEngine {
  @Override
  public Table create(Definition d) {
    var storage = d.statement().storage();
    FunctionCall call = storage == null ? null : storage.engine();
    List<Expression> args = call == null ? List.of() : call.arguments();
    if (args.size() > 3) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Storage GenerateRandom requires at most three arguments: random_seed,"
              + " max_string_length, max_array_length.");
    }
    return new RandomTable(
        d.id(),
        d.columns(),
        GenerateRandomFunction.options(args, d.analyzer()::constant),
        d.statement());
  }
}
