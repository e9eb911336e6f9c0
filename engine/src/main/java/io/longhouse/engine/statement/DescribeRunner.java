package io.longhouse.engine.statement;

import io.longhouse.column.Block;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.serial.Subcolumns;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.SecretText;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.system.CellValues;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.combine.AliasTable;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Describe;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code DESCRIBE} of a table, a table function or a query. */
@Register(kind = StatementRunner.class, name = "Describe")
final class DescribeRunner implements StatementRunner {
  /** The first protocol revision after ClickHouse 18.16's. */
  private static final int COMMENT_REVISION = 54413;

  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    Settings settings = context.query().settings();
    List<ColumnDefinition> columns = new ArrayList<>();
    List<ColumnDefinition> virtual = new ArrayList<>();
    switch (((Describe) statement).table().source()) {
      case TableExpression.NamedTable n -> of(table(n.name(), context), columns, virtual);
      case TableExpression.TableFunction f ->
          of(context.analyzer().tableFunction(f.call()), columns, virtual);
      case TableExpression.Derived d ->
          context.analyzer().analyze(d.query()).header().fields().stream()
              .map(f -> ColumnDefinition.of(f.name(), f.type()))
              .forEach(columns::add);
    }
    boolean withVirtual = settings.isOn("describe_include_virtual_columns");
    boolean withSubcolumns = settings.isOn("describe_include_subcolumns");
    var rows =
        new Rows(
            settings.isOn("describe_compact_output"),
            expectsOldNames(context.session().client()),
            withSubcolumns,
            withVirtual,
            settings.isOn("print_pretty_type_names"));
    columns.forEach(c -> rows.add(c, false, false));
    if (withVirtual) {
      virtual.forEach(c -> rows.add(c, false, true));
    }
    if (withSubcolumns) {
      columns.forEach(rows::addSubcolumns);
    }
    return rows.result();
  }

  private static void of(
      Table table, List<ColumnDefinition> columns, List<ColumnDefinition> virtual) {
    columns.addAll(table.columns());
    virtual.addAll(table.virtualColumns());
    for (String place : List.of("_table", "_database")) {
      if (table.column(place) == null && !table.id().database().equals("_table_function")) {
        virtual.add(ColumnDefinition.of(place, new LowCardinalityType(StringType.TYPE)));
      }
    }
  }

  private static Table table(Identifier name, StatementContext context) {
    String in = name.qualifier();
    Table found = context.tables().find(in, name.last());
    if (found != null) {
      return found instanceof AliasTable a ? a.target() : found;
    }
    String database = in == null ? context.session().database() : in;
    context.catalog().require(database);
    throw new LonghouseException(
        ErrorCode.UNKNOWN_TABLE, "Table " + database + "." + name.last() + " does not exist");
  }

  /** Servers of 2018 ask for a table's columns by the names that they give these. */
  private static boolean expectsOldNames(ClientInfo client) {
    return client.protocol() == ClientInfo.Protocol.TCP && client.tcpRevision() < COMMENT_REVISION;
  }

  private static final class Rows {
    private static final List<String> OLD_NAMES =
        List.of("name", "type", "default_type", "default_expression", "comment_expression");

    private static final List<String> NAMES =
        List.of(
            "name",
            "type",
            "default_type",
            "default_expression",
            "comment",
            "codec_expression",
            "ttl_expression");

    private final Header header;
    private final List<ColumnBuilder> builders;
    private final List<String> names;
    private final boolean compact;
    private final boolean subcolumns;
    private final boolean virtual;
    private final boolean pretty;
    private int rows;

    Rows(boolean compact, boolean old, boolean subcolumns, boolean virtual, boolean pretty) {
      this.names = compact ? NAMES.subList(0, 2) : old ? OLD_NAMES : NAMES;
      this.compact = compact;
      this.subcolumns = subcolumns;
      this.virtual = virtual;
      this.pretty = pretty;
      List<Header.Field> fields = new ArrayList<>();
      for (String n : names) {
        fields.add(new Header.Field(n, StringType.TYPE));
      }
      if (subcolumns) {
        fields.add(new Header.Field("is_subcolumn", IntegerType.UINT8));
      }
      if (virtual) {
        fields.add(new Header.Field("is_virtual", IntegerType.UINT8));
      }
      this.header = new Header(fields);
      this.builders = header.newBuilders(16);
    }

    void addSubcolumns(ColumnDefinition c) {
      for (String name : Subcolumns.names(c.type())) {
        var part = Subcolumns.find(c.type(), name);
        if (part != null) {
          add(ColumnDefinition.of(c.name() + "." + name, part.type()), true, false);
        }
      }
    }

    void add(ColumnDefinition c, boolean isSubcolumn, boolean isVirtual) {
      String type = pretty ? PrettyTypes.of(c.type()) : c.type().name();
      List<@Nullable Object> cells = new ArrayList<>(Arrays.asList(c.name(), type));
      if (!compact) {
        cells.add(c.defaultKind() == null ? "" : c.defaultKind().name());
        cells.add(text(c.defaultExpression()));
        cells.add(c.comment());
      }
      if (names.size() == NAMES.size()) {
        cells.add(
            c.codec() == null
                ? ""
                : c.codec().arguments().stream()
                    .map(Formatter::formatOneLine)
                    .collect(Collectors.joining(", ")));
        cells.add(text(c.ttl()));
      }
      if (subcolumns) {
        cells.add(isSubcolumn ? 1 : 0);
      }
      if (virtual) {
        cells.add(isVirtual ? 1 : 0);
      }
      for (int i = 0; i < cells.size(); i++) {
        CellValues.append(cells.get(i), header.type(i), builders.get(i));
      }
      rows++;
    }

    private static String text(@Nullable Expression e) {
      return e == null ? "" : SecretText.masked(Formatter.formatOneLine(e));
    }

    StatementResult result() {
      var block = new Block(builders.stream().map(ColumnBuilder::build).toList(), rows);
      return new StatementResult.Rows(header, List.of(block));
    }
  }
}
