package io.longhouse.function.expr;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.SparseColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Lambda;
import io.longhouse.function.LazyFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Expressions made ready for evaluation: equal sub-expressions share a step, so each is computed at
 * most once a block. Has no state of its own and may be used by many threads.
 */
public final class Program {
  private sealed interface Step {
    record Input(int index) implements Step {}

    record Constant(Column value) implements Step {}

    record Call(Expr.Call call, int[] arguments, boolean[] lazyArguments) implements Step {}

    record HigherOrder(Expr.HigherOrder call, Program body, int[] captures, int[] arguments)
        implements Step {}
  }

  private final List<Step> steps = new ArrayList<>();
  private final List<Expr> expressions = new ArrayList<>();
  private final Map<Expr, Integer> places = new HashMap<>();
  private final int[] outputs;

  public Program(List<Expr> expressions) {
    outputs = expressions.stream().mapToInt(this::place).toArray();
  }

  private int place(Expr e) {
    Integer known = places.get(e);
    if (known != null) {
      return known;
    }
    Step step =
        switch (e) {
          case Expr.Input i -> new Step.Input(i.index());
          case Expr.Constant c -> new Step.Constant(c.value());
          case Expr.Call c -> {
            int[] arguments = c.arguments().stream().mapToInt(this::place).toArray();
            boolean[] lazy = new boolean[arguments.length];
            for (int i = 0; i < lazy.length; i++) {
              lazy[i] = c.function() instanceof LazyFunction && c.arguments().get(i).mayThrow();
            }
            yield new Step.Call(c, arguments, lazy);
          }
          case Expr.HigherOrder h ->
              new Step.HigherOrder(
                  h,
                  new Program(List.of(h.lambda().body())),
                  h.lambda().captures().stream().mapToInt(this::place).toArray(),
                  h.arguments().stream().mapToInt(this::place).toArray());
        };
    steps.add(step);
    expressions.add(e);
    places.put(e, steps.size() - 1);
    return steps.size() - 1;
  }

  /** How many different values a row has on the way, constants included or not. */
  public int columnCount(boolean withConstants) {
    return (int) steps.stream().filter(s -> withConstants || !(s instanceof Step.Constant)).count();
  }

  /**
   * The results for a block, in the order of the expressions; constants stay {@code ConstColumn}.
   */
  public Column[] evaluate(Block block) {
    var run = new Run(block);
    Column[] results = new Column[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      results[i] = run.get(outputs[i]);
    }
    return results;
  }

  /** Evaluates the one expression of a program over columns of {@code rows} rows. */
  public Column evaluateSingle(Column[] inputs, int rows) {
    return new Run(new Block(inputs, rows)).get(outputs[0]);
  }

  /** The value of an expression without inputs, one row in full layout. */
  public static Column constant(Expr e) {
    return new Program(List.of(e)).evaluateSingle(new Column[0], 1).full();
  }

  /** One evaluation over one block; remembers each step's result. */
  private final class Run {
    private final Block block;
    private final int rows;
    private final @Nullable Column[] done = new Column[steps.size()];

    Run(Block block) {
      this.block = block;
      this.rows = block.rows();
    }

    Column get(int place) {
      Column known = done[place];
      if (known == null) {
        known = compute(steps.get(place));
        done[place] = known;
      }
      return known;
    }

    Program owner() {
      return Program.this;
    }

    private Column compute(Step step) {
      return switch (step) {
        case Step.Input i -> {
          Column c = block.column(i.index());
          yield c instanceof SparseColumn ? c.full() : c;
        }
        case Step.Constant c -> new ConstColumn(c.value(), rows);
        case Step.Call c -> call(c);
        case Step.HigherOrder h -> higherOrder(h);
      };
    }

    private Column call(Step.Call c) {
      if (c.call().function() instanceof LazyFunction f && anyLazy(c.lazyArguments())) {
        var lazy = new LazyFunction.LazyArgument[c.arguments().length];
        for (int i = 0; i < lazy.length; i++) {
          lazy[i] = new Argument(this, c.arguments()[i], c.lazyArguments()[i]);
        }
        return f.evaluateLazily(lazy, rows);
      }
      Column[] arguments = new Column[c.arguments().length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = get(c.arguments()[i]);
      }
      return c.call().function().evaluate(arguments, rows);
    }

    private Column higherOrder(Step.HigherOrder h) {
      Column[] captures = new Column[h.captures().length];
      for (int i = 0; i < captures.length; i++) {
        captures[i] = get(h.captures()[i]);
      }
      Column[] arguments = new Column[h.arguments().length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = get(h.arguments()[i]).full();
      }
      return h.call().function().evaluate(new BoundLambda(h, captures), arguments, rows);
    }
  }

  private static boolean anyLazy(boolean[] lazy) {
    for (boolean b : lazy) {
      if (b) {
        return true;
      }
    }
    return false;
  }

  private record Argument(Run run, int place, boolean mayThrow)
      implements LazyFunction.LazyArgument {
    @Override
    public Column all() {
      return run.get(place);
    }

    @Override
    public Column at(int[] rows, int count) {
      if (!mayThrow || run.done[place] != null) {
        return all().gather(rows, count);
      }
      if (count == 0) {
        return run.owner().expressions.get(place).type().newBuilder(0).build();
      }
      return run.owner().new Run(run.block.select(rows, count)).get(place);
    }
  }

  private record BoundLambda(Step.HigherOrder h, Column[] captures) implements Lambda {
    @Override
    public DataType resultType() {
      return h.call().lambda().body().type();
    }

    @Override
    public int parameterCount() {
      return h.call().lambda().parameters().size();
    }

    @Override
    public Column apply(Column[] parameters, int[] outerRows, int rows) {
      Column[] inputs = new Column[parameters.length + captures.length];
      System.arraycopy(parameters, 0, inputs, 0, parameters.length);
      for (int i = 0; i < captures.length; i++) {
        inputs[parameters.length + i] = captures[i].gather(outerRows, rows);
      }
      return h.body().evaluateSingle(inputs, rows);
    }
  }
}
