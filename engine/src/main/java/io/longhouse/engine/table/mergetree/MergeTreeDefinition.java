package io.longhouse.engine.table.mergetree;

import io.longhouse.column.Header;
import io.longhouse.column.compress.Codec;
import io.longhouse.column.compress.Codecs;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.DescendingKey;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.format.Formatter;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.mergetree.MergeMode;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.mergetree.TableColumn;
import io.longhouse.storage.mergetree.VersionedCollapsingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a table's columns and clauses to what storage needs to know of it. */
final class MergeTreeDefinition {
  private MergeTreeDefinition() {}

  static MergeTreeMetadata metadata(
      List<ColumnDefinition> columns,
      EngineClause clause,
      MergeTreeSettings settings,
      Analyzer analyzer,
      long version) {
    StorageClause storage = clause.keys();
    MergeMode mode = clause.mode();
    List<ColumnDefinition> stored = columns.stream().filter(ColumnDefinition::isStored).toList();
    Header header =
        new Header(stored.stream().map(c -> new Header.Field(c.name(), c.type())).toList());
    List<Expression> order = EngineClause.keys(storage.orderBy());
    List<Expression> primary = EngineClause.keys(storage.primaryKey());
    if (storage.orderBy() == null && storage.primaryKey() == null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "You must provide an ORDER BY or PRIMARY KEY expression in the table definition. If you"
              + " don't want this table to be sorted, use ORDER BY/PRIMARY KEY ()");
    }
    if (storage.orderBy() == null) {
      order = primary;
    }
    checkPrefix(primary, order);
    int primarySize = storage.primaryKey() == null ? order.size() : primary.size();
    if (mode instanceof VersionedCollapsingMode v) {
      order = withVersion(order, v.version(), stored);
    }
    List<Expr> sorting = resolve(order, header, analyzer, "Sorting key");
    List<Expr> partition =
        resolve(EngineClause.keys(storage.partitionBy()), header, analyzer, "Partition key");
    checkNullable(sorting, settings);
    if (version == 0 && !settings.isOn("allow_floating_point_partition_key")) {
      checkNoFloat(partition);
    }
    List<Expression> inPrimary = storage.primaryKey() == null ? order : primary;
    Expr sampling = sampling(storage.sampleBy(), inPrimary, header, settings, analyzer);
    checkFloats(partition, settings);
    List<TableColumn> tableColumns = new ArrayList<>();
    for (ColumnDefinition c : stored) {
      tableColumns.add(
          new TableColumn(
              c.name(), c.type(), codec(c), defaultValue(c, columns, header, analyzer)));
    }
    var metadata =
        new MergeTreeMetadata(tableColumns, sorting, primarySize, partition, version, sampling);
    EngineArguments.check(
        mode, metadata, version > 0 || settings.isOn("allow_dimensions_outside_sorting_key"));
    return metadata;
  }

  private static @Nullable Expr sampling(
      @Nullable Expression written,
      List<Expression> primary,
      Header header,
      MergeTreeSettings settings,
      Analyzer analyzer) {
    if (written == null) {
      return null;
    }
    if (primary.stream().noneMatch(k -> k.bare().equals(written.bare()))) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Sampling expression must be present in the primary key");
    }
    Expr key = analyzer.resolve(written, header);
    if (settings.isOn("check_sample_column_is_correct")) {
      Sampling.universe(key.type());
    }
    return key;
  }

  /** Rows that can cancel each other out stand together: the version is last in the order. */
  private static List<Expression> withVersion(
      List<Expression> order, String version, List<ColumnDefinition> stored) {
    Expression column = Identifier.of(version);
    if (order.stream().anyMatch(e -> e.bare().equals(column))) {
      return order;
    }
    if (stored.stream().noneMatch(c -> c.name().equals(version))) {
      throw new LonghouseException(
          ErrorCode.NO_SUCH_COLUMN_IN_TABLE,
          "There is no physical column " + version + " in table.");
    }
    List<Expression> longer = new ArrayList<>(order);
    longer.add(column);
    return longer;
  }

  private static void checkPrefix(List<Expression> primary, List<Expression> order) {
    for (int i = 0; i < primary.size(); i++) {
      if (i >= order.size() || !primary.get(i).bare().equals(order.get(i).bare())) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Primary key must be a prefix of the sorting key, but the column in the position "
                + i
                + " is "
                + Formatter.formatOneLine(primary.get(i)));
      }
    }
  }

  private static List<Expr> resolve(
      List<Expression> keys, Header header, Analyzer analyzer, String what) {
    List<Expr> out = new ArrayList<>();
    for (Expression k : keys) {
      if (k instanceof DescendingKey) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "Descending sorting keys are not implemented");
      }
      Expr e = analyzer.resolve(k, header);
      if (e instanceof Expr.Constant) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_COLUMN,
            what + " cannot contain constants: " + Formatter.formatOneLine(k));
      }
      if (!e.type().isComparable()) {
        throw new LonghouseException(
            ErrorCode.DATA_TYPE_CANNOT_BE_USED_IN_KEY,
            what + " contains an expression of type " + e.type().name() + ", which has no order");
      }
      out.add(e);
    }
    return out;
  }

  private static void checkNoFloat(List<Expr> partition) {
    for (Expr e : partition) {
      if (NullableType.strip(e.type()) instanceof FloatType) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Floating point partition key is not supported: " + e.type().name());
      }
    }
  }

  private static void checkNullable(List<Expr> sorting, MergeTreeSettings settings) {
    boolean any =
        sorting.stream()
            .anyMatch(e ->
                e.type() instanceof NullableType
                    || e.type() instanceof io.longhouse.column.type.LowCardinalityType l
                        && l.nested() instanceof NullableType);
    if (any && !settings.isOn("allow_nullable_key")) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN,
          "Sorting key contains nullable columns, but merge tree setting `allow_nullable_key` is"
              + " disabled");
    }
  }

  private static void checkFloats(List<Expr> partition, MergeTreeSettings settings) {
    boolean any =
        partition.stream().anyMatch(e -> NullableType.strip(e.type()) instanceof FloatType);
    if (any && !settings.isOn("allow_floating_point_partition_key")) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Floating point partition key is not supported. Set the setting"
              + " `allow_floating_point_partition_key` to allow it");
    }
  }

  /** The type of what a codec sees of a column. */
  private static DataType values(DataType type) {
    DataType inside = NullableType.strip(LowCardinalityType.strip(type));
    return inside instanceof ArrayType a ? values(a.element()) : inside;
  }

  private static @Nullable Codec codec(ColumnDefinition c) {
    FunctionCall written = c.codec();
    return written == null ? null : Codecs.of(written, values(c.type()), Codecs.parse("LZ4"));
  }

  private static @Nullable Expr defaultValue(
      ColumnDefinition c, List<ColumnDefinition> all, Header header, Analyzer analyzer) {
    Expression value = c.defaultExpression();
    if (value == null) {
      return null;
    }
    Expression written = withoutAliases(value, all, 0);
    for (ColumnDefinition other : all) {
      if (!other.isStored() && names(written, other.name())) {
        return null;
      }
    }
    return analyzer.castTo(analyzer.resolve(written, header), c.type());
  }

  /** The expression with ALIAS columns replaced by what they stand for. */
  private static Expression withoutAliases(Expression e, List<ColumnDefinition> all, int depth) {
    if (e instanceof Identifier id && depth <= all.size()) {
      for (ColumnDefinition c : all) {
        Expression value = c.defaultExpression();
        if (c.name().equals(id.name())
            && c.defaultKind() == ColumnDeclaration.DefaultKind.ALIAS
            && value != null) {
          return FunctionCall.call(
              "_CAST", withoutAliases(value, all, depth + 1), Literal.of(c.type().name()));
        }
      }
      return e;
    }
    return io.longhouse.sql.ast.Children.mapChildren(e, x -> withoutAliases(x, all, depth));
  }

  private static boolean names(Expression e, String column) {
    if (e instanceof io.longhouse.sql.ast.Identifier id && id.name().equals(column)) {
      return true;
    }
    boolean[] found = new boolean[1];
    io.longhouse.sql.ast.Children.forEachChild(e, c -> found[0] |= names(c, column));
    return found[0];
  }
}
