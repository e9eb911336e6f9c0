package io.longhouse.compat.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same over both protocols: headers, summaries, packets of progress, profile and log. */
class WireIsolationTest {
  private static final int STATEMENTS =
      Integer.getInteger("longhouse.isolation.wire.statements", 600);

  @ParameterizedTest
  @ValueSource(strings = {"http", "native"})
  void nothingOfAnotherTenantShows(String protocol) {
    long seed = Long.getLong("longhouse.isolation.seed", PlantedLeaksTest.SEED);
    List<String> found = new ArrayList<>();
    try (var one = new World(PolicyModel.SETTING, seed, 0);
        var two = new World(PolicyModel.SETTING, seed, 1);
        var before = new Wire(one);
        var after = new Wire(two)) {
      var generator = new Generator(Generator.Vocabulary.of(one), seed);
      Pair.Way way =
          (world, s, id) -> {
            Wire wire = world == one ? before : after;
            return protocol.equals("http") ? wire.byHttp(s, id) : wire.byNative(s, id);
          };
      var pair = new Pair(one, two, way);
      for (int i = 0; i < STATEMENTS; i++) {
        Statement s = generator.next();
        // How many lines of progress they have is a matter of time.
        if (!s.text().contains("WithProgress")) {
          Pair.Outcome o = pair.run(s);
          if (!o.isEqual()) {
            found.add(s + "\n" + o.names() + "\n" + o.text());
          }
        }
      }
    }
    assertThat(found).as("seed %d by %s", seed, protocol).isEmpty();
  }
}
