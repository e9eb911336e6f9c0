package io.longhouse.function.aggregate;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import org.jspecify.annotations.Nullable;

/**
 * Skips rows where an argument is NULL.
 *
 * <pre>
 * state = [flag: UInt8, whether there was a row without NULLs] inner state
 * </pre>
 *
 * The flag is there when the result is Nullable, and then the inner state follows only a 1; for
 * functions with a zero result over no rows and for those of several arguments it is there too but
 * always 1. The flag in memory is a word behind the inner function's.
 */
public final class SkippingNulls extends ForwardingAggregate {
  private final boolean resultNullable;
  private final boolean writesFlag;

  private SkippingNulls(AggregateFunction nested, boolean resultNullable, boolean writesFlag) {
    super(nested);
    this.resultNullable = resultNullable && nested.resultType().canBeInsideNullable();
    this.writesFlag = this.resultNullable || writesFlag;
  }

  /**
   * @param zeroWithoutRows whether the result over no rows is zero and not NULL
   */
  static SkippingNulls of(AggregateFunction nested, boolean zeroWithoutRows, int arguments) {
    return new SkippingNulls(nested, !zeroWithoutRows, zeroWithoutRows || arguments > 1);
  }

  /**
   * Around a function with a condition as its last argument: that alone makes no result NULL.
   *
   * @param onlyCondition whether no other argument is Nullable
   */
  static SkippingNulls ofConditional(
      AggregateFunction nested, boolean zeroWithoutRows, boolean onlyCondition) {
    boolean tuple = nested.resultType() instanceof TupleType;
    return new SkippingNulls(nested, !zeroWithoutRows && !onlyCondition && !tuple, zeroWithoutRows);
  }

  /** Around a function whose result is never NULL and whose state has no flag. */
  public static AggregateFunction withoutFlag(AggregateFunction nested) {
    return new SkippingNulls(nested, false, false);
  }

  @Override
  public DataType resultType() {
    return resultNullable ? NullableType.orSame(nested.resultType()) : nested.resultType();
  }

  @Override
  public int stateWords() {
    return nested.stateWords() + (resultNullable ? 1 : 0);
  }

  @Override
  public boolean takesDictionaries() {
    return nested.takesDictionaries();
  }

  @Override
  public void add(
      GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
    byte[] nulls = nulls(arguments, rows);
    Column[] inner = values(arguments);
    if (nulls != null) {
      int[] selected = notNull(nulls, rows);
      int count = selected.length;
      if (count == 0) {
        return;
      }
      int[] some = new int[count];
      for (int i = 0; i < count; i++) {
        some[i] = groups[selected[i]];
      }
      inner = gather(inner, selected);
      groups = some;
      rows = count;
    }
    nested.add(states, word, slot, groups, inner, rows);
    if (resultNullable) {
      long[] words = states.words();
      int stride = states.stride();
      int flag = word + nested.stateWords();
      for (int r = 0; r < rows; r++) {
        words[groups[r] * stride + flag] = 1;
      }
    }
  }

  @Override
  public void addToOne(
      GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
    byte[] nulls = nulls(arguments, rows);
    Column[] inner = values(arguments);
    if (nulls != null) {
      int[] selected = notNull(nulls, rows);
      inner = gather(inner, selected);
      rows = selected.length;
    }
    if (rows > 0) {
      nested.addToOne(states, word, slot, group, inner, rows);
      setFlag(states, word, group);
    }
  }

  /** 1 at rows where any argument is NULL; null when there is no such row. */
  private static byte @Nullable [] nulls(Column[] arguments, int rows) {
    byte[] all = null;
    boolean own = false;
    for (Column c : arguments) {
      if (c instanceof ConstColumn k && k.isNullAt(0)) {
        all = new byte[rows];
        java.util.Arrays.fill(all, (byte) 1);
        return all;
      }
      if (c instanceof NullableColumn n && n.hasNulls()) {
        if (all == null) {
          all = n.nulls();
        } else {
          all = own ? all : all.clone();
          own = true;
          byte[] more = n.nulls();
          for (int r = 0; r < rows; r++) {
            all[r] |= more[r];
          }
        }
      }
    }
    return all;
  }

  private static Column[] values(Column[] arguments) {
    Column[] out = new Column[arguments.length];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          switch (arguments[i]) {
            case NullableColumn n -> n.values();
            case ConstColumn k when k.value() instanceof NullableColumn n ->
                new ConstColumn(n.values(), k.size());
            default -> arguments[i];
          };
    }
    return out;
  }

  private static int[] notNull(byte[] nulls, int rows) {
    int[] selected = new int[rows];
    int count = 0;
    for (int r = 0; r < rows; r++) {
      selected[count] = r;
      count += nulls[r] == 0 ? 1 : 0;
    }
    return java.util.Arrays.copyOf(selected, count);
  }

  private static Column[] gather(Column[] columns, int[] selected) {
    Column[] out = new Column[columns.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = columns[i].gather(selected, selected.length);
    }
    return out;
  }

  private void setFlag(GroupStates states, int word, int group) {
    if (resultNullable) {
      states.words()[group * states.stride() + word + nested.stateWords()] = 1;
    }
  }

  private boolean flag(GroupStates states, int word, int group) {
    return !resultNullable
        || states.words()[group * states.stride() + word + nested.stateWords()] != 0;
  }

  @Override
  public void merge(
      GroupStates states,
      int word,
      int slot,
      int[] groups,
      GroupStates from,
      int fromWord,
      int fromSlot,
      int[] fromGroups,
      int count) {
    nested.merge(states, word, slot, groups, from, fromWord, fromSlot, fromGroups, count);
    if (resultNullable) {
      long[] to = states.words();
      long[] source = from.words();
      int flag = nested.stateWords();
      for (int i = 0; i < count; i++) {
        to[groups[i] * states.stride() + word + flag] |=
            source[fromGroups[i] * from.stride() + fromWord + flag];
      }
    }
  }

  @Override
  public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
    boolean flag = flag(states, word, group);
    if (writesFlag) {
      out.writeByte(flag ? 1 : 0);
    }
    if (flag) {
      nested.serialize(states, word, slot, group, out);
    }
  }

  @Override
  public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
    if (!writesFlag || in.readByte() != 0) {
      setFlag(states, word, group);
      nested.deserialize(states, word, slot, group, in);
    }
  }

  @Override
  public void result(
      GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
    if (!resultNullable) {
      nested.result(states, word, slot, first, count, out);
      return;
    }
    var nullable = (NullableColumn.Builder) out;
    for (int g = first; g < first + count; g++) {
      if (flag(states, word, g)) {
        nested.result(states, word, slot, g, 1, nullable.values());
        nullable.addedValue();
      } else {
        nullable.addNull();
      }
    }
  }
}
