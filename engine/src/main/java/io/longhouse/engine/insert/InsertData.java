package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.format.ExpressionEvaluator;
import io.longhouse.format.Formats;
import io.longhouse.format.InputFormat;
import io.longhouse.format.InputOptions;
import io.longhouse.format.MissingValues;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.parser.Parser;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of an INSERT that stand in the request: behind the statement, in its body, or both. */
public final class InsertData {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Insert insert;
  private final Table table;
  private final InsertPipeline pipeline;
  private final StatementContext context;

  public InsertData(Insert insert, Table table, InsertPipeline pipeline, StatementContext context) {
    this.insert = insert;
    this.table = table;
    this.pipeline = pipeline;
    this.context = context;
  }

  /**
   * Whether the client will send blocks: its protocol does, and nothing stands in the statement.
   */
  public static boolean comesAsBlocks(Insert insert, StatementContext context) {
    return context.request().data() == null && isBlank(inline(insert, context));
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t' && b != ';') {
        return false;
      }
    }
    return true;
  }

  private static byte[] inline(Insert insert, StatementContext context) {
    if (insert.dataOffset() < 0) {
      return new byte[0];
    }
    return ByteText.encode(context.text().substring(insert.dataOffset()));
  }

  /** Reads everything and makes it durable; on an error, nothing of the INSERT stays. */
  public void read() {
    byte[] inline = inline(insert, context);
    InputStream body = context.request().data();
    InputStream all =
        body == null
            ? new ByteArrayInputStream(inline)
            : inline.length == 0
                ? body
                : new SequenceInputStream(new ByteArrayInputStream(inline), body);
    var in = new ByteReader(all, BUFFER_BYTES);
    InputFormat format =
        Formats.input(
            format(),
            pipeline.header(),
            context.query().formatSettings(),
            in,
            new InputOptions(
                InputOptions.DEFAULT.blockRowsMax(), new Evaluator(context.analyzer()), 0));
    try {
      Block block;
      while ((block = format.read()) != null) {
        context.query().progress().readRows.add(block.rows());
        pipeline.write(withDefaults(block, format.missing()));
      }
      context.query().progress().readBytes.add(in.count());
      pipeline.finish();
    } catch (RuntimeException e) {
      pipeline.abort();
      throw e;
    }
  }

  private String format() {
    String named = insert.format();
    String behind = context.output().format();
    return named != null ? named : behind != null ? behind : "Values";
  }

  /** Puts the results of DEFAULT expressions where the input had no value. */
  private Block withDefaults(Block block, MissingValues missing) {
    if (missing.isEmpty()) {
      return block;
    }
    Header header = pipeline.header();
    Column[] columns = block.columns();
    for (int i = 0; i < header.size(); i++) {
      BitSet rows = missing.rows(i);
      ColumnDefinition c = table.column(header.name(i));
      Expression value = c == null ? null : c.defaultExpression();
      if (rows != null && value != null) {
        Expr e =
            context.analyzer().castTo(context.analyzer().resolve(value, header), header.type(i));
        Column computed = new Program(List.of(e)).evaluateSingle(columns, block.rows()).full();
        columns[i] = merge(columns[i], computed, rows, header.type(i), block.rows());
      }
    }
    return new Block(columns, block.rows());
  }

  private static Column merge(
      Column given, Column computed, BitSet rows, DataType type, int count) {
    ColumnBuilder out = type.newBuilder(count);
    for (int from = 0; from < count; ) {
      boolean isMissing = rows.get(from);
      int next = isMissing ? rows.nextClearBit(from) : rows.nextSetBit(from);
      int end = next < 0 || next > count ? count : next;
      out.appendRange(isMissing ? computed : given, from, end - from);
      from = end;
    }
    return out.build();
  }

  /** Expressions among VALUES. */
  private record Evaluator(Analyzer analyzer) implements ExpressionEvaluator {
    @Override
    public void evaluate(String expression, DataType type, ColumnBuilder out) {
      Expr.Constant c = analyzer.constant(Parser.parseExpression(expression));
      @Nullable Expr value =
          c.type() instanceof io.longhouse.column.type.NullableType
                  && !(type instanceof io.longhouse.column.type.NullableType)
              ? analyzer.nullAsDefault(c, type)
              : analyzer.castTo(c, type);
      out.append(Program.constant(value), 0);
    }
  }
}
