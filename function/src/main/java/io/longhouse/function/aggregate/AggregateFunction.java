package io.longhouse.function.aggregate;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate function resolved for its parameters and argument types.
 *
 * <p>Every method gets the place of the function's state: {@code word} is the offset of its first
 * word inside a group's words, {@code slot} its first object slot. The words of group g are {@code
 * states.words()[g * states.stride() + word ...]}.
 */
public interface AggregateFunction {
  DataType resultType();

  /** The type of its states when that is another function's. */
  default @Nullable DataType stateType() {
    return null;
  }

  /** Words of fixed-width state a group has; may be 0. */
  int stateWords();

  /** Object slots a group has; 0 or more. */
  int stateObjects();

  /**
   * Adds rows {@code 0 .. rows - 1}, row r to group {@code groups[r]}. The groups exist already.
   * Arguments are full or constant columns in the argument types' layouts; dictionaries are
   * expanded unless {@link #takesDictionaries}.
   */
  void add(GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows);

  /** Adds all rows to one group. Functions that have a faster loop for it override this. */
  default void addToOne(
      GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
    int[] groups = new int[rows];
    if (group != 0) {
      java.util.Arrays.fill(groups, group);
    }
    add(states, word, slot, groups, arguments, rows);
  }

  /**
   * Merges the state of group {@code fromGroups[i]} of {@code from} into group {@code groups[i]}.
   */
  void merge(
      GroupStates states,
      int word,
      int slot,
      int[] groups,
      GroupStates from,
      int fromWord,
      int fromSlot,
      int[] fromGroups,
      int count);

  /** Writes one state in ClickHouse's form. */
  void serialize(GroupStates states, int word, int slot, int group, ByteWriter out);

  /** Reads a state into a group that is empty. */
  void deserialize(GroupStates states, int word, int slot, int group, ByteReader in);

  /** Moves behind one serialised state. */
  default void skip(ByteReader in) {
    deserialize(GroupStates.of(this, 1), 0, 0, 0, in);
  }

  /** Appends the results of {@code count} groups from {@code first} on. */
  void result(GroupStates states, int word, int slot, int first, int count, ColumnBuilder out);

  /** Whether {@link #add} accepts dictionary-encoded columns. */
  default boolean takesDictionaries() {
    return false;
  }

  /**
   * Whether a state may refer to arrays of the columns that were added; if not, they can be used
   * again.
   */
  default boolean keepsArguments() {
    return stateObjects() > 0;
  }
}
