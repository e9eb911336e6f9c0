package io.longhouse.cluster.replication;

import io.longhouse.cluster.replication.node.TableColumns;
import io.longhouse.cluster.replication.node.TableMetadata;
import io.longhouse.engine.table.mergetree.EngineClause;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.ConstraintDeclaration;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.IndexDeclaration;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableSchema;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import io.longhouse.sql.parser.ParserLimits;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.mergetree.CoalescingMode;
import io.longhouse.storage.mergetree.CollapsingMode;
import io.longhouse.storage.mergetree.MergeMode;
import io.longhouse.storage.mergetree.ReplacingMode;
import io.longhouse.storage.mergetree.SummingMode;
import io.longhouse.storage.mergetree.VersionedCollapsingMode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From a table's definition to what Keeper holds of it, and back.
 *
 * @param metadata what {@code /metadata} says
 * @param columns the content of {@code /columns}
 */
@SuppressWarnings("ArrayRecordComponent")
record TableTexts(TableMetadata metadata, byte[] columns) {
  static TableTexts of(CreateTable definition, MergeMode mode, MergeTreeSettings settings) {
    TableSchema schema = Objects.requireNonNull(definition.schema());
    StorageClause storage =
        EngineClause.of(Objects.requireNonNull(definition.storage()), true).keys();
    boolean apart = storage.primaryKey() != null && storage.orderBy() != null;
    Expression sorting = storage.orderBy() != null ? storage.orderBy() : storage.primaryKey();
    var keys =
        new TableMetadata.Keys(
            storage.sampleBy() == null ? "" : Formatter.formatOneLine(storage.sampleBy()),
            list(EngineClause.keys(storage.partitionBy())),
            list(EngineClause.keys(apart ? storage.primaryKey() : sorting)),
            apart ? list(EngineClause.keys(sorting)) : "");
    var metadata =
        new TableMetadata(
            "",
            keys,
            merging(mode),
            settings.number("index_granularity"),
            settings.number("index_granularity_bytes"),
            new TableMetadata.Definitions(
                "", indexes(schema.indexes()), "", constraints(schema.constraints())),
            1);
    return new TableTexts(metadata, TableColumns.toBytes(schema.columns()));
  }

  private static String list(List<Expression> expressions) {
    return expressions.stream().map(Formatter::formatOneLine).collect(Collectors.joining(", "));
  }

  private static TableMetadata.Merging merging(MergeMode mode) {
    int number = TableMetadata.Merging.modeOf(mode.engine());
    int all = TableMetadata.Merging.ALL_PARAMETERS;
    return switch (mode) {
      case CollapsingMode c -> new TableMetadata.Merging(number, c.sign(), "", "", "", "", all);
      case VersionedCollapsingMode v ->
          new TableMetadata.Merging(number, v.sign(), v.version(), "", "", "", all);
      case ReplacingMode r ->
          new TableMetadata.Merging(
              number, "", text(r.version()), text(r.isDeleted()), "", "", all);
      case SummingMode s ->
          new TableMetadata.Merging(number, "", "", "", String.join(",", s.columns()), "", all);
      case CoalescingMode c ->
          new TableMetadata.Merging(number, "", "", "", String.join(",", c.columns()), "", all);
      default -> TableMetadata.Merging.of(number);
    };
  }

  private static String text(@Nullable String column) {
    return column == null ? "" : column;
  }

  private static String indexes(List<IndexDeclaration> indexes) {
    return indexes.stream()
        .map(i ->
            Quoting.identifier(i.name())
                + " "
                + Formatter.formatOneLine(i.expression())
                + (i.type() == null ? "" : " TYPE " + Formatter.formatOneLine(i.type()))
                + " GRANULARITY "
                + i.granularity())
        .collect(Collectors.joining(", "));
  }

  private static String constraints(List<ConstraintDeclaration> constraints) {
    return constraints.stream()
        .map(c ->
            Quoting.identifier(c.name())
                + " "
                + c.kind()
                + " "
                + Formatter.formatOneLine(c.expression()))
        .collect(Collectors.joining(", "));
  }

  /** A table as Keeper describes it, with an engine that stands for any. */
  static CreateTable definition(byte[] columns, TableMetadata metadata, String where) {
    TableMetadata.Definitions more = metadata.definitions();
    if (!more.ttl().isEmpty() || !more.projections().isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "TTL and PROJECTION are not implemented, node " + where + " has such");
    }
    TableMetadata.Keys keys = metadata.keys();
    String sorting = keys.sorting().isEmpty() ? keys.primary() : keys.sorting();
    var sql = new StringBuilder("CREATE TABLE t (a UInt8");
    declare(sql, "INDEX", more.indices());
    declare(sql, "CONSTRAINT", more.constraints());
    sql.append(") ENGINE = MergeTree ORDER BY ").append(key(sorting));
    if (!keys.sampling().isEmpty()) {
      sql.append(" SAMPLE BY ").append(keys.sampling());
    }
    var parsed =
        (CreateTable) Parser.parseStatement(sql.toString(), ParserLimits.TRUSTED).statement();
    TableSchema schema = Objects.requireNonNull(parsed.schema());
    return new CreateTable(
        parsed.head(),
        new TableSchema(
            TableColumns.parse(columns, where),
            schema.indexes(),
            schema.constraints(),
            schema.projections()),
        parsed.storage(),
        null,
        false,
        null,
        null,
        null);
  }

  /** One expression stands alone, as people write it. */
  private static String key(String list) {
    var one =
        EngineClause.keys(
            ((CreateTable)
                            Parser.parseStatement(
                                    "CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY tuple("
                                        + list
                                        + ")",
                                    ParserLimits.TRUSTED)
                                .statement())
                        .storage()
                    instanceof StorageClause s
                ? s.orderBy()
                : null);
    return one.size() == 1 ? Formatter.formatOneLine(one.getFirst()) : "(" + list + ")";
  }

  /** Definitions with commas between them, of which each begins with a name. */
  private static void declare(StringBuilder sql, String word, String definitions) {
    if (definitions.isEmpty()) {
      return;
    }
    int depth = 0;
    boolean quoted = false;
    sql.append(", ").append(word).append(' ');
    for (int i = 0; i < definitions.length(); i++) {
      char c = definitions.charAt(i);
      boolean escape = quoted && c == '\\' && i + 1 < definitions.length();
      quoted ^= c == '\'' || c == '`' || c == '"';
      depth += quoted ? 0 : c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      sql.append(c);
      if (escape) {
        sql.append(definitions.charAt(++i));
      } else if (c == ',' && depth == 0 && !quoted) {
        sql.append(' ').append(word).append(' ');
      }
    }
  }
}
