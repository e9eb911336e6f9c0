package io.longhouse.engine.statement;

import io.longhouse.column.Header;
import io.longhouse.column.compress.Codecs;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NestedType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.column.type.TupleType;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.function.aggregate.type.CombiningFunctions;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Columns as they are declared and as they are: types resolved, Nested taken apart, defaults typed.
 */
public final class ColumnDeclarations {
  private ColumnDeclarations() {}

  /**
   * @throws LonghouseException what is wrong with a type, a name or a default
   */
  public static List<ColumnDefinition> resolve(
      List<ColumnDeclaration> declared, Analyzer analyzer, QueryContext context) {
    List<ColumnDefinition> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    boolean flatten = context.settings().isOn("flatten_nested");
    for (ColumnDeclaration d : declared) {
      DataType type = d.type() == null ? null : type(d, context);
      if (flatten && type instanceof NestedType n) {
        for (int i = 0; i < n.row().elements().size(); i++) {
          columns.add(
              define(
                  d,
                  d.name() + "." + n.row().names().get(i),
                  new ArrayType(n.row().elements().get(i))));
        }
      } else {
        columns.add(
            define(d, d.name(), type == null ? new Untyped(d).type(columns, analyzer) : type));
      }
    }
    for (ColumnDefinition c : columns) {
      if (!names.add(c.name())) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_COLUMN,
            "Cannot add column " + c.name() + ": column with this name already exists");
      }
    }
    return check(columns, analyzer);
  }

  private static DataType type(ColumnDeclaration d, QueryContext context) {
    io.longhouse.sql.ast.TypeName name = d.type();
    if (name == null) {
      throw new IllegalArgumentException(d.name());
    }
    DataType type = DataTypes.of(name);
    Boolean nullable = d.nullable();
    boolean make =
        nullable != null ? nullable : context.settings().isOn("data_type_default_nullable");
    if (nullable != null && type instanceof NullableType) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_SYNTAX_FOR_DATA_TYPE,
          "Can't use [NOT] NULL modifier with Nullable type");
    }
    if (type instanceof SimpleAggregateFunctionType s) {
      CombiningFunctions.check(s);
    }
    return make ? NullableType.orSame(type) : type;
  }

  private static ColumnDefinition define(ColumnDeclaration d, String name, DataType type) {
    String comment = d.comment();
    Expression value = d.defaultExpression();
    if (d.defaultKind() == ColumnDeclaration.DefaultKind.AUTO_INCREMENT) {
      throw new LonghouseException(ErrorCode.NOT_IMPLEMENTED, "AUTO_INCREMENT is not supported");
    }
    return new ColumnDefinition(
        name,
        type,
        d.defaultKind(),
        value,
        comment == null ? "" : comment,
        d.codec() == null ? null : complete(d.codec(), type),
        d.ttl());
  }

  /** The codecs with all their parameters; those of parts of a tuple differ from part to part. */
  private static FunctionCall complete(FunctionCall codec, DataType type) {
    DataType values = NullableType.strip(LowCardinalityType.strip(type));
    return values instanceof ArrayType a
        ? complete(codec, a.element())
        : Codecs.complete(codec, isComposite(values) ? null : values);
  }

  private static boolean isComposite(DataType type) {
    return type instanceof TupleType || type instanceof MapType || type instanceof NestedType;
  }

  /** A column without a type has that of its default. */
  private record Untyped(ColumnDeclaration declaration) {
    DataType type(List<ColumnDefinition> before, Analyzer analyzer) {
      Expression value = declaration.defaultExpression();
      if (value == null) {
        throw new LonghouseException(
            ErrorCode.SYNTAX_ERROR,
            "Column " + declaration.name() + " has neither type nor default");
      }
      return analyzer.resolve(value, header(before)).type();
    }
  }

  /** All columns that a default can name. */
  public static Header header(List<ColumnDefinition> columns) {
    return new Header(columns.stream().map(c -> new Header.Field(c.name(), c.type())).toList());
  }

  private static List<ColumnDefinition> check(List<ColumnDefinition> columns, Analyzer analyzer) {
    Header all = header(columns);
    for (ColumnDefinition c : columns) {
      Expression value = c.defaultExpression();
      if (value != null) {
        Expr e = analyzer.resolve(value, all);
        analyzer.castTo(e, c.type());
      }
    }
    return columns;
  }

  /** The declaration that says the same as a definition, for SHOW CREATE and metadata files. */
  public static ColumnDeclaration declare(ColumnDefinition c) {
    return new ColumnDeclaration(
        c.name(),
        Parser.parseType(c.type().name()),
        null,
        c.defaultKind(),
        c.defaultExpression(),
        emptyToNull(c.comment()),
        c.codec(),
        null,
        c.ttl(),
        null,
        List.of());
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
