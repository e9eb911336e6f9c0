package io.longhouse.column.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.SparseColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.ValueBytes;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.column.type.UuidType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BulkSerializationTest {
  private static final DataType STRING = StringType.TYPE;
  private static final DataType U64 = IntegerType.UINT64;

  private static DataType nullable(DataType t) {
    return NullableType.orSame(t);
  }

  private static DataType low(DataType t) {
    return new LowCardinalityType(t);
  }

  private static DataType array(DataType t) {
    return new ArrayType(t);
  }

  /** The columns of {@code all.native}, which ClickHouse 26.7 wrote, in order. */
  private static final List<DataType> TYPES =
      List.of(
          IntegerType.UINT32,
          IntegerType.INT8,
          FloatType.FLOAT64,
          IntegerType.INT128,
          IntegerType.UINT256,
          STRING,
          new FixedStringType(4),
          nullable(U64),
          nullable(STRING),
          array(IntegerType.UINT8),
          array(array(IntegerType.UINT8)),
          array(nullable(STRING)),
          low(STRING),
          low(nullable(STRING)),
          array(low(STRING)),
          low(IntegerType.UINT16),
          new TupleType(List.of(U64, STRING)),
          new TupleType(List.of(U64, STRING), List.of("x", "y")),
          new MapType(STRING, U64),
          new MapType(low(STRING), array(U64)),
          DateType.TYPE,
          new DateTime64Type(3, ZoneId.of("UTC")),
          new EnumType(1, Map.of("a", 1, "b", 2)),
          UuidType.TYPE,
          Ipv6Type.TYPE,
          new DecimalType(38, 3),
          nullable(NothingType.TYPE),
          array(NothingType.TYPE),
          new TupleType(List.of()));

  @Test
  void readsAndWritesTheNativeFormatOfClickHouse() throws IOException {
    byte[] all;
    try (InputStream in = getClass().getResourceAsStream("all.native")) {
      all = in.readAllBytes();
    }
    var in = new ByteReader(new ByteArrayInputStream(all), 64);
    assertThat(in.readVarUInt()).isEqualTo(TYPES.size());
    int rows = (int) in.readVarUInt();
    for (DataType type : TYPES) {
      String name = in.readText(100);
      String written = in.readText(200);
      long from = in.count();
      Column column = WireForm.read(type, rows, in);
      assertThat(column.size()).isEqualTo(rows);
      var out = new ByteWriter(100);
      WireForm.write(type, column, out);
      assertThat(out.toByteArray())
          .as("%s %s", name, written)
          .isEqualTo(Arrays.copyOfRange(all, (int) from, (int) in.count()));
      if (!name.equals("tup") && !name.equals("emp") && !name.equals("nul")) {
        assertThat(type.name()).isEqualTo(written);
      }
    }
    assertThat(in.atEnd()).isTrue();
  }

  @Test
  void namesOfSubstreamsAreThoseOfClickHouse() {
    assertThat(names("s", STRING, true)).containsExactly("s.size", "s");
    assertThat(names("alc", array(low(STRING)), true))
        .containsExactly("alc.dict", "alc.size0", "alc");
    assertThat(compactNames("alc", array(low(STRING))))
        .containsExactly("alc.dict_prefix", "alc.size0", "alc.dict", "alc");
    assertThat(names("an", array(nullable(IntegerType.UINT8)), true))
        .containsExactly("an.size0", "an.null", "an");
    assertThat(names("m", new MapType(STRING, U64), true))
        .containsExactly("m.size0", "m%2Ekeys.size", "m%2Ekeys", "m%2Evalues");
    assertThat(names("nested.p", array(array(U64)), true))
        .containsExactly("nested.size0", "nested%2Ep.size1", "nested%2Ep");
    assertThat(names("un", new TupleType(List.of(U64, STRING)), false))
        .containsExactly("un%2E1", "un%2E2");
    assertThat(names("we.ird-na me", U64, true)).containsExactly("we%2Eird%2Dna%20me");
    var sparse =
        BulkSerialization.of(
            "ss", STRING, SerializationKind.SPARSE, BulkSerialization.Form.compact(true));
    assertThat(sparse.substreams().stream().map(Substream::name))
        .containsExactly("ss.sparse.idx", "ss.size", "ss");
  }

  private static List<String> names(String column, DataType type, boolean sized) {
    return BulkSerialization.of(
            column, type, SerializationKind.DEFAULT, BulkSerialization.Form.wide(sized))
        .substreams()
        .stream()
        .map(Substream::name)
        .toList();
  }

  private static List<String> compactNames(String column, DataType type) {
    return BulkSerialization.of(
            column, type, SerializationKind.DEFAULT, BulkSerialization.Form.compact(true))
        .substreams()
        .stream()
        .map(Substream::name)
        .toList();
  }

  @Test
  void everyTypeSurvivesItsSubstreamsInPiecesOfAnySize() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (DataType type : TYPES) {
      if (type instanceof TupleType t && t.elements().isEmpty()) {
        continue;
      }
      for (boolean sparse : new boolean[] {false, true}) {
        if (sparse && !DefaultValues.maySparse(type)) {
          continue;
        }
        Column column = WireForm.inLayout(type, random(type, 5000, random));
        var kind = sparse ? SerializationKind.SPARSE : SerializationKind.DEFAULT;
        var form = new BulkSerialization.Form(false, true, 50);
        var writer = BulkSerialization.of("c", type, kind, form);
        List<ByteWriter> streams = new ArrayList<>();
        writer.substreams().forEach(_ -> streams.add(new ByteWriter(64)));
        writer.writePrefix(streams::get);
        for (int from = 0; from < 5000; from += 500) {
          writer.write(column, from, 500, streams::get);
        }
        writer.writeSuffix(streams::get);

        var reader = BulkSerialization.of("c", type, kind, form);
        List<ByteReader> in = new ArrayList<>();
        streams.forEach(
            s -> in.add(new ByteReader(new ByteArrayInputStream(s.toByteArray()), 100)));
        reader.readPrefix(in::get);
        for (int from = 0; from < 5000; ) {
          int n = Math.min(5000 - from, random.nextInt(1, 1500));
          Column got = reader.read(n, in::get).full();
          assertThat(bytes(got, 0, n))
              .as("%s sparse=%s seed=%d from=%d n=%d", type, sparse, seed, from, n)
              .isEqualTo(bytes(column, from, n));
          from += n;
        }
        in.forEach(r -> assertThat(r.atEnd()).as("%s seed=%d", type, seed).isTrue());
      }
    }
  }

  @Test
  void partsOfATypeAreReadAlone() {
    var arrays = new ArrayColumn(new int[] {0, 2, 2, 5}, Int64Column.of(1, 2, 3, 4, 5), 3);
    var type = new ArrayType(U64);
    var form = BulkSerialization.Form.wide(true);
    var s = BulkSerialization.of("a", type, SerializationKind.DEFAULT, form);
    var streams = List.of(new ByteWriter(10), new ByteWriter(10));
    s.write(arrays, 0, 3, streams::get);
    BulkSerialization.Sub sizes = s.sub("size0");
    Column got =
        sizes
            .serialization()
            .read(3, i -> i == 0 ? new ByteReader(streams.get(0).toByteArray()) : null);
    assertThat(((Int64Column) got).values()).containsExactly(2, 0, 3);
    assertThat(s.sub("null")).isNull();

    var map = BulkSerialization.of("m", new MapType(STRING, U64), SerializationKind.DEFAULT, form);
    List<Integer> used = new ArrayList<>();
    map.sub("keys").serialization().collectSubstreams(used::add);
    assertThat(used.stream().map(i -> map.substreams().get(i).name()))
        .containsExactly("m.size0", "m%2Ekeys.size", "m%2Ekeys");
    assertThat(map.sub("keys").type()).isEqualTo(array(STRING));
  }

  @Test
  void sparseColumnsKeepOnlyWhatIsThere() {
    var type = IntegerType.UINT32;
    var s =
        BulkSerialization.of("x", type, SerializationKind.SPARSE, BulkSerialization.Form.NATIVE);
    int[] values = new int[100];
    values[3] = 7;
    values[99] = 8;
    var positions = new ByteWriter(10);
    var data = new ByteWriter(10);
    s.write(Int32Column.of(values), 0, 100, i -> i == 0 ? positions : data);
    assertThat(positions.toByteArray())
        .containsExactly(3, 95, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40);
    var p = new ByteReader(positions.toByteArray());
    var d = new ByteReader(data.toByteArray());
    var got = (SparseColumn) s.read(100, i -> i == 0 ? p : d);
    assertThat(Arrays.copyOf(got.positions(), 2)).containsExactly(3, 99);
    assertThat(((Int32Column) got.full()).values()).startsWith(0, 0, 0, 7).endsWith(8);
  }

  static byte[] bytes(Column c, int from, int length) {
    var out = new ByteWriter(100);
    for (int i = 0; i < length; i++) {
      ValueBytes.writeDelimited(c, from + i, out);
    }
    return out.toByteArray();
  }

  private static Column random(DataType type, int rows, Random random) {
    return switch (type) {
      case NullableType n -> {
        var b = n.newBuilder(rows);
        Column values = random(n.nested(), rows, random);
        for (int i = 0; i < rows; i++) {
          if (random.nextInt(4) == 0) {
            b.addNull();
          } else {
            b.append(values, i);
          }
        }
        yield b.build();
      }
      case LowCardinalityType l -> {
        Column values = random(l.nested(), 300, random);
        var b = new LowCardinalityColumn.Builder(l.nested().newBuilder(16), rows);
        for (int i = 0; i < rows; i++) {
          b.append(values, random.nextInt(300) * i / rows);
        }
        yield b.build();
      }
      case ArrayType a -> randomArrays(a.element(), rows, random);
      case MapType m -> randomArrays(m.entries().element(), rows, random);
      case TupleType t ->
          new io.longhouse.column.TupleColumn(
              t.elements().stream().map(e -> random(e, rows, random)).toList(), rows);
      default -> randomPlain(type, rows, random);
    };
  }

  private static Column randomArrays(DataType element, int rows, Random random) {
    int[] offsets = new int[rows + 1];
    for (int i = 0; i < rows; i++) {
      offsets[i + 1] = offsets[i] + random.nextInt(4);
    }
    return new ArrayColumn(offsets, random(element, offsets[rows], random), rows);
  }

  private static Column randomPlain(DataType type, int rows, Random random) {
    ColumnBuilder b = type.newBuilder(rows);
    if (b instanceof StringColumn.Builder s) {
      for (int i = 0; i < rows; i++) {
        byte[] v = new byte[random.nextInt(3) == 0 ? random.nextInt(40) : 0];
        random.nextBytes(v);
        s.add(v);
      }
      return s.build();
    }
    int width = BulkSerializationTestWidth.of(type);
    byte[] bytes = new byte[rows * width];
    for (int i = 0; i < rows; i++) {
      if (random.nextInt(3) == 0) {
        bytes[i * width] = (byte) random.nextInt();
        bytes[i * width + width - 1] = (byte) random.nextInt(64);
      }
    }
    return WireForm.read(type, rows, new ByteReader(bytes));
  }

  /** Bytes of a value of a type of fixed width. */
  private static final class BulkSerializationTestWidth {
    static int of(DataType type) {
      var out = new ByteWriter(10);
      WireForm.write(type, type.defaultValue(), out);
      return out.position();
    }
  }
}
