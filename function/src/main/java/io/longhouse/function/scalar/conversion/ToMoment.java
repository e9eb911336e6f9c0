package io.longhouse.function.scalar.conversion;

import io.longhouse.function.FunctionFactory;
import io.longhouse.registry.Register;

/** To dates and times. */
@Register(
    kind = FunctionFactory.class,
    name = "toDate",
    aliases = "DATE",
    aliasesCaseInsensitive = true,
    category = "Type Conversion",
    doc = "The argument as a date.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateOrZero",
    category = "Type Conversion",
    doc = "The argument as a date, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateOrNull",
    category = "Type Conversion",
    doc = "The argument as a date, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateOrDefault",
    category = "Type Conversion",
    doc = "The argument as a date, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDate32",
    category = "Type Conversion",
    doc = "The argument as a date from 1900 to 2299.")
@Register(
    kind = FunctionFactory.class,
    name = "toDate32OrZero",
    category = "Type Conversion",
    doc = "The argument as a date from 1900 to 2299, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDate32OrNull",
    category = "Type Conversion",
    doc = "The argument as a date from 1900 to 2299, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDate32OrDefault",
    category = "Type Conversion",
    doc = "The argument as a date from 1900 to 2299, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateTime",
    category = "Type Conversion",
    doc = "The argument as a moment in seconds.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateTimeOrZero",
    category = "Type Conversion",
    doc = "The argument as a moment in seconds, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateTimeOrNull",
    category = "Type Conversion",
    doc = "The argument as a moment in seconds, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateTimeOrDefault",
    category = "Type Conversion",
    doc = "The argument as a moment in seconds, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateTime64",
    category = "Type Conversion",
    doc = "The argument as a moment with that many digits behind the second.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateTime64OrZero",
    category = "Type Conversion",
    doc =
        "The argument as a moment with that many digits behind the second, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateTime64OrNull",
    category = "Type Conversion",
    doc =
        "The argument as a moment with that many digits behind the second, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateTime64OrDefault",
    category = "Type Conversion",
    doc =
        "The argument as a moment with that many digits behind the second, a default where that"
            + " fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDateTime32",
    category = "Type Conversion",
    doc = "The argument as a moment in seconds.")
final class ToMoment extends ToType {
  ToMoment(String name) {
    super(name);
  }
}
