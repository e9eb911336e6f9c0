package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.LowCardinalityType;
import org.jspecify.annotations.Nullable;

/** From or to a dictionary. The values of a dictionary are converted, not the rows. */
final class DictionaryCast extends Cast {
  private final Cast inner;
  private final boolean encodes;
  private final DataType target;

  private DictionaryCast(Cast inner, boolean encodes, DataType target) {
    this.inner = inner;
    this.encodes = encodes;
    this.target = target;
  }

  static Cast of(DataType from, DataType to, Casts.Mode mode, FormatSettings settings) {
    DataType a = LowCardinalityType.strip(from);
    DataType b = LowCardinalityType.strip(to);
    return new DictionaryCast(Casts.of(a, b, mode, settings), to instanceof LowCardinalityType, to);
  }

  @Override
  public boolean mayThrow() {
    return inner.mayThrow();
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    if (!(source instanceof LowCardinalityColumn l)) {
      return encode(inner.apply(source, rows, failed).full(), rows);
    }
    if (failed != null || l.dictionary().size() > rows) {
      Column plain = inner.apply(l.plain(), rows, failed).full();
      return encodes ? encode(plain, rows) : plain;
    }
    Column converted = inner.apply(l.dictionary(), l.dictionary().size()).full();
    return encodes ? l.withDictionary(converted) : converted.gather(l.indexes(), rows);
  }

  private Column encode(Column values, int rows) {
    if (!encodes) {
      return values;
    }
    var b = target.newBuilder(rows);
    b.appendRange(values, 0, rows);
    return b.build();
  }
}
