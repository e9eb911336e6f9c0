package io.longhouse.function.scalar.array;

import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.array.ArrayVector.Measure;
import io.longhouse.function.scalar.tuple.TupleVector;
import io.longhouse.registry.Register;
import java.util.List;

/** Norms and distances of vectors given as arrays or tuples. */
@Register(
    kind = FunctionFactory.class,
    name = "L1Norm",
    aliases = "normL1",
    category = "Distance",
    doc = "The sum of absolute values.")
@Register(
    kind = FunctionFactory.class,
    name = "L2Norm",
    aliases = "normL2",
    category = "Distance",
    doc = "The square root of the sum of squares.")
@Register(
    kind = FunctionFactory.class,
    name = "L2SquaredNorm",
    aliases = "normL2Squared",
    category = "Distance",
    doc = "The sum of squares.")
@Register(
    kind = FunctionFactory.class,
    name = "LinfNorm",
    aliases = "normLinf",
    category = "Distance",
    doc = "The largest absolute value.")
@Register(
    kind = FunctionFactory.class,
    name = "LpNorm",
    aliases = "normLp",
    category = "Distance",
    doc = "The p-th root of the sum of absolute values to the power p.")
@Register(
    kind = FunctionFactory.class,
    name = "L1Distance",
    aliases = "distanceL1",
    category = "Distance",
    doc = "The sum of the absolute differences.")
@Register(
    kind = FunctionFactory.class,
    name = "L2Distance",
    aliases = "distanceL2",
    category = "Distance",
    doc = "The Euclidean distance.")
@Register(
    kind = FunctionFactory.class,
    name = "L2SquaredDistance",
    aliases = "distanceL2Squared",
    category = "Distance",
    doc = "The sum of the squares of the differences.")
@Register(
    kind = FunctionFactory.class,
    name = "LinfDistance",
    aliases = "distanceLinf",
    category = "Distance",
    doc = "The largest absolute difference.")
@Register(
    kind = FunctionFactory.class,
    name = "LpDistance",
    aliases = "distanceLp",
    category = "Distance",
    doc = "The p-th root of the sum of absolute differences to the power p.")
@Register(
    kind = FunctionFactory.class,
    name = "cosineDistance",
    aliases = "distanceCosine",
    category = "Distance",
    doc = "1 minus the cosine of the angle between two vectors.")
final class ArrayNorms implements FunctionFactory {
  private final String name;
  private final Measure measure;
  private final boolean distance;

  ArrayNorms(String name) {
    this.name = name;
    this.distance = name.endsWith("Distance");
    this.measure =
        name.startsWith("L1")
            ? Measure.L1
            : name.startsWith("L2Squared")
                ? Measure.L2_SQUARED
                : name.startsWith("L2")
                    ? Measure.L2
                    : name.startsWith("Linf")
                        ? Measure.LINF
                        : name.startsWith("Lp") ? Measure.LP : Measure.COSINE;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    int vectors = distance ? 2 : 1;
    var s = new Signature(name, arguments).count(measure == Measure.LP ? vectors + 1 : vectors);
    if (s.type(0) instanceof TupleType) {
      return distance
          ? TupleVector.distance(measure, s, context)
          : TupleVector.norm(measure, s, context);
    }
    return distance ? ArrayVector.distance(measure, s) : ArrayVector.norm(measure, s);
  }
}
