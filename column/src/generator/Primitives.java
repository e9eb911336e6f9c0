import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the six primitive columns, which differ in nothing but their element type.
 *
 * <pre>java column/src/generator/Primitives.java [--verify]</pre>
 */
final class Primitives {
  private record Kind(String name, String type, int bytes, String zero, String newArray, String what) {}

  private static final Kind[] KINDS = {
    new Kind("Int8Column", "byte", 1, "(byte) 0", "Scratch.bytes(count)", "(U)Int8, Bool, Enum8"),
    new Kind("Int16Column", "short", 2, "(short) 0", "new short[count]", "(U)Int16, Date, Enum16, BFloat16"),
    new Kind("Int32Column", "int", 4, "0", "Scratch.ints(count)", "(U)Int32, DateTime, Date32, IPv4, Decimal32"),
    new Kind("Int64Column", "long", 8, "0L", "Scratch.longs(count)", "(U)Int64, DateTime64, Decimal64, Interval"),
    new Kind("Float32Column", "float", 4, "0f", "new float[count]", "Float32"),
    new Kind("Float64Column", "double", 8, "0d", "Scratch.doubles(count)", "Float64"),
  };

  private static final String TEMPLATE =
      """
      // Written by column/src/generator/Primitives.java.
      package io.longhouse.column;

      import java.util.Arrays;

      /** {what}: {bytes} bytes a value. */
      public final class {name} implements Column {
        private final {type}[] values;
        private final int size;

        public {name}({type}[] values, int size) {
          this.values = values;
          this.size = size;
        }

        /** A column of exactly these values. */
        public static {name} of({type}... values) {
          return new {name}(values, values.length);
        }

        /** At least {@code size()} values; not to be written. */
        public {type}[] values() {
          return values;
        }

        @Override
        public int size() {
          return size;
        }

        @Override
        public long retainedBytes() {
          return {bytes}L * values.length + 24;
        }

        @Override
        public Column slice(int from, int length) {
          return new {name}(Arrays.copyOfRange(values, from, from + length), length);
        }

        @Override
        public Column gather(int[] rows, int count) {
          {type}[] out = {newArray};
          for (int i = 0; i < count; i++) {
            out[i] = values[rows[i]];
          }
          return new {name}(out, count);
        }

        @Override
        public Builder newBuilder(int capacity) {
          return new Builder(capacity);
        }

        /** Grows the array. */
        public static final class Builder implements ColumnBuilder {
          private {type}[] values;
          private int size;

          public Builder(int capacity) {
            values = new {type}[Math.max(8, capacity)];
          }

          public void add({type} value) {
            if (size == values.length) {
              values = Arrays.copyOf(values, Capacity.grown(size, size + 1L, {bytes}));
            }
            values[size++] = value;
          }

          private void reserve(int count) {
            long needed = (long) size + count;
            if (needed > values.length) {
              values = Arrays.copyOf(values, Capacity.grown(values.length, needed, {bytes}));
            }
          }

          @Override
          public int size() {
            return size;
          }

          @Override
          public void append(Column source, int row) {
            switch (source) {
              case {name} c -> add(c.values[row]);
              case ConstColumn c -> append(c.value(), 0);
              case LowCardinalityColumn c -> append(c.dictionary(), c.indexes()[row]);
              case NullableColumn c -> append(c.values(), row);
              case SparseColumn c -> {
                int at = c.valueIndex(row);
                if (at < 0) {
                  add({zero});
                } else {
                  append(c.values(), at);
                }
              }
              default -> throw new IllegalArgumentException("no {type} in " + source.getClass());
            }
          }

          @Override
          public void appendRange(Column source, int from, int length) {
            if (source instanceof {name} c) {
              reserve(length);
              System.arraycopy(c.values, from, values, size, length);
              size += length;
            } else {
              for (int i = 0; i < length; i++) {
                append(source, from + i);
              }
            }
          }

          @Override
          public void appendDefault(int count) {
            reserve(count);
            Arrays.fill(values, size, size + count, {zero});
            size += count;
          }

          @Override
          public void truncate(int newSize) {
            size = newSize;
          }

          @Override
          public long retainedBytes() {
            return {bytes}L * values.length;
          }

          @Override
          public {name} build() {
            var built = new {name}(values, size);
            values = new {type}[8];
            size = 0;
            return built;
          }
        }
      }
      """;

  public static void main(String[] args) throws IOException {
    boolean verify = args.length > 0 && args[0].equals("--verify");
    for (Kind k : KINDS) {
      String text =
          TEMPLATE
              .replace("{name}", k.name)
              .replace("{type}", k.type)
              .replace("{bytes}", Integer.toString(k.bytes))
              .replace("{zero}", k.zero)
              .replace("{newArray}", k.newArray)
              .replace("{what}", k.what);
      Path path = Path.of("column/src/main/java/io/longhouse/column", k.name + ".java");
      if (!verify) {
        Files.writeString(path, text);
      } else if (!Files.readString(path).equals(text)) {
        System.err.println(path + " differs from its generator");
        System.exit(1);
      }
    }
  }

  private Primitives() {}
}
