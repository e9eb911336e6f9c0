package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Header;
import io.longhouse.column.Int8Column;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.storage.index.MarkRange;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartColumn;
import io.longhouse.storage.part.PartRewrite;
import io.longhouse.storage.part.PartWriter;
import io.longhouse.storage.part.SerializationInfos;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Applies mutations to one part. Only changed columns of a Wide part are written and the files of
 * the others are linked; when rows go, or the part is Compact, everything is written.
 */
final class PartMutator {
  private static final String ROW_EXISTS = VirtualColumn.ROW_EXISTS.columnName();
  private static final int BLOCK_ROWS = 32_768;

  private final MergeTreeData data;
  private final DataPart part;
  private final MergeProgress progress;
  private final MergeTreeMetadata metadata;
  private final Map<String, String> renames;
  private final PartBuilder builder;

  /**
   * @param metadata what the commands are over
   * @param renames of its columns those that the part has under another name
   */
  PartMutator(
      MergeTreeData data,
      DataPart part,
      MergeTreeMetadata metadata,
      Map<String, String> renames,
      MergeProgress progress) {
    this.renames = renames;
    this.data = data;
    this.part = part;
    this.progress = progress;
    this.metadata = metadata;
    this.builder = new PartBuilder(data.disk(), metadata, data.settings(), data.keyCounts());
  }

  /** Writes the part as the commands, one after another, leave it. */
  void apply(List<MutationCommand> commands, String folder) {
    if (commands.stream().noneMatch(this::touches)) {
      Partitions.linkFiles(part.disk(), part.folder(), data.disk(), folder);
      return;
    }
    data.disk().createFolders(folder);
    boolean masked = part.columnType(ROW_EXISTS) != null;
    boolean rowsGo =
        commands.stream()
            .anyMatch(c ->
                c instanceof MutationCommand.Delete
                    || c instanceof MutationCommand.RewriteRows r && (masked || !r.onlyMasked()));
    if (rowsGo || !part.isWide()) {
      rewriteAll(commands, folder);
    } else {
      rewriteColumns(commands, folder);
    }
    builder.sync(List.of(folder));
  }

