package io.longhouse.compat.isolation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the owner runs before A comes: tables, rows, users, policies. Of all choices those about A
 * follow from the round's seed, those about B from the seed and the world's number.
 */
final class SetUp {
  private static final int BATCHES_OF_A = 3;

  private final PolicyModel model;
  private final Draw ofA;
  private final Draw ofB;
  private final SplittableRandom order;
  private final int world;
  private final List<String> out = new ArrayList<>();

  private SetUp(PolicyModel model, long seed, int world) {
    this.model = model;
    this.world = world;
    this.ofA = new Draw(seed);
    this.ofB = new Draw(seed * 31 + 7 + world);
    this.order = new SplittableRandom(seed * 17 + world);
  }

  static List<String> statements(PolicyModel model, long seed, int world) {
    var made = new SetUp(model, seed, world);
    made.tables();
    made.showing();
    TableShape.FILLED.forEach(made::fill);
    made.settle();
    made.users();
    return made.out;
  }

  private void tables() {
    out.add("CREATE DATABASE app");
    out.add("CREATE DATABASE mine");
    out.add("CREATE DATABASE side ENGINE = Memory");
    for (TableShape t : TableShape.FILLED) {
      out.add(
          "CREATE TABLE app.%s (%s) ENGINE = %s"
              .formatted(t.name(), ColumnShape.declarations(), t.engine()));
    }
  }

  private void showing() {
    String few = "tenant, owner, id, n, s, ls";
    String fewTyped =
        "tenant UInt32, owner LowCardinality(String), id UInt32, n Int64, s String,"
            + " ls LowCardinality(String)";
    out.add("CREATE VIEW app.viewed AS SELECT * FROM app.cut WHERE b != 6");
    out.add(
        "CREATE VIEW app.viewed_twice AS SELECT "
            + few
            + " FROM (SELECT *, row_number() OVER (PARTITION BY tenant ORDER BY id) AS r FROM"
            + " app.viewed) WHERE r < 1000");
    out.add(
        "CREATE TABLE app.inner_rows (" + fewTyped + ") ENGINE = MergeTree ORDER BY (tenant, id)");
    out.add(
        "CREATE MATERIALIZED VIEW app.materialized TO app.inner_rows AS SELECT "
            + few
            + " FROM app.wide");
    out.add("CREATE TABLE app.target (" + fewTyped + ") ENGINE = MergeTree ORDER BY id");
    out.add(
        "CREATE MATERIALIZED VIEW app.materialized_to TO app.target AS SELECT "
            + few
            + " FROM app.compact");
    out.add(
        "CREATE TABLE app.inner_states (tenant UInt32, owner LowCardinality(String),"
            + " c AggregateFunction(count), sn AggregateFunction(sum, Int64),"
            + " us AggregateFunction(uniq, String)) ENGINE = AggregatingMergeTree ORDER BY (tenant,"
            + " owner)");
    out.add(
        "CREATE MATERIALIZED VIEW app.aggregated TO app.inner_states AS SELECT tenant, owner,"
            + " countState() AS c, sumState(n) AS sn, uniqState(s) AS us FROM app.wide GROUP BY"
            + " tenant, owner");
    out.add(
        "CREATE TABLE app.buffered AS app.plain ENGINE = Buffer(app, plain, 1, 10000, 10000,"
            + " 1000000, 1000000, 100000000, 100000000)");
    out.add(
        "CREATE TABLE app.distributed AS app.wide ENGINE ="
            + " Distributed('test_shard_localhost', app, wide)");
    out.add("CREATE TABLE app.merged AS app.wide ENGINE = Merge(app, '^(wide|compact|tiny)$')");
    out.add("CREATE TABLE app.joined (" + fewTyped + ") ENGINE = Join(ANY, LEFT, id)");
    out.add(
        "CREATE DICTIONARY app.dictionary (tenant UInt32, owner String, id UInt32, n Int64,"
            + " s String, ls String) PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE 'joined' DB 'app'))"
            + " LAYOUT(HASHED()) LIFETIME(0)");
  }

  /** Batches of A in their order, with rows of B within and batches of B between. */
  private void fill(TableShape t) {
    int id = 1;
    for (int batch = 0; batch < BATCHES_OF_A; batch++) {
      batchesOfB(t);
      int count = ofA.between(1, 6);
      boolean mixed = ofA.percent(70);
      List<String> rows = Rows.someOfA(id, count, ofA);
      id += count;
      insert(t, mixed ? mixed(rows) : rows);
    }
    batchesOfB(t);
  }

  private void batchesOfB(TableShape t) {
    int batches = world == 0 ? ofB.below(2) : ofB.below(4);
    for (int i = 0; i < batches; i++) {
      insert(t, Rows.someOfB(ofB.between(1, world == 0 ? 4 : 12), ofB));
    }
  }

  /** Rows of B among those of A, which keep their order. */
  private List<String> mixed(List<String> rows) {
    List<String> all = new ArrayList<>(rows);
    for (String b : Rows.someOfB(ofB.between(0, world == 0 ? 4 : 14), ofB)) {
      all.add(order.nextInt(all.size() + 1), b);
    }
    return all;
  }

  private void insert(TableShape t, List<String> rows) {
    out.add(
        "INSERT INTO app.%s (%s) VALUES %s"
            .formatted(t.name(), ColumnShape.storedNames(), String.join(", ", rows)));
  }

  private void settle() {
    List<String> settled = new ArrayList<>(List.of("wide", "compact", "cut", "replacing"));
    Collections.shuffle(settled, new java.util.Random(ofA.bits()));
    out.add("OPTIMIZE TABLE app." + settled.getFirst() + " FINAL");
    out.add(
        "INSERT INTO app.joined SELECT tenant, owner, id + 1000 * toUInt32(tenant != 1), n, s, ls"
            + " FROM app.tiny ORDER BY tenant != 1, id");
    List<String> late = new ArrayList<>(Rows.someOfA(500, 2, ofA));
    late.addAll(Rows.someOfB(world == 0 ? 1 : 5, ofB));
    out.add(
        "INSERT INTO app.buffered (%s) VALUES %s"
            .formatted(ColumnShape.storedNames(), String.join(", ", late)));
    out.add("SYSTEM RELOAD DICTIONARY app.dictionary");
  }

  private void users() {
    out.add("CREATE ROLE members");
    out.add(
        "GRANT SELECT, INSERT, ALTER UPDATE, ALTER DELETE, OPTIMIZE, dictGet ON app.* TO members");
    out.add("CREATE USER acme IDENTIFIED WITH plaintext_password BY 'a'");
    out.add("CREATE USER bolt IDENTIFIED WITH plaintext_password BY 'b'");
    out.add("GRANT members TO acme, bolt");
    out.add("GRANT ALL ON mine.* TO acme");
    out.add("GRANT ALL ON side.* TO acme");
    out.add(
        "GRANT CREATE TEMPORARY TABLE, CREATE ARBITRARY TEMPORARY TABLE, CREATE TEMPORARY VIEW,"
            + " CREATE FUNCTION, DROP FUNCTION, CLUSTER, TABLE ENGINE ON *.* TO acme");
    out.add("GRANT READ, WRITE ON REMOTE TO acme");
    out.add("CREATE QUOTA counted KEYED BY user_name FOR INTERVAL 1 year TRACKING ONLY TO members");
    out.addAll(model.statements());
  }
}
