package io.longhouse.function.aggregate;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.column.type.TupleType;
import java.util.List;

/** Expands dictionaries, at any depth of the arguments, before the function sees them. */
final class ExpandingDictionaries extends ForwardingAggregate {
  ExpandingDictionaries(AggregateFunction nested) {
    super(nested);
  }

  @Override
  public void add(
      GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
    nested.add(states, word, slot, groups, expand(arguments), rows);
  }

  @Override
  public void addToOne(
      GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
    nested.addToOne(states, word, slot, group, expand(arguments), rows);
  }

  @Override
  public boolean takesDictionaries() {
    return true;
  }

  private static Column[] expand(Column[] arguments) {
    Column[] out = new Column[arguments.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = expand(arguments[i]);
    }
    return out;
  }

  private static Column expand(Column c) {
    return switch (c) {
      case LowCardinalityColumn l -> l.plain();
      case ConstColumn k -> new ConstColumn(expand(k.value()), k.size());
      case ArrayColumn a -> new ArrayColumn(a.offsets(), expand(a.elements()), a.size());
      case TupleColumn t ->
          new TupleColumn(
              t.elements().stream().map(ExpandingDictionaries::expand).toList(), t.size());
      default -> c;
    };
  }

  /** The type with every dictionary, and every mark of an aggregate, replaced by what it holds. */
  static DataType strip(DataType type) {
    return switch (type) {
      case LowCardinalityType l -> l.nested();
      case SimpleAggregateFunctionType s -> strip(s.nested());
      case ArrayType a -> new ArrayType(strip(a.element()));
      case MapType m -> new MapType(strip(m.key()), strip(m.value()));
      case TupleType t -> new TupleType(stripAll(t.elements()), t.names());
      default -> type;
    };
  }

  static List<DataType> stripAll(List<DataType> types) {
    return types.stream().map(ExpandingDictionaries::strip).toList();
  }
}
