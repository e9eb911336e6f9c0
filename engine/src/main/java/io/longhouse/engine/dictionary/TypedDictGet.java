package io.longhouse.engine.dictionary;

import io.longhouse.column.type.DataTypes;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.parser.Parser;
import java.util.List;

/** {@code dictGetUInt64} and its like: the attribute must have that very type. */
@Register(
    kind = FunctionFactory.class,
    name = "dictGetInt8",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetInt8OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetInt16",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetInt16OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetInt32",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetInt32OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetInt64",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetInt64OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetUInt8",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetUInt8OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetUInt16",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetUInt16OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetUInt32",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetUInt32OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetUInt64",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetUInt64OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetFloat32",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetFloat32OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetFloat64",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetFloat64OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetDate",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetDateOrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetDateTime",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetDateTimeOrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetUUID",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetUUIDOrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetIPv4",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetIPv4OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetIPv6",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetIPv6OrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetString",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
@Register(
    kind = FunctionFactory.class,
    name = "dictGetStringOrDefault",
    category = "Dictionary",
    doc = TypedDictGet.DOC)
final class TypedDictGet implements FunctionFactory {
  static final String DOC = "dictGet of an attribute that has that type.";

  private final DictGet get;

  TypedDictGet(String name) {
    String type = name.substring("dictGet".length()).replace("OrDefault", "");
    this.get = new DictGet(name, DataTypes.of(Parser.parseType(type)));
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    return get.resolve(arguments, context);
  }
}
