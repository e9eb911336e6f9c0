package io.longhouse.compat.faults;

import io.longhouse.compat.faults.Fault.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Faults drawn from a seed: the same seed, shape and length give the same schedule. */
record Schedule(long seed, List<Fault> faults) {
  /**
   * @param servers names
   * @param keepers names
   * @param withDisk servers whose disk can be filled
   */
  static Schedule draw(
      long seed, List<String> servers, List<String> keepers, List<String> withDisk, long lengthMs) {
    var random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    long at = 500;
    while (at < lengthMs) {
      long length =
          random.nextInt(5) == 0 ? random.nextLong(8_000, 16_000) : random.nextLong(300, 5_000);
      Fault next =
          one(random, at, Math.min(length, lengthMs - at + 1_000), servers, keepers, withDisk);
      if (faults.stream().noneMatch(f -> collide(f, next))) {
        faults.add(next);
      }
      at += random.nextLong(200, 4_000);
    }
    faults.sort(Comparator.comparingLong(Fault::atMs));
    return new Schedule(seed, List.copyOf(faults));
  }

  private static Fault one(
      Random random,
      long at,
      long length,
      List<String> servers,
      List<String> keepers,
      List<String> withDisk) {
    List<String> all = new ArrayList<>(servers);
    all.addAll(keepers);
    List<String> server = List.of(servers.get(random.nextInt(servers.size())));
    List<String> keeper = List.of(keepers.get(random.nextInt(keepers.size())));
    List<String> any = List.of(all.get(random.nextInt(all.size())));
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> new Fault(at, length, Kind.KILL, server, List.of());
      case 3 -> new Fault(at, length, Kind.KILL, keeper, List.of());
      case 4 -> new Fault(at, length, Kind.PAUSE, server, List.of());
      case 5 -> new Fault(at, length, Kind.PAUSE, keeper, List.of());
      case 6 -> new Fault(at, length, Kind.PART, any, without(all, any));
      case 7 -> parted(random, at, length, all);
      case 8 -> new Fault(at, length, Kind.ONE_WAY, server, without(all, server));
      case 9 -> new Fault(at, length, Kind.REFUSE, any, List.of());
      case 10 -> new Fault(at, 1, Kind.RESET, any, List.of());
      case 11 -> new Fault(at, length, Kind.SLOW, any, List.of());
      case 12 ->
          withDisk.isEmpty()
              ? new Fault(at, length, Kind.PAUSE, server, List.of())
              : new Fault(
                  at,
                  length,
                  Kind.DISK_FULL,
                  List.of(withDisk.get(random.nextInt(withDisk.size()))),
                  List.of());
      default ->
          new Fault(at, length, Kind.KILL, random.nextInt(3) == 0 ? all : servers, List.of());
    };
  }

  private static Fault parted(Random random, long at, long length, List<String> all) {
    List<String> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    int cut = 1 + random.nextInt(all.size() - 1);
    return new Fault(
        at, length, Kind.PART, shuffled.subList(0, cut), shuffled.subList(cut, all.size()));
  }

  private static List<String> without(List<String> all, List<String> some) {
    return all.stream().filter(n -> !some.contains(n)).toList();
  }

  /** A process cannot be killed and paused at once. */
  private static boolean collide(Fault a, Fault b) {
    return ofProcess(a)
        && ofProcess(b)
        && a.atMs() <= b.atMs() + b.forMs()
        && b.atMs() <= a.atMs() + a.forMs()
        && a.targets().stream().anyMatch(b.targets()::contains);
  }

  private static boolean ofProcess(Fault f) {
    return f.kind() == Kind.KILL || f.kind() == Kind.PAUSE;
  }

  @Override
  public String toString() {
    var out = new StringBuilder("seed " + seed);
    faults.forEach(f -> out.append("\n  ").append(f));
    return out.toString();
  }
}
