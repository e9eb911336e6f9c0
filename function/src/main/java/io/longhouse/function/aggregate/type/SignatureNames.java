package io.longhouse.function.aggregate.type;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TextForm;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.TypeArgument;
import io.longhouse.sql.ast.TypeName;
import io.longhouse.sql.format.ColumnNames;
import java.util.ArrayList;
import java.util.List;

/** The text of a function's signature inside a type's name, both ways. */
final class SignatureNames {
  private SignatureNames() {}

  /** {@code quantiles(0.5, 0.9), UInt64}. */
  static String text(Signature signature) {
    var out = new StringBuilder(isVersioned(signature) ? "1, " : "").append(signature.name());
    if (!signature.parameters().isEmpty()) {
      out.append('(');
      for (int i = 0; i < signature.parameters().size(); i++) {
        Argument p = signature.parameters().get(i);
        Column c = java.util.Objects.requireNonNull(p.constant()).full();
        out.append(i == 0 ? "" : ", ").append(text(c, p.type()));
      }
      out.append(')');
    }
    for (DataType t : signature.arguments()) {
      out.append(", ").append(t.name());
    }
    return out.toString();
  }

  /** A whole number that is a float keeps a dot, by which it is read back as one. */
  private static String text(Column parameter, DataType type) {
    if (parameter instanceof Float64Column f) {
      return ColumnNames.of(NumberLiteral.of(f.values()[0]));
    }
    var bytes = new ByteWriter(16);
    type.writeText(parameter, 0, TextForm.QUOTED, FormatSettings.DEFAULT, bytes);
    return ByteText.decode(bytes.toByteArray());
  }

  /** States of maps as arrays have changed once, so their types carry a version. */
  private static boolean isVersioned(Signature signature) {
    String name = signature.name();
    return (name.startsWith("sumMap") || name.startsWith("minMap") || name.startsWith("maxMap"))
        && !signature.arguments().isEmpty()
        && (signature.arguments().get(0) instanceof ArrayType
            || signature.arguments().get(0) instanceof TupleType);
  }

  /** The signature in the arguments of a type's name, after an optional version. */
  static Signature parse(TypeName name) {
    List<TypeArgument> args = name.args();
    int first = 0;
    if (!args.isEmpty()
        && args.get(0) instanceof TypeArgument.Value(NumberLiteral version)
        && version.isInteger()) {
      first = 1;
    }
    if (first >= args.size()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Data type "
              + name.name()
              + " requires parameters: version(optionally), name of aggregate function and list of"
              + " data types for arguments");
    }
    List<Argument> parameters = new ArrayList<>();
    String function =
        switch (args.get(first)) {
          case TypeArgument.Type t when t.type().args().isEmpty() -> t.type().name();
          case TypeArgument.Type t -> {
            for (TypeArgument a : t.type().args()) {
              if (!(a instanceof TypeArgument.Value v)) {
                throw unexpected(name);
              }
              parameters.add(argument(v.value()));
            }
            yield t.type().name();
          }
          case TypeArgument.Function f -> {
            for (Expression e : f.call().arguments()) {
              if (!(e instanceof Literal l)) {
                throw new LonghouseException(
                    ErrorCode.PARAMETERS_TO_AGGREGATE_FUNCTIONS_MUST_BE_LITERALS,
                    "Parameters to aggregate functions must be literals");
              }
              parameters.add(argument(l));
            }
            yield f.call().name();
          }
          default -> throw unexpected(name);
        };
    List<DataType> types = new ArrayList<>();
    for (TypeArgument a : args.subList(first + 1, args.size())) {
      types.add(
          switch (a) {
            case TypeArgument.Type t -> DataTypes.of(t.type());
            case TypeArgument.Element e -> DataTypes.of(e.type());
            default -> throw unexpected(name);
          });
    }
    return new Signature(function, parameters, types);
  }

  private static LonghouseException unexpected(TypeName name) {
    return new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "Unexpected AST element passed as argument of data type "
            + name.name()
            + ". Must be name of function and list of types");
  }

  /** A literal as a constant. */
  static Argument argument(Literal literal) {
    return switch (literal) {
      case NumberLiteral n ->
          switch (n.kind()) {
            case UINT64 -> new Argument(IntegerType.UINT64, Int64Column.of(n.bits()));
            case INT64 -> new Argument(IntegerType.INT64, Int64Column.of(n.bits()));
            case FLOAT64 -> new Argument(FloatType.FLOAT64, Float64Column.of(n.doubleValue()));
          };
      case Literal.StringLiteral s ->
          new Argument(StringType.TYPE, StringColumn.of(ByteText.encode(s.value())));
      case Literal.BoolLiteral b ->
          new Argument(BoolType.TYPE, Int8Column.of((byte) (b.value() ? 1 : 0)));
      case Literal.NullLiteral _ -> {
        DataType type = NullableType.orSame(NothingType.TYPE);
        yield new Argument(type, type.defaultValue());
      }
      case Literal.ArrayLiteral a -> array(a);
      case Literal.TupleLiteral t -> {
        List<Argument> elements = t.elements().stream().map(SignatureNames::argument).toList();
        yield new Argument(
            new TupleType(elements.stream().map(Argument::type).toList()),
            new TupleColumn(elements.stream().map(Argument::constant).toList(), 1));
      }
      case Literal.MapLiteral _ ->
          throw new LonghouseException(
              ErrorCode.PARAMETERS_TO_AGGREGATE_FUNCTIONS_MUST_BE_LITERALS,
              "A map cannot be a parameter of an aggregate function");
    };
  }

  private static Argument array(Literal.ArrayLiteral a) {
    List<Argument> elements = a.elements().stream().map(SignatureNames::argument).toList();
    DataType type = elements.isEmpty() ? NothingType.TYPE : elements.get(0).type();
    for (Argument e : elements) {
      if (e.type() == FloatType.FLOAT64) {
        type = FloatType.FLOAT64;
      } else if (e.type() == IntegerType.INT64 && type == IntegerType.UINT64) {
        type = IntegerType.INT64;
      }
    }
    ColumnBuilder b = type.newBuilder(elements.size());
    for (Argument e : elements) {
      Column c = java.util.Objects.requireNonNull(e.constant());
      if (type == FloatType.FLOAT64 && c instanceof Int64Column i) {
        ((Float64Column.Builder) b)
            .add(
                e.type() == IntegerType.UINT64
                    ? io.longhouse.column.type.Numbers.unsignedToDouble(i.values()[0])
                    : (double) i.values()[0]);
      } else {
        b.append(c, 0);
      }
    }
    return new Argument(
        new ArrayType(type), new ArrayColumn(new int[] {0, elements.size()}, b.build(), 1));
  }
}
