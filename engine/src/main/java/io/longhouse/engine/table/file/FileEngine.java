package io.longhouse.engine.table.file;

import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.StorageClause;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code ENGINE = File(format[, path[, compression]])}. Without a path, the file is {@code
 * data.<format>} in the table's data directory.
 */
@Register(kind = TableEngine.class, name = "File", doc = "A file of a format as a table.")
final class FileEngine implements TableEngine {
  @Override
  public Table create(Definition d) {
    StorageClause storage = Objects.requireNonNull(d.statement().storage());
    FunctionCall call = Objects.requireNonNull(storage.engine());
    List<String> words = new ArrayList<>();
    for (Expression e : call.arguments()) {
      words.add(
          e.bare() instanceof Identifier id
              ? id.name()
              : d.analyzer().constant(e).type().textOf(d.analyzer().constant(e).value(), 0));
    }
    if (words.isEmpty() || words.size() > 3) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Storage File requires from 1 to 3 arguments: name of used format, source and"
              + " compression_method.");
    }
    FileFunction.checkFormat(words.getFirst());
    return table(d, storage, call, words);
  }

  @Override
  public @Nullable List<ColumnDefinition> inferredColumns(
      FunctionCall engine, TableId id, Analyzer analyzer, QueryContext context) {
    List<Expression> args = engine.arguments();
    if (args.size() < 2) {
      return null;
    }
    List<Expression> file = new ArrayList<>(List.of(args.get(1), args.get(0)));
    if (args.size() > 2) {
      file.add(Literal.of("auto"));
      file.add(args.get(2));
    }
    return analyzer.tableFunction(FunctionCall.call("file", file)).columns();
  }

  private static Table table(
      Definition d, StorageClause storage, FunctionCall call, List<String> words) {
    String format = words.getFirst();
    Path own = words.size() > 1 ? null : folder(d);
    Path path = own == null ? named(d, words.get(1)) : own.resolve("data." + format);
    var source = new FileSource(List.of(path), format, words.size() > 2 ? words.get(2) : "auto");
    Map<String, String> settings = new HashMap<>();
    for (Setting s : storage.settings()) {
      Expression value = s.value();
      if (value != null) {
        var c = d.analyzer().constant(value);
        settings.put(s.name(), c.type().textOf(c.value(), 0));
      }
    }
    return new FileTable(
        d.id(), d.columns(), source, settings, normalised(d.statement(), call, words), own);
  }

  private static Path named(Definition d, String path) {
    return UserFiles.of(d.context().require(LocalEngine.class).config()).resolve(path);
  }

  private static Path folder(Definition d) {
    Path folder = d.dataPath();
    if (folder == null) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "A File table without a path needs a data directory, and this server keeps none");
    }
    return folder;
  }

  /** The arguments as texts, as ClickHouse keeps them. */
  private static CreateTable normalised(CreateTable s, FunctionCall call, List<String> words) {
    List<Expression> texts = new ArrayList<>();
    words.forEach(w -> texts.add(Literal.of(w)));
    var engine = new FunctionCall(call.name(), null, texts, call.form(), call.nulls(), null);
    @Nullable StorageClause old = Objects.requireNonNull(s.storage());
    var storage =
        new StorageClause(
            engine,
            old.partitionBy(),
            old.primaryKey(),
            old.orderBy(),
            old.sampleBy(),
            old.uniqueKey(),
            old.ttl(),
            old.settings());
    return new CreateTable(
        s.head(),
        s.schema(),
        storage,
        s.source(),
        s.empty(),
        s.comment(),
        s.attachFrom(),
        s.attachAsReplicated());
  }

  @Override
  public boolean supportsSettings() {
    return true;
  }
}
