package io.longhouse.compat.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.compat.isolation.Plant.Body;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fuzzer finds a leak in each layer, each made by changing one method of the engine. */
class PlantedLeaksTest {
  private static final String ENGINE = "io.longhouse.engine.";
  static final long SEED = 11;
  private static final int STATEMENTS_MAX = 3_000;

  static List<Plant> plants() {
    return List.of(
        new Plant(
            "prewhere", "io.longhouse.storage.mergetree.MorselRows", "keep", Body.RETURN_TRUE),
        new Plant("index", ENGINE + "plan.PlanText", "isCount", Body.RETURN_NOTHING),
        new Plant(
            "cache", ENGINE + "dictionary.DictionarySource$Table", "user", Body.RETURN_NOTHING),
        new Plant("metadata", ENGINE + "system.TableRows", "isNarrowed", Body.RETURN_NOTHING),
        new Plant(
            "dictionary",
            ENGINE + "dictionary.Dictionaries",
            "forLookups",
            Body.REQUIRE_DICTIONARY),
        new Plant("remote", ENGINE + "analyze.Definers", "of", Body.RETURN_UNRESTRICTED),
        new Plant("error", ENGINE + "exec.ReadLimitLane$Limits", "of", Body.FORGET_LAST_ARGUMENT),
        new Plant("log", ENGINE + "access.VisibleRows", "ownRows", Body.RETURN_NOTHING),
        new Plant("counter", ENGINE + "exec.QueryContext", "behindPolicy", Body.RETURN_THIS),
        new Plant("write", ENGINE + "analyze.WritePolicies", "apply", Body.RETURN_NOTHING));
  }

  @ParameterizedTest
  @MethodSource("plants")
  void isFound(Plant plant) throws ReflectiveOperationException {
    var loader = new LeakingLoader(plant);
    String found =
        (String)
            Class.forName(Hunt.class.getName(), true, loader)
                .getMethod("first", long.class, int.class)
                .invoke(null, SEED, STATEMENTS_MAX);
    assertThat(loader.planted()).as("the engine uses %s", plant.type()).isTrue();
    assertThat(found).as("the fuzzer finds a leak of the layer '%s'", plant.layer()).isNotEmpty();
  }

  @Test
  void everyLayerHasALeak() {
    assertThat(plants().stream().map(Plant::layer))
        .containsExactlyInAnyOrder(
            "prewhere",
            "index",
            "cache",
            "metadata",
            "dictionary",
            "remote",
            "error",
            "log",
            "counter",
            "write");
  }
}
