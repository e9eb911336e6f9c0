package io.longhouse.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.TenantLimits;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordsTest {
  @Test
  void whatIsKeptIsReadBack() {
    var random = new Random(42);
    for (int i = 0; i < 300; i++) {
      TenantSpace space =
          Samples.space(
                  "CREATE TENANT SPACE app (TABLE "
                      + Quoting.backQuoted(Samples.name(random))
                      + "."
                      + Quoting.backQuoted(Samples.name(random))
                      + " KEY k) ISOLATION DATABASE LIMITS weight = 1.5, FOR INTERVAL 1 DAY NO"
                      + " LIMITS SETTINGS a = 1 COMMENT 'it''s\n'")
              .withPending(i % 5 == 0 ? List.of(7L, 9L) : List.of())
              .withRollout(
                  i % 2 == 0
                      ? null
                      : Samples.rollout("ALTER TENANT SPACE a ALTER TABLE db.t DROP COLUMN x"));
      assertThat(Records.space(Records.text(space))).isEqualTo(space);
      Tenant tenant =
          Samples.tenant(
              space,
              "CREATE TENANT "
                  + Quoting.backQuoted(Samples.name(random))
                  + " IN app ID "
                  + Quoting.string(Samples.name(random))
                  + (i % 3 == 0 ? " ISOLATION SHARED TABLE" : " LIMITS max_parts = 3"));
      assertThat(Records.tenant(Records.text(tenant))).isEqualTo(tenant);
    }
  }

  @Test
  void whatCannotBeReadIsSaid() {
    assertThatThrownBy(() -> Records.tenant("serial x\nCREATE TENANT a IN b ID 1"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(246));
    assertThatThrownBy(() -> Records.space("SELECT 1")).hasMessageContaining("cannot be read");
  }

  @Test
  void sizesHaveUnits() {
    assertThat(memory(Literal.of("4Gi"))).isEqualTo(4L << 30);
    assertThat(memory(Literal.of("1.5 GiB".replace(" ", "").replace("B", "")))).isEqualTo(3L << 29);
    assertThat(memory(Literal.of("500M"))).isEqualTo(500_000_000L);
    assertThat(memory(Literal.of("10k"))).isEqualTo(10_000L);
    assertThat(memory(Literal.of("12"))).isEqualTo(12L);
    assertThat(memory(NumberLiteral.of(1e9))).isEqualTo(1_000_000_000L);
    assertThatThrownBy(() -> memory(Literal.of("4 apples"))).hasMessageContaining("a size");
    assertThatThrownBy(() -> memory(Literal.of(-1))).hasMessageContaining("0 or more");
    assertThatThrownBy(() -> memory(NumberLiteral.of(1.5))).hasMessageContaining("an integer");
    assertThatThrownBy(() -> changed(Limits.NONE, false, "weight", Literal.of(0)))
        .hasMessageContaining("more than 0");
    assertThatThrownBy(() -> changed(Limits.NONE, false, "wait", Literal.of(0)))
        .hasMessageContaining("There is no limit 'wait'")
        .hasMessageContaining("max_storage_bytes");
  }

  private static long memory(Literal value) {
    NumberLiteral n =
        changed(Limits.NONE, false, "max_memory_usage", value).get(Limit.MAX_MEMORY_USAGE);
    assertThat(n).isNotNull();
    return n.bits();
  }

  private static Limits changed(Limits limits, boolean modify, String name, Literal value) {
    return limits.changed(
        modify, new TenantLimits(List.of(new TenantLimits.Limit(name, value)), List.of()));
  }

  @Test
  void modifyKeepsWhatItDoesNotName() {
    Limits two =
        changed(
            changed(Limits.NONE, true, "weight", Literal.of(2)), true, "max_parts", Literal.of(3));
    assertThat(two.values()).hasSize(2);
    assertThat(changed(two, false, "weight", Literal.of(5)).values()).hasSize(1);
    assertThat(
            two.changed(
                    true,
                    new TenantLimits(List.of(new TenantLimits.Limit("weight", null)), List.of()))
                .values())
        .containsOnlyKeys(Limit.MAX_PARTS);
    assertThat(Isolation.values()).hasSize(5);
  }
}
