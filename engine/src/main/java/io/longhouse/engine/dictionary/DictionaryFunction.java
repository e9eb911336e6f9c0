package io.longhouse.engine.dictionary;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.FunctionCall;

/** {@code dictionary('name')}: a dictionary's rows. */
@Register(kind = TableFunction.class, name = "dictionary", doc = "The rows of a dictionary.")
final class DictionaryFunction implements TableFunction {
  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    if (call.arguments().size() != 1) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Table function 'dictionary' requires exactly 1 arguments");
    }
    return Dictionaries.require(arguments.text(call.arguments().getFirst()), arguments.context());
  }
}
