package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.column.type.UuidType;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.Granularity;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Columns that every MergeTree table has without storing them. */
public enum VirtualColumn {
  PART("_part"),
  PART_INDEX("_part_index"),
  PART_STARTING_OFFSET("_part_starting_offset"),
  PART_UUID("_part_uuid"),
  PARTITION_ID("_partition_id"),
  SAMPLE_FACTOR("_sample_factor"),
  PART_OFFSET("_part_offset"),
  PART_GRANULE_OFFSET("_part_granule_offset"),
  PART_DATA_VERSION("_part_data_version"),
  DISK_NAME("_disk_name"),
  PARTITION_VALUE("_partition_value"),
  ROW_EXISTS("_row_exists"),
  BLOCK_NUMBER("_block_number"),
  BLOCK_OFFSET("_block_offset");

  private static final DataType TEXT = new LowCardinalityType(StringType.TYPE);

  private final String columnName;

  VirtualColumn(String columnName) {
    this.columnName = columnName;
  }

  /** As a query names it. */
  public String columnName() {
    return columnName;
  }

  static @Nullable VirtualColumn find(String name) {
    for (VirtualColumn v : values()) {
      if (v.columnName.equals(name)) {
        return v;
      }
    }
    return null;
  }

  /** The type, which for {@code _partition_value} follows from the table. */
  public DataType type(MergeTreeMetadata metadata) {
    return switch (this) {
      case PART, PARTITION_ID, DISK_NAME -> TEXT;
      case PART_UUID -> UuidType.TYPE;
      case PARTITION_VALUE -> new TupleType(metadata.partitionTypes());
      case SAMPLE_FACTOR -> FloatType.FLOAT64;
      case ROW_EXISTS -> IntegerType.UINT8;
      case PART_INDEX,
          PART_OFFSET,
          PART_STARTING_OFFSET,
          PART_GRANULE_OFFSET,
          PART_DATA_VERSION,
          BLOCK_NUMBER,
          BLOCK_OFFSET ->
          IntegerType.UINT64;
    };
  }

  /** The values for granules {@code [from, to)}. */
  Column values(PartRange range, int from, int to) {
    DataPart part = range.part();
    Granularity granularity = part.granularity();
    int rows = (int) granularity.rowsBetween(from, to);
    return switch (this) {
      case PART -> text(part.name().toString(), rows);
      case PARTITION_ID -> text(part.name().partitionId(), rows);
      case DISK_NAME -> text(part.disk().name(), rows);
      case PART_INDEX -> number(range.index(), rows);
      case PART_UUID -> new ConstColumn(new WideColumn(new long[2], 2, 1), rows);
      case PARTITION_VALUE -> new ConstColumn(new TupleColumn(part.partition(), 1), rows);
      case SAMPLE_FACTOR -> new ConstColumn(new Float64Column(new double[] {1}, 1), rows);
      case ROW_EXISTS -> new ConstColumn(Int8Column.of((byte) 1), rows);
      case PART_STARTING_OFFSET -> number(range.startRow(), rows);
      case PART_DATA_VERSION -> number(part.name().dataVersion(), rows);
      case BLOCK_NUMBER -> number(part.name().minBlock(), rows);
      case PART_OFFSET, BLOCK_OFFSET -> {
        long[] v = new long[rows];
        long start = granularity.start(from);
        for (int i = 0; i < rows; i++) {
          v[i] = start + i;
        }
        yield new Int64Column(v, rows);
      }
      case PART_GRANULE_OFFSET -> {
        long[] v = new long[rows];
        int at = 0;
        for (int g = from; g < to; g++) {
          int n = granularity.rowsOf(g);
          java.util.Arrays.fill(v, at, at + n, g);
          at += n;
        }
        yield new Int64Column(v, rows);
      }
    };
  }

  private static Column text(String value, int rows) {
    var dictionary = StringColumn.of(value.getBytes(StandardCharsets.UTF_8));
    return new ConstColumn(new LowCardinalityColumn(dictionary, new int[1], 1), rows);
  }

  private static Column number(long value, int rows) {
    return new ConstColumn(Int64Column.of(value), rows);
  }
}
