package io.longhouse.function.scalar.conversion;

import io.longhouse.function.FunctionFactory;
import io.longhouse.registry.Register;

/** To decimals. */
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal32",
    category = "Type Conversion",
    doc = "The argument as a decimal of 32 bits and that many digits behind the point.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal32OrZero",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 32 bits and that many digits behind the point, zero where"
            + " that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal32OrNull",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 32 bits and that many digits behind the point, NULL where"
            + " that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal32OrDefault",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 32 bits and that many digits behind the point, a default"
            + " where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal64",
    category = "Type Conversion",
    doc = "The argument as a decimal of 64 bits and that many digits behind the point.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal64OrZero",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 64 bits and that many digits behind the point, zero where"
            + " that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal64OrNull",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 64 bits and that many digits behind the point, NULL where"
            + " that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal64OrDefault",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 64 bits and that many digits behind the point, a default"
            + " where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal128",
    category = "Type Conversion",
    doc = "The argument as a decimal of 128 bits and that many digits behind the point.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal128OrZero",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 128 bits and that many digits behind the point, zero where"
            + " that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal128OrNull",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 128 bits and that many digits behind the point, NULL where"
            + " that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal128OrDefault",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 128 bits and that many digits behind the point, a default"
            + " where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal256",
    category = "Type Conversion",
    doc = "The argument as a decimal of 256 bits and that many digits behind the point.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal256OrZero",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 256 bits and that many digits behind the point, zero where"
            + " that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal256OrNull",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 256 bits and that many digits behind the point, NULL where"
            + " that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toDecimal256OrDefault",
    category = "Type Conversion",
    doc =
        "The argument as a decimal of 256 bits and that many digits behind the point, a default"
            + " where that fails.")
final class ToDecimal extends ToType {
  ToDecimal(String name) {
    super(name);
  }
}
