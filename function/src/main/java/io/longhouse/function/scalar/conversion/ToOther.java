package io.longhouse.function.scalar.conversion;

import io.longhouse.function.FunctionFactory;
import io.longhouse.registry.Register;

/** To identifiers, addresses, truth values and intervals. */
@Register(
    kind = FunctionFactory.class,
    name = "toUUID",
    category = "UUID",
    doc = "The argument as a UUID.")
@Register(
    kind = FunctionFactory.class,
    name = "toUUIDOrZero",
    category = "UUID",
    doc = "The argument as a UUID, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUUIDOrNull",
    category = "UUID",
    doc = "The argument as a UUID, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUUIDOrDefault",
    category = "UUID",
    doc = "The argument as a UUID, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toIPv4",
    category = "IP Address",
    doc = "The argument as an address of version 4.")
@Register(
    kind = FunctionFactory.class,
    name = "toIPv4OrZero",
    category = "IP Address",
    doc = "The argument as an address of version 4, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toIPv4OrNull",
    category = "IP Address",
    doc = "The argument as an address of version 4, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toIPv4OrDefault",
    category = "IP Address",
    doc = "The argument as an address of version 4, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toIPv6",
    category = "IP Address",
    doc = "The argument as an address of version 6.")
@Register(
    kind = FunctionFactory.class,
    name = "toIPv6OrZero",
    category = "IP Address",
    doc = "The argument as an address of version 6, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toIPv6OrNull",
    category = "IP Address",
    doc = "The argument as an address of version 6, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toIPv6OrDefault",
    category = "IP Address",
    doc = "The argument as an address of version 6, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toBool",
    category = "Type Conversion",
    doc = "The argument as true or false.")
@Register(
    kind = FunctionFactory.class,
    name = "toIntervalNanosecond",
    category = "Type Conversion",
    doc = "An interval of that many nanoseconds.")
@Register(
    kind = FunctionFactory.class,
    name = "toIntervalMicrosecond",
    category = "Type Conversion",
    doc = "An interval of that many microseconds.")
@Register(
    kind = FunctionFactory.class,
    name = "toIntervalMillisecond",
    category = "Type Conversion",
    doc = "An interval of that many milliseconds.")
@Register(
    kind = FunctionFactory.class,
    name = "toIntervalSecond",
    category = "Type Conversion",
    doc = "An interval of that many seconds.")
@Register(
    kind = FunctionFactory.class,
    name = "toIntervalMinute",
    category = "Type Conversion",
    doc = "An interval of that many minutes.")
@Register(
    kind = FunctionFactory.class,
    name = "toIntervalHour",
    category = "Type Conversion",
    doc = "An interval of that many hours.")
@Register(
    kind = FunctionFactory.class,
    name = "toIntervalDay",
    category = "Type Conversion",
    doc = "An interval of that many days.")
@Register(
    kind = FunctionFactory.class,
    name = "toIntervalWeek",
    category = "Type Conversion",
    doc = "An interval of that many weeks.")
@Register(
    kind = FunctionFactory.class,
    name = "toIntervalMonth",
    category = "Type Conversion",
    doc = "An interval of that many months.")
@Register(
    kind = FunctionFactory.class,
    name = "toIntervalQuarter",
    category = "Type Conversion",
    doc = "An interval of that many quarters.")
@Register(
    kind = FunctionFactory.class,
    name = "toIntervalYear",
    category = "Type Conversion",
    doc = "An interval of that many years.")
final class ToOther extends ToType {
  ToOther(String name) {
    super(name);
  }
}
