package io.longhouse.engine.table.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TupleType;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Partition;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.part.PartitionIds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ids of partitions as statements name them. */
final class PartitionNames {
  private final MergeTreeMetadata metadata;
  private final Analyzer analyzer;

  PartitionNames(MergeTreeMetadata metadata, Analyzer analyzer, QueryContext context) {
    this.metadata = metadata;
    this.analyzer = analyzer;
  }

  /** The id, or null for all partitions. */
  @Nullable String id(Partition partition) {
    return switch (partition) {
      case Partition.All _ -> null;
      case Partition.Id i -> text(i.id());
      case Partition.Value v -> ofValue(v.value());
    };
  }

  /** A constant as text. */
  String text(Expression e) {
    Expr.Constant c = analyzer.constant(e);
    return c.type().textOf(c.value(), 0);
  }

  private String ofValue(Expression e) {
    List<DataType> types = metadata.partitionTypes();
    List<Expr> values = elements(analyzer.constant(e), types.size());
    if (values.size() != types.size()) {
      throw new LonghouseException(
          ErrorCode.INVALID_PARTITION_VALUE,
          "Wrong number of fields in the partition expression: "
              + values.size()
              + ", must be: "
              + types.size());
    }
    List<Column> key = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      key.add(Program.constant(analyzer.castTo(values.get(i), types.get(i))));
    }
    return PartitionIds.of(types, key, 0);
  }

  private static List<Expr> elements(Expr.Constant c, int expected) {
    if (c.type() instanceof TupleType t && (expected != 1 || t.elements().size() == 1)) {
      List<Expr> out = new ArrayList<>();
      var column = (TupleColumn) c.value().full();
      for (int i = 0; i < t.elements().size(); i++) {
        out.add(new Expr.Constant(column.elements().get(i), t.elements().get(i)));
      }
      return out;
    }
    return List.of(c);
  }
}
