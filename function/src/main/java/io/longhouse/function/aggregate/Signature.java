package io.longhouse.function.aggregate;

import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import java.util.List;

/**
 * An aggregate function's name with its parameters and argument types: what names a state.
 *
 * @param name as registered, combinators included
 */
public record Signature(String name, List<Argument> parameters, List<DataType> arguments) {
  public Signature {
    parameters = List.copyOf(parameters);
    arguments = List.copyOf(arguments);
  }
}
