package io.longhouse.compat.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Carries out a schedule. Whatever it has not mended at the end is mended by {@link #mendAll}. */
final class Breaker {
  private static final int SLOW_MS = 120;

  private final FaultyCluster cluster;
  private final Findings findings;
  private final Set<Fault> active = new HashSet<>();

  Breaker(FaultyCluster cluster, Findings findings) {
    this.cluster = cluster;
    this.findings = findings;
  }

  private record Step(long atMs, boolean begins, Fault fault) {}

  /** Breaks and mends until the last fault has ended. */
  void run(Schedule schedule) throws IOException, InterruptedException {
    List<Step> steps = new ArrayList<>();
    for (Fault f : schedule.faults()) {
      steps.add(new Step(f.atMs(), true, f));
      steps.add(new Step(f.atMs() + f.forMs(), false, f));
    }
    steps.sort(Comparator.comparingLong(Step::atMs));
    long startNs = System.nanoTime();
    for (Step step : steps) {
      long waitMs = step.atMs() - (System.nanoTime() - startNs) / 1_000_000;
      if (waitMs > 0) {
        Thread.sleep(waitMs);
      }
      if (step.begins()) {
        begin(step.fault());
      } else if (active.contains(step.fault())) {
        end(step.fault());
      }
      watch();
    }
  }

  private void begin(Fault f) throws IOException, InterruptedException {
    findings.event("begins: " + f);
    active.add(f);
    for (String target : f.targets()) {
      switch (f.kind()) {
        case KILL -> cluster.node(target).kill();
        case PAUSE -> cluster.node(target).pause();
        case DISK_FULL -> cluster.disk(target).fill();
        case RESET -> cluster.network().of(target).forEach(Link::reset);
        case PART, ONE_WAY, REFUSE, SLOW -> {}
      }
    }
    links();
  }

  private void end(Fault f) throws IOException, InterruptedException {
    findings.event("ends:   " + f);
    active.remove(f);
    for (String target : f.targets()) {
      switch (f.kind()) {
        case KILL -> cluster.node(target).start();
        case PAUSE -> cluster.node(target).resume();
        case DISK_FULL -> cluster.disk(target).free();
        case PART, ONE_WAY, REFUSE, SLOW, RESET -> {}
      }
    }
    links();
  }

  /** Sets every link to what the faults that last make of it. */
  private void links() {
    Set<Link> silent = new HashSet<>();
    Set<Link> refusing = new HashSet<>();
    Set<Link> slow = new HashSet<>();
    Network network = cluster.network();
    for (Fault f : active) {
      switch (f.kind()) {
        case PART -> silent.addAll(network.between(f.targets(), f.others()));
        case ONE_WAY ->
            f.targets().forEach(t -> f.others().forEach(o -> silent.add(network.link(t, o))));
        case REFUSE -> f.targets().forEach(t -> refusing.addAll(network.of(t)));
        case SLOW -> f.targets().forEach(t -> slow.addAll(network.of(t)));
        case KILL, PAUSE, DISK_FULL, RESET -> {}
      }
    }
    for (Link link : network.all()) {
      link.set(
          silent.contains(link)
              ? Link.State.SILENT
              : refusing.contains(link) ? Link.State.REFUSING : Link.State.OPEN);
      link.slow(slow.contains(link) ? SLOW_MS : 0);
    }
  }

  /** A process that nobody killed must run. */
  void watch() throws IOException {
    for (Node n : cluster.nodes()) {
      if (n.endedByItself()) {
        findings.wrong(
            n.name() + " ended by itself with status " + n.exitStatus() + ", see " + n.log());
        n.start();
      }
    }
  }

  void mendAll() throws IOException, InterruptedException {
    for (Fault f : List.copyOf(active)) {
      end(f);
    }
    watch();
  }
}
