package io.longhouse.function.scalar.conversion;

import io.longhouse.function.FunctionFactory;
import io.longhouse.registry.Register;

/** To whole and floating-point numbers. */
@Register(
    kind = FunctionFactory.class,
    name = "toUInt8",
    category = "Type Conversion",
    doc = "The argument as UInt8.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt8OrZero",
    category = "Type Conversion",
    doc = "The argument as UInt8, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt8OrNull",
    category = "Type Conversion",
    doc = "The argument as UInt8, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt8OrDefault",
    category = "Type Conversion",
    doc = "The argument as UInt8, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt16",
    category = "Type Conversion",
    doc = "The argument as UInt16.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt16OrZero",
    category = "Type Conversion",
    doc = "The argument as UInt16, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt16OrNull",
    category = "Type Conversion",
    doc = "The argument as UInt16, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt16OrDefault",
    category = "Type Conversion",
    doc = "The argument as UInt16, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt32",
    category = "Type Conversion",
    doc = "The argument as UInt32.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt32OrZero",
    category = "Type Conversion",
    doc = "The argument as UInt32, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt32OrNull",
    category = "Type Conversion",
    doc = "The argument as UInt32, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt32OrDefault",
    category = "Type Conversion",
    doc = "The argument as UInt32, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt64",
    category = "Type Conversion",
    doc = "The argument as UInt64.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt64OrZero",
    category = "Type Conversion",
    doc = "The argument as UInt64, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt64OrNull",
    category = "Type Conversion",
    doc = "The argument as UInt64, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt64OrDefault",
    category = "Type Conversion",
    doc = "The argument as UInt64, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt128",
    category = "Type Conversion",
    doc = "The argument as UInt128.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt128OrZero",
    category = "Type Conversion",
    doc = "The argument as UInt128, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt128OrNull",
    category = "Type Conversion",
    doc = "The argument as UInt128, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt128OrDefault",
    category = "Type Conversion",
    doc = "The argument as UInt128, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt256",
    category = "Type Conversion",
    doc = "The argument as UInt256.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt256OrZero",
    category = "Type Conversion",
    doc = "The argument as UInt256, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt256OrNull",
    category = "Type Conversion",
    doc = "The argument as UInt256, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toUInt256OrDefault",
    category = "Type Conversion",
    doc = "The argument as UInt256, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt8",
    category = "Type Conversion",
    doc = "The argument as Int8.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt8OrZero",
    category = "Type Conversion",
    doc = "The argument as Int8, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt8OrNull",
    category = "Type Conversion",
    doc = "The argument as Int8, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt8OrDefault",
    category = "Type Conversion",
    doc = "The argument as Int8, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt16",
    category = "Type Conversion",
    doc = "The argument as Int16.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt16OrZero",
    category = "Type Conversion",
    doc = "The argument as Int16, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt16OrNull",
    category = "Type Conversion",
    doc = "The argument as Int16, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt16OrDefault",
    category = "Type Conversion",
    doc = "The argument as Int16, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt32",
    category = "Type Conversion",
    doc = "The argument as Int32.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt32OrZero",
    category = "Type Conversion",
    doc = "The argument as Int32, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt32OrNull",
    category = "Type Conversion",
    doc = "The argument as Int32, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt32OrDefault",
    category = "Type Conversion",
    doc = "The argument as Int32, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt64",
    category = "Type Conversion",
    doc = "The argument as Int64.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt64OrZero",
    category = "Type Conversion",
    doc = "The argument as Int64, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt64OrNull",
    category = "Type Conversion",
    doc = "The argument as Int64, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt64OrDefault",
    category = "Type Conversion",
    doc = "The argument as Int64, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt128",
    category = "Type Conversion",
    doc = "The argument as Int128.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt128OrZero",
    category = "Type Conversion",
    doc = "The argument as Int128, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt128OrNull",
    category = "Type Conversion",
    doc = "The argument as Int128, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt128OrDefault",
    category = "Type Conversion",
    doc = "The argument as Int128, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt256",
    category = "Type Conversion",
    doc = "The argument as Int256.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt256OrZero",
    category = "Type Conversion",
    doc = "The argument as Int256, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt256OrNull",
    category = "Type Conversion",
    doc = "The argument as Int256, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toInt256OrDefault",
    category = "Type Conversion",
    doc = "The argument as Int256, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toFloat32",
    category = "Type Conversion",
    doc = "The argument as Float32.")
@Register(
    kind = FunctionFactory.class,
    name = "toFloat32OrZero",
    category = "Type Conversion",
    doc = "The argument as Float32, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toFloat32OrNull",
    category = "Type Conversion",
    doc = "The argument as Float32, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toFloat32OrDefault",
    category = "Type Conversion",
    doc = "The argument as Float32, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toFloat64",
    category = "Type Conversion",
    doc = "The argument as Float64.")
@Register(
    kind = FunctionFactory.class,
    name = "toFloat64OrZero",
    category = "Type Conversion",
    doc = "The argument as Float64, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toFloat64OrNull",
    category = "Type Conversion",
    doc = "The argument as Float64, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toFloat64OrDefault",
    category = "Type Conversion",
    doc = "The argument as Float64, a default where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toBFloat16",
    category = "Type Conversion",
    doc = "The argument as BFloat16.")
@Register(
    kind = FunctionFactory.class,
    name = "toBFloat16OrZero",
    category = "Type Conversion",
    doc = "The argument as BFloat16, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "toBFloat16OrNull",
    category = "Type Conversion",
    doc = "The argument as BFloat16, NULL where that fails.")
final class ToNumber extends ToType {
  ToNumber(String name) {
    super(name);
  }
}
