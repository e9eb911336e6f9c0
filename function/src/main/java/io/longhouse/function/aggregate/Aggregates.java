package io.longhouse.function.aggregate;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.basic.Nothing;
import io.longhouse.function.aggregate.type.AggregateFunctionType;
import io.longhouse.function.aggregate.type.SerializedState;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From an aggregate function's name, parameters and argument types to the function: combinators are
 * taken off the end of the name, NULLs and dictionaries handled around what remains.
 */
public final class Aggregates {
  private Aggregates() {}

  /** Whether the name is an aggregate function's, with or without combinators. */
  public static boolean isAggregate(String name) {
    if (Registry.of(AggregateFactory.class).entry(name) != null) {
      return true;
    }
    Registry.Entry suffix = suffix(name);
    return suffix != null && isAggregate(withoutSuffix(name, suffix));
  }

  /** The name as registered, combinators kept: {@code SUMIf} is {@code sumIf}. */
  public static String canonicalName(String name) {
    Registry.Entry entry = Registry.of(AggregateFactory.class).entry(name);
    if (entry != null) {
      return entry.name();
    }
    Registry.Entry suffix = suffix(name);
    return suffix == null ? name : canonicalName(withoutSuffix(name, suffix)) + suffix.name();
  }

  /**
   * The function for these parameters (constants) and argument types.
   *
   * @throws LonghouseException UNKNOWN_AGGREGATE_FUNCTION (63) with names that are close, and what
   *     {@link AggregateFactory#resolve} throws
   */
  public static AggregateFunction resolve(
      String name, List<Argument> parameters, List<DataType> argumentTypes) {
    List<DataType> plain = ExpandingDictionaries.stripAll(argumentTypes);
    AggregateFunction f = resolveNullable(name, parameters, plain);
    return plain.equals(argumentTypes) || f.takesDictionaries() ? f : new ExpandingDictionaries(f);
  }

  /**
   * The function that gives the states of the one that {@link #resolve} answers, under its own name
   * even when that one gives states itself: what a shard sends to be merged.
   *
   * @param named the argument types that the states' type names; without dictionaries if null
   */
  public static AggregateFunction state(
      String name,
      List<Argument> parameters,
      List<DataType> argumentTypes,
      @Nullable List<DataType> named) {
    List<DataType> plain = ExpandingDictionaries.stripAll(argumentTypes);
    AggregateFunction f = resolveNullable(name, parameters, plain);
    var signature = new Signature(canonicalName(name), parameters, named == null ? plain : named);
    AggregateFunctionType type =
        f.stateType() instanceof AggregateFunctionType own
            ? own
            : new AggregateFunctionType(signature, f);
    var states = new SerializedState(f, type);
    return plain.equals(argumentTypes) || f.takesDictionaries()
        ? states
        : new ExpandingDictionaries(states);
  }

  private static AggregateFunction resolveNullable(
      String name, List<Argument> parameters, List<DataType> arguments) {
    if (arguments.stream().noneMatch(NullableType.class::isInstance)) {
      return resolvePlain(name, parameters, arguments);
    }
    AggregateFactory factory = Registry.of(AggregateFactory.class).find(name);
    if (factory != null && factory.handlesNulls()) {
      return factory.resolve(parameters, arguments);
    }
    boolean zero = zeroWithoutRows(name);
    Registry.Entry suffix = factory == null ? suffix(name) : null;
    List<DataType> inner = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      DataType t = arguments.get(i);
      boolean condition = suffix != null && i == arguments.size() - 1 && suffix.name().equals("If");
      if (isOnlyNull(t) && !condition) {
        return zero ? new Nothing(Nothing.ZERO) : new Nothing(Nothing.NULL);
      }
      inner.add(isOnlyNull(t) ? io.longhouse.column.type.IntegerType.UINT8 : NullableType.strip(t));
    }
    if (suffix != null && combinator(suffix).leavesNulls()) {
      return combine(name, suffix, parameters, arguments);
    }
    AggregateFunction f = resolvePlain(name, parameters, inner);
    if (suffix == null || !suffix.name().equals("If")) {
      return SkippingNulls.of(f, zero, arguments.size());
    }
    boolean onlyCondition =
        arguments.subList(0, arguments.size() - 1).stream()
            .noneMatch(NullableType.class::isInstance);
    return SkippingNulls.ofConditional(f, zero, onlyCondition);
  }

  private static boolean isOnlyNull(DataType type) {
    return type instanceof NullableType n && n.nested() instanceof NothingType;
  }

  private static AggregateFunction resolvePlain(
      String name, List<Argument> parameters, List<DataType> arguments) {
    AggregateFactory factory = Registry.of(AggregateFactory.class).find(name);
    if (factory != null) {
      return factory.resolve(parameters, arguments);
    }
    Registry.Entry suffix = suffix(name);
    if (suffix == null) {
      throw unknown(name);
    }
    return combine(name, suffix, parameters, arguments);
  }

  private static AggregateFunction combine(
      String name, Registry.Entry suffix, List<Argument> parameters, List<DataType> arguments) {
    Combinator combinator = combinator(suffix);
    String inner = withoutSuffix(name, suffix);
    if (inner.endsWith(suffix.name()) && !combinator.nests()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_AGGREGATION,
          "Nested identical combinator '" + suffix.name() + "' is not supported");
    }
    if (!isAggregate(inner)) {
      throw unknown(name);
    }
    String other = combinator.redirect(canonicalName(inner), arguments);
    if (other != null) {
      return resolveNullable(other, parameters, arguments);
    }
    var inside =
        new Signature(
            canonicalName(inner),
            combinator.nestedParameters(parameters),
            combinator.nestedArguments(arguments));
    AggregateFunction nested =
        resolveNullable(inside.name(), inside.parameters(), inside.arguments());
    return combinator.wrap(nested, inside, parameters, arguments);
  }

  /** Whether the function under all combinators gives zero and not NULL over no rows. */
  private static boolean zeroWithoutRows(String name) {
    AggregateFactory factory = Registry.of(AggregateFactory.class).find(name);
    if (factory != null) {
      return factory.zeroWithoutRows();
    }
    Registry.Entry suffix = suffix(name);
    return suffix != null && zeroWithoutRows(withoutSuffix(name, suffix));
  }

  private static Combinator combinator(Registry.Entry suffix) {
    return java.util.Objects.requireNonNull(
        Registry.of(Combinator.class).find(suffix.name()), suffix.name());
  }

  /** The longest combinator that the name ends with. */
  private static Registry.@Nullable Entry suffix(String name) {
    Registry.Entry best = null;
    for (Registry.Entry e : Registry.of(Combinator.class).entries()) {
      if (name.length() > e.name().length()
          && name.endsWith(e.name())
          && (best == null || best.name().length() < e.name().length())) {
        best = e;
      }
    }
    return best;
  }

  private static String withoutSuffix(String name, Registry.Entry suffix) {
    return name.substring(0, name.length() - suffix.name().length());
  }

  private static LonghouseException unknown(String name) {
    List<String> similar = Registry.of(AggregateFactory.class).similar(name);
    return new LonghouseException(
        ErrorCode.UNKNOWN_AGGREGATE_FUNCTION,
        "Unknown aggregate function "
            + name
            + (similar.isEmpty() ? "" : ". Maybe you meant: " + similar));
  }
}
