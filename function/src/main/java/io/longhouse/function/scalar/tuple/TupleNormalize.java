package io.longhouse.function.scalar.tuple;

import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.array.ArrayVector.Measure;
import io.longhouse.registry.Register;
import java.util.List;

/** Vectors of the same direction and of length 1. */
@Register(
    kind = FunctionFactory.class,
    name = "L1Normalize",
    aliases = "normalizeL1",
    category = "Distance",
    doc = "The tuple divided by the sum of absolute values.")
@Register(
    kind = FunctionFactory.class,
    name = "L2Normalize",
    aliases = "normalizeL2",
    category = "Distance",
    doc = "The tuple divided by the square root of the sum of squares.")
@Register(
    kind = FunctionFactory.class,
    name = "LinfNormalize",
    aliases = "normalizeLinf",
    category = "Distance",
    doc = "The tuple divided by the largest absolute value.")
@Register(
    kind = FunctionFactory.class,
    name = "LpNormalize",
    aliases = "normalizeLp",
    category = "Distance",
    doc = "The tuple divided by the p-th root of the sum of absolute values to the power p.")
final class TupleNormalize implements FunctionFactory {
  private final String name;

  TupleNormalize(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Measure measure =
        switch (name) {
          case "L1Normalize" -> Measure.L1;
          case "L2Normalize" -> Measure.L2;
          case "LinfNormalize" -> Measure.LINF;
          default -> Measure.LP;
        };
    var s = new Signature(name, arguments).count(measure == Measure.LP ? 2 : 1);
    if (!(s.type(0) instanceof TupleType)) {
      throw s.illegal(0, "must be a tuple");
    }
    return TupleVector.normalize(measure, s, context);
  }
}
