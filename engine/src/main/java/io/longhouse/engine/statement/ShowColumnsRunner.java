package io.longhouse.engine.statement;

import static io.longhouse.engine.statement.SystemQueries.string;

import io.longhouse.registry.Register;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.ShowColumns;
import io.longhouse.sql.ast.ShowIndexes;
import io.longhouse.sql.ast.Statement;

/** {@code SHOW COLUMNS} and {@code SHOW INDEXES}, in the shape that MySQL gives them. */
@Register(kind = StatementRunner.class, name = "ShowColumns")
@Register(kind = StatementRunner.class, name = "ShowIndexes")
final class ShowColumnsRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    return SystemQueries.run(
        statement instanceof ShowColumns s
            ? columns(s, context)
            : indexes((ShowIndexes) statement, context),
        context);
  }

  /** A table that is not there has no columns; a temporary one is in no database. */
  private static String of(Identifier name, StatementContext context) {
    String in = name.qualifier();
    String database = in == null ? context.session().database() : in;
    return "database = " + string(database) + " AND table = " + string(name.last());
  }

  private static String columns(ShowColumns s, StatementContext context) {
    return "SELECT name AS field, type, if(startsWith(replaceOne(type, 'LowCardinality(', ''),"
        + " 'Nullable'), 'YES', 'NO') AS `null`, trimBoth(concat(if(is_in_primary_key,"
        + " 'PRI', ''), ' ', if(is_in_sorting_key, 'SOR', ''))) AS key, if(default_kind IN"
        + " ('ALIAS', 'DEFAULT', 'MATERIALIZED'), default_expression, NULL) AS default, ''"
        + " AS extra"
        + (s.full() ? ", NULL AS collation, comment, '' AS privileges" : "")
        + " FROM system.columns WHERE "
        + of(s.table(), context)
        + SystemQueries.like("name", s.pattern())
        + SystemQueries.and(s.where())
        + " ORDER BY field, type, `null`, key, default, extra"
        + SystemQueries.limit(s.limit());
  }

  private static final String REST =
      " 0 AS cardinality, NULL AS sub_part, NULL AS packed, NULL AS null, ";

  private static String indexes(ShowIndexes s, StatementContext context) {
    String of = of(s.table(), context);
    return "SELECT * EXCEPT keys FROM (SELECT table, 1 AS non_unique, 'PRIMARY' AS key_name,"
        + " if(primary_key = '', [''], splitByString(', ', primary_key)) AS keys,"
        + " toUInt64(arrayJoin(arrayEnumerate(keys))) AS seq_in_index,"
        + " keys[seq_in_index] AS pk_col,"
        + " 'A'::Nullable(String) AS collation,"
        + REST
        + "'PRIMARY' AS index_type, '' AS comment, '' AS index_comment, 'YES' AS visible,"
        + " '' AS expression FROM system.tables WHERE "
        + of
        + " UNION ALL SELECT table, 1, name, [], 1, '', NULL,"
        + REST
        + "upper(type), '', '', 'YES', expr FROM system.data_skipping_indices WHERE "
        + of
        + ") WHERE 1"
        + SystemQueries.and(s.where())
        + " ORDER BY index_type, seq_in_index, key_name";
  }
}
