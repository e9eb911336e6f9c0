package io.longhouse.engine.dictionary;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.StorageClause;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code ENGINE = Dictionary(name)}: some columns of a dictionary as a table. */
@Register(kind = TableEngine.class, name = "Dictionary", doc = "A dictionary as a table.")
final class DictionaryEngine implements TableEngine {
  @Override
  public Table create(Definition d) {
    StorageClause storage = Objects.requireNonNull(d.statement().storage());
    FunctionCall call = Objects.requireNonNull(storage.engine());
    if (call.arguments().size() != 1) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Storage Dictionary requires single parameter: name of dictionary");
    }
    Expression e = call.arguments().getFirst().bare();
    String name =
        e instanceof Identifier id
            ? id.name()
            : e instanceof Literal.StringLiteral s ? s.value() : "";
    return new OfDictionary(d.id(), d.columns(), normalised(d.statement(), storage, name), name);
  }

  /** The dictionary's name as a text, as ClickHouse keeps it. */
  private static CreateTable normalised(CreateTable s, StorageClause storage, String name) {
    var named =
        new StorageClause(
            FunctionCall.call("Dictionary", Literal.of(name)),
            null,
            null,
            null,
            null,
            null,
            List.of(),
            storage.settings());
    return new CreateTable(s.head(), s.schema(), named, null, false, s.comment(), null, null);
  }

  private static final class OfDictionary implements Table {
    private volatile TableId id;
    private final List<ColumnDefinition> columns;
    private final CreateTable definition;
    private final String dictionary;

    OfDictionary(
        TableId id, List<ColumnDefinition> columns, CreateTable definition, String dictionary) {
      this.id = id;
      this.columns = List.copyOf(columns);
      this.definition = definition;
      this.dictionary = dictionary;
    }

    @Override
    public TableId id() {
      return id;
    }

    @Override
    public String engine() {
      return "Dictionary";
    }

    @Override
    public List<ColumnDefinition> columns() {
      return columns;
    }

    @Override
    public CreateStatement definition() {
      return definition;
    }

    @Override
    public Scan scan(ScanRequest request, QueryContext context) {
      DictionaryTable d = Dictionaries.require(dictionary, context);
      for (ColumnDefinition c : columns) {
        ColumnDefinition own = d.column(c.name());
        if (own == null || !own.type().equals(c.type())) {
          throw new LonghouseException(
              ErrorCode.THERE_IS_NO_COLUMN,
              "Dictionary " + d.id() + " has no column " + c.name() + " " + c.type().name());
        }
      }
      return d.scan(request, context);
    }

    @Override
    public @Nullable Table showsRowsOf(QueryContext context) {
      return Dictionaries.find(dictionary, context);
    }

    @Override
    public void renamed(TableId newId) {
      id = newId;
    }
  }
}