  /**
   * Whether a command changes anything in the part. Commands none of which finds a row of the part
   * as it is leave it as it is, so that its files are linked; the indexes say where to look.
   */
  private boolean touches(MutationCommand command) {
    Expr condition =
        switch (command) {
          case MutationCommand.Delete d -> d.condition();
          case MutationCommand.DeleteMask d -> d.condition();
          case MutationCommand.Update u -> u.condition();
          case MutationCommand.Rewrite _,
              MutationCommand.RewriteRows _,
              MutationCommand.Drop _,
              MutationCommand.Rename _ ->
              null;
        };
    if (condition == null || !renames.isEmpty()) {
      return true;
    }
    var places = new TreeSet<Integer>();
    MergeTreeMetadata.collectInputs(condition, places);
    ScanReader reader = reader(places, true);
    var only = new PartSnapshot(List.of(part));
    for (Morsel m : Morsel.of(Selection.of(only, metadata, condition).parts(), BLOCK_ROWS)) {
      progress.check();
      Block block = reader.read(m);
      if (block != null) {
        Rows rows = spread(block, places);
        if (matching(rows, condition, new int[rows.rows + 1]) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Reads columns of the table by their places, and which rows there are. */
  private ScanReader reader(Set<Integer> places, boolean rowsMayGo) {
    List<String> names = new ArrayList<>();
    places.forEach(i -> names.add(metadata.columns().get(i).name()));
    names.add(ROW_EXISTS);
    return new ScanReader(
        metadata, ScanColumns.resolve(metadata, names), null, Set.of(), _ -> renames, rowsMayGo);
  }

  /** Columns of the new part by name with their types: those of the old one and what is added. */
  private Map<String, DataType> columnsAfter(
      List<MutationCommand> commands, Set<String> changed, Map<String, String> oldNames) {
    Map<String, DataType> after = new LinkedHashMap<>();
    for (Header.Field f : part.columns()) {
      after.put(f.name(), f.type());
    }
    // Names as the table has them, also where a later mutation is to bring that about.
    renames.forEach((to, from) -> {
      if (from.isEmpty()) {
        after.remove(to);
      } else {
        rename(new MutationCommand.Rename("", null, from, to), after, oldNames);
      }
    });
    for (MutationCommand c : commands) {
      switch (c) {
        case MutationCommand.Delete _, MutationCommand.RewriteRows _ -> {}
        case MutationCommand.DeleteMask _ -> {
          after.put(ROW_EXISTS, IntegerType.UINT8);
          changed.add(ROW_EXISTS);
        }
        case MutationCommand.Update u ->
            u.values().keySet().forEach(i -> changes(metadata.columns().get(i), after, changed));
        case MutationCommand.Rewrite r -> {
          int place = metadata.place(r.column());
          if (place >= 0 && (r.value() != null || after.containsKey(r.column()))) {
            changes(metadata.columns().get(place), after, changed);
          }
        }
        case MutationCommand.Drop d -> {
          after.remove(d.column());
          changed.remove(d.column());
        }
        case MutationCommand.Rename r -> {
          if (after.containsKey(r.from())) {
            rename(r, after, oldNames);
          }
        }
      }
    }
    return after;
  }

  private static void changes(
      TableColumn column, Map<String, DataType> after, Set<String> changed) {
    after.put(column.name(), column.type());
    changed.add(column.name());
  }

  private static void rename(
      MutationCommand.Rename r, Map<String, DataType> after, Map<String, String> oldNames) {
    Map<String, DataType> renamed = new LinkedHashMap<>();
    after.forEach((name, type) -> renamed.put(name.equals(r.from()) ? r.to() : name, type));
    after.clear();
    after.putAll(renamed);
    String first = oldNames.remove(r.from());
    oldNames.put(r.to(), first == null ? r.from() : first);
  }

  private List<PartColumn> partColumns(Map<String, DataType> types) {
    Map<String, PartColumn> known = new HashMap<>();
    builder.partColumns().forEach(c -> known.put(c.name(), c));
    List<PartColumn> columns = new ArrayList<>();
    types.forEach((name, type) -> {
      PartColumn k = known.get(name);
      columns.add(
          new PartColumn(name, type, k == null ? builder.options().defaultCodec() : k.codec()));
    });
    return columns;
  }

  private void rewriteColumns(List<MutationCommand> commands, String folder) {
    Set<String> changed = new HashSet<>();
    Map<String, String> oldNames = new HashMap<>();
    Map<String, DataType> after = columnsAfter(commands, changed, oldNames);
    List<PartColumn> columns = partColumns(after);
    Map<String, SerializationInfos.Info> fresh = new HashMap<>();
    for (String name : changed) {
      DataType before = part.columnType(name);
      if (before == null || !Objects.equals(before, after.get(name))) {
        fresh.put(name, new SerializationInfos.Info(false, 0, part.rows(), List.of()));
      }
    }
    SerializationInfos old = part.serializationInfos();
    SerializationInfos infos =
        old.with(
            columns,
            new SerializationInfos(fresh, old.sizedStrings(), old.sizedNested()),
            oldNames);
    try (var rewrite =
        new PartRewrite(part, folder, columns, changed, oldNames, infos, builder.options())) {
      if (!changed.isEmpty()) {
        List<String> order =
            columns.stream().map(PartColumn::name).filter(changed::contains).toList();
        eachBlock(
            commands,
            order,
            false,
            b -> {
              Column[] values = new Column[order.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = b.named(order.get(i));
              }
              rewrite.write(values, b.rows);
            });
      }
      rewrite.finish(metadata.version());
    }
  }

  private void rewriteAll(List<MutationCommand> commands, String folder) {
    Set<String> changed = new HashSet<>();
    Map<String, String> oldNames = new HashMap<>();
    Map<String, DataType> after = columnsAfter(commands, changed, oldNames);
    after.remove(ROW_EXISTS);
    after.keySet().removeIf(name -> metadata.place(name) < 0);
    after.replaceAll((name, _) -> metadata.columns().get(metadata.place(name)).type());
    List<PartColumn> columns = partColumns(after);
    var options = builder.options();
    SerializationInfos infos =
        SerializationInfos.merge(
            columns,
            List.of(part.serializationInfos()),
            List.of(part.rows()),
            options.sparseRatio(),
            options.sizedStrings());
    try (PartWriter writer =
        PartWriter.open(
            part.isWide(), data.disk(), folder, columns, metadata.primaryTypes(), infos, options)) {
      List<String> all = metadata.columns().stream().map(TableColumn::name).toList();
      eachBlock(
          commands,
          all,
          true,
          b -> {
            Column[] values = new Column[columns.size()];
            for (int i = 0; i < values.length; i++) {
              values[i] = b.named(columns.get(i).name());
            }
            Column[] keys = MergedRows.keys(metadata, new Block(b.columns, b.rows));
            writer.write(values, Arrays.copyOf(keys, metadata.primaryKeySize()), b.rows);
          });
      writer.finish(builder.plainFiles(part.partition(), part.minMax()), metadata.version());
    }
  }

  /** Rows being changed: all columns of the table, of which some are not read. */
  private final class Rows {
    private Column[] columns;
    private Column exists;
    private int rows;

    Rows(Column[] columns, Column exists, int rows) {
      this.columns = columns;
      this.exists = exists;
      this.rows = rows;
    }

    Column named(String column) {
      return column.equals(ROW_EXISTS) ? exists.full() : columns[metadata.place(column)];
    }

    void keep(int[] selected, int count) {
      for (int i = 0; i < columns.length; i++) {
        columns[i] = columns[i].gather(selected, count);
      }
      exists = exists.gather(selected, count);
      rows = count;
    }
  }

  /** What is done with the rows of a block. */
  private interface RowsSink {
    void take(Rows rows);
  }

  private void eachBlock(
      List<MutationCommand> commands, List<String> needed, boolean rowsMayGo, RowsSink sink) {
    var places = new TreeSet<Integer>();
    needed.stream().map(metadata::place).filter(i -> i >= 0).forEach(places::add);
    for (MutationCommand c : commands) {
      inputsOf(c).forEach(e -> MergeTreeMetadata.collectInputs(e, places));
    }
    ScanReader reader = reader(places, rowsMayGo);
    var all = new PartRange(part, 0, 0, List.of(new MarkRange(0, part.granularity().count())));
    for (Morsel m : Morsel.of(List.of(all), BLOCK_ROWS)) {
      progress.check();
      Block block = reader.read(m);
      progress.read(m.rows());
      if (block == null) {
        continue;
      }
      Rows rows = spread(block, places);
      for (MutationCommand c : commands) {
        change(rows, c, rowsMayGo);
      }
      if (rows.rows > 0) {
        sink.take(rows);
        progress.wrote(rows.rows);
      }
    }
  }

  private static List<Expr> inputsOf(MutationCommand c) {
    List<Expr> all = new ArrayList<>();
    switch (c) {
      case MutationCommand.Delete d -> all.add(d.condition());
      case MutationCommand.DeleteMask d -> all.add(d.condition());
      case MutationCommand.Update u -> {
        all.add(u.condition());
        all.addAll(u.values().values());
      }
      case MutationCommand.Rewrite r -> {
        if (r.value() != null) {
          all.add(r.value());
        }
      }
      case MutationCommand.Drop _, MutationCommand.Rename _, MutationCommand.RewriteRows _ -> {}
    }
    return all;
  }

  private Rows spread(Block block, Set<Integer> places) {
    int rows = block.rows();
    Column[] columns = new Column[metadata.columns().size()];
    Arrays.fill(columns, new ConstColumn(Int8Column.of((byte) 0), rows));
    int at = 0;
    for (int place : places) {
      columns[place] = inLayout(place, block.column(at++));
    }
    return new Rows(columns, block.column(at).full(), rows);
  }

  private Column inLayout(int place, Column c) {
    return WireForm.inLayout(metadata.columns().get(place).type(), c);
  }

  private void change(Rows rows, MutationCommand command, boolean rowsMayGo) {
    if (rows.rows == 0) {
      return;
    }
    switch (command) {
      case MutationCommand.Delete d -> keepOthers(rows, d.condition());
      case MutationCommand.DeleteMask d -> {
        if (rowsMayGo) {
          keepOthers(rows, d.condition());
        } else {
          mask(rows, d.condition());
        }
      }
      case MutationCommand.Update u -> update(rows, u);
      case MutationCommand.Rewrite r -> {
        int place = metadata.place(r.column());
        if (r.value() != null && place >= 0) {
          Column c = new Program(List.of(r.value())).evaluateSingle(rows.columns, rows.rows);
          rows.columns[place] = inLayout(place, c);
        }
      }
      case MutationCommand.Drop _, MutationCommand.Rename _, MutationCommand.RewriteRows _ -> {}
    }
  }

  /**
   * The rows for which a condition is true; the rest of the array has no meaning. Of conditions
   * joined by AND, each is computed for the rows that those before it leave: the first may be a row
   * policy, and nothing is to be tried on the rows that it hides.
   */
  private static int matching(Rows rows, Expr condition, int[] out) {
    List<Expr> conditions = new ArrayList<>();
    addConjuncts(condition, conditions);
    int count = rows.rows;
    for (int i = 0; i < conditions.size() && count > 0; i++) {
      var program = new Program(List.of(conditions.get(i)));
      if (i == 0) {
        count = FilterMask.select(program.evaluateSingle(rows.columns, count), count, out);
      } else {
        Block some = new Block(rows.columns.clone(), rows.rows).select(out, count);
        int[] kept = new int[count + 1];
        int n = FilterMask.select(program.evaluate(some)[0], count, kept);
        for (int k = 0; k < n; k++) {
          out[k] = out[kept[k]];
        }
        count = n;
      }
    }
    return count;
  }

  private static void addConjuncts(Expr e, List<Expr> out) {
    if (e instanceof Expr.Call c && c.name().equals("and")) {
      c.arguments().forEach(a -> addConjuncts(a, out));
    } else {
      out.add(e);
    }
  }

  private static void keepOthers(Rows rows, Expr condition) {
    int[] gone = new int[rows.rows + 1];
    int count = matching(rows, condition, gone);
    if (count == 0) {
      return;
    }
    int[] kept = new int[rows.rows - count];
    int at = 0;
    int n = 0;
    for (int r = 0; r < rows.rows; r++) {
      if (at < count && gone[at] == r) {
        at++;
      } else {
        kept[n++] = r;
      }
    }
    rows.keep(kept, n);
  }

  private static void mask(Rows rows, Expr condition) {
    int[] gone = new int[rows.rows + 1];
    int count = matching(rows, condition, gone);
    byte[] exists = ((Int8Column) rows.exists.full()).values().clone();
    for (int i = 0; i < count; i++) {
      exists[gone[i]] = 0;
    }
    rows.exists = new Int8Column(exists, rows.rows);
  }

  private void update(Rows rows, MutationCommand.Update u) {
    int[] selected = new int[rows.rows + 1];
    int count = matching(rows, u.condition(), selected);
    if (count == 0) {
      return;
    }
    List<Integer> places = List.copyOf(u.values().keySet());
    Block some = new Block(rows.columns.clone(), rows.rows).select(selected, count);
    Column[] values =
        new Program(places.stream().map(p -> u.values().get(p)).toList()).evaluate(some);
    for (int i = 0; i < values.length; i++) {
      int place = places.get(i);
      rows.columns[place] =
          merged(rows.columns[place], inLayout(place, values[i]), selected, count);
    }
  }

  /** {@code old} with {@code fresh} at the selected rows. */
  private static Column merged(Column old, Column fresh, int[] selected, int count) {
    if (count == old.size()) {
      return fresh;
    }
    ColumnBuilder out = old.newBuilder(old.size());
    int next = 0;
    for (int i = 0; i < count; ) {
      out.appendRange(old, next, selected[i] - next);
      int end = i + 1;
      while (end < count && selected[end] == selected[end - 1] + 1) {
        end++;
      }
      out.appendRange(fresh, i, end - i);
      next = selected[end - 1] + 1;
      i = end;
    }
    out.appendRange(old, next, old.size() - next);
    return out.build();
  }
}
