package io.longhouse.engine.tenancy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.tenancy.Limits;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTenantStoreTest {
  @TempDir Path folder;

  static TenantSpace space(long serial, String name) {
    return new TenantSpace(
        serial,
        name,
        List.of(new TenantSpace.Table(1, "db", "events", "tenant_id")),
        Isolation.SHARED_TABLE,
        Limits.NONE,
        List.of(),
        "",
        List.of(),
        null);
  }

  static Tenant tenant(long serial, long space, String name, Literal id) {
    return new Tenant(
        serial,
        space,
        name,
        id,
        Isolation.SHARED_TABLE,
        Limits.NONE,
        List.of(),
        "",
        Tenant.State.ACTIVE);
  }

  private static Tenant tenant(long serial, long space, String name) {
    return tenant(serial, space, name, NumberLiteral.unsigned(serial));
  }

  @Test
  void randomChangesAreFoundInEveryWayAfterEachStart() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var model = new TreeMap<Long, Tenant>();
    DiskTenantStore store = DiskTenantStore.open(folder);
    store.put(space(1, "app"));
    store.put(space(2, "other"));
    for (int i = 0; i < 1200; i++) {
      long serial = 1 + random.nextInt(300);
      String name = (random.nextBoolean() ? "ä" : "t") + random.nextInt(100_000) + "_" + serial;
      if (random.nextInt(3) == 0) {
        assertThat(store.removeTenant(serial)).isEqualTo(model.remove(serial) != null);
      } else {
        Tenant t = tenant(serial, 1 + random.nextInt(2), name);
        store.put(t);
        model.put(serial, t);
      }
      if (i % 400 == 0) {
        store.close();
        store = DiskTenantStore.open(folder);
      }
    }
    for (long s = 1; s <= 2; s++) {
      long in = s;
      List<Tenant> own = model.values().stream().filter(t -> t.space() == in).toList();
      assertThat(store.count(s)).isEqualTo(own.size());
      assertThat(pages(store, s, false)).isEqualTo(own);
      List<Tenant> named = new ArrayList<>(own);
      named.sort((a, b) -> a.name().compareTo(b.name()));
      assertThat(pages(store, s, true)).isEqualTo(named);
      for (Tenant t : own) {
        assertThat(store.tenant(t.serial())).isEqualTo(t);
        assertThat(store.tenant(s, t.name())).isEqualTo(t);
        assertThat(store.tenantById(s, t.idText())).isEqualTo(t);
        assertThat(store.tenant(3 - s, t.name())).isNull();
      }
    }
    store.close();
  }

  private static List<Tenant> pages(TenantStore store, long space, boolean byName) {
    List<Tenant> all = new ArrayList<>();
    List<Tenant> page;
    do {
      Tenant last = all.isEmpty() ? null : all.getLast();
      page =
          byName
              ? store.byName(space, last == null ? "" : last.name(), 7)
              : store.bySerial(space, last == null ? 0 : last.serial(), 7);
      all.addAll(page);
    } while (page.size() == 7);
    return all;
  }

  @Test
  void namesAreInTheOrderOfTheirBytesAndIdsAreTextsOrNumbers() {
    try (var store = DiskTenantStore.open(folder)) {
      String emoji = new String(Character.toChars(0x1F600));
      List<String> names = List.of("Z", "a", "a.b", "é", "\uFB00", emoji);
      for (int i = 0; i < names.size(); i++) {
        store.put(tenant(10 - i, 1, names.get(i), Literal.of("id " + i)));
      }
      assertThat(store.byName(1, "", 100).stream().map(Tenant::name)).isEqualTo(names);
      assertThat(store.byName(1, "a", 2).stream().map(Tenant::name)).containsExactly("a.b", "é");
      assertThat(store.bySerial(1, 8, 100).stream().map(Tenant::serial)).containsExactly(9L, 10L);
      Tenant found = store.tenantById(1, "id 3");
      assertThat(found).isNotNull();
      assertThat(found.name()).isEqualTo("é");
    }
  }

  @Test
  void spacesAreThereAfterAStartAndSerialNumbersAreNeverGivenTwice() {
    Set<Long> given = new HashSet<>();
    long last = 0;
    for (int start = 0; start < 3; start++) {
      try (var store = DiskTenantStore.open(folder)) {
        for (int i = 0; i < 1500; i++) {
          long serial = store.nextSerial();
          assertThat(serial).isGreaterThan(last);
          assertThat(given.add(serial)).isTrue();
          last = serial;
        }
        store.put(space(last, "s" + start));
        assertThat(store.spaces()).hasSize(start + 1);
      }
    }
    try (var store = DiskTenantStore.open(folder)) {
      TenantSpace first = store.space("s0");
      assertThat(first).isNotNull();
      store.put(first.withName("S0"));
      assertThat(store.space("s0")).isNull();
      assertThat(store.spaces().stream().map(TenantSpace::name)).containsExactly("S0", "s1", "s2");
      assertThat(store.removeSpace(first.serial())).isTrue();
      assertThat(store.removeSpace(first.serial())).isFalse();
      assertThat(store.space(first.serial())).isNull();
    }
  }

  @Test
  void listenersHearOfChangesThatAreMade() {
    List<String> heard = new ArrayList<>();
    try (var store = DiskTenantStore.open(folder)) {
      store.listen(
          new TenantStore.Listener() {
            @Override
            public void spaceChanged(@Nullable TenantSpace before, @Nullable TenantSpace after) {
              heard.add((before != null) + " " + (after != null));
            }

            @Override
            public void tenantChanged(@Nullable Tenant before, @Nullable Tenant after) {
              heard.add(
                  (before == null ? "-" : before.name())
                      + ">"
                      + (after == null ? "-" : after.name()));
            }
          });
      store.put(space(1, "app"));
      store.put(tenant(2, 1, "a"));
      store.put(tenant(2, 1, "b"));
      store.removeTenant(2);
      store.removeTenant(2);
      store.removeSpace(1);
    }
    assertThat(heard).containsExactly("false true", "->a", "a>b", "b>-", "true false");
  }

  @Test
  void aSecondServerIsTurnedAway() {
    try (var store = DiskTenantStore.open(folder)) {
      store.put(space(1, "app"));
      assertThatThrownBy(() -> DiskTenantStore.open(folder))
          .isInstanceOf(LonghouseException.class)
          .hasMessageContaining("another process has it open");
      assertThat(store.spaces()).hasSize(1);
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    for (int round = 0; round < 3; round++) {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  TenantWriter.class.getName(),
                  folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (var lines = child.inputReader()) {
        for (int i = 0; i < 300; i++) {
          String line = lines.readLine();
          assertThat(line).isNotNull();
          acknowledged.add(line);
        }
        child.toHandle().destroyForcibly();
        lines.lines().filter(l -> l.endsWith(".")).forEach(acknowledged::add);
      }
      child.waitFor();
      check(acknowledged);
    }
  }

  private void check(Set<String> acknowledged) {
    try (var store = DiskTenantStore.open(folder)) {
      for (String line : acknowledged) {
        String name = line.substring(0, line.length() - 1);
        Tenant t = store.tenant(1, name);
        assertThat(t).as(name).isNotNull();
        assertThat(store.tenantById(1, t.idText())).isEqualTo(t);
        assertThat(store.tenant(t.serial())).isEqualTo(t);
      }
      List<Tenant> all = pages(store, 1, false);
      assertThat(pages(store, 1, true)).containsExactlyInAnyOrderElementsOf(all);
      assertThat(store.count(1)).isEqualTo(all.size());
      long next = store.nextSerial();
      assertThat(all).allMatch(t -> t.serial() < next);
    }
  }
}
