package io.longhouse.cluster.connection;

import io.longhouse.cluster.config.Replica;
import io.longhouse.engine.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Which of equally good replicas is asked first: the setting {@code load_balancing}. */
enum LoadBalancing {
  RANDOM,
  NEAREST_HOSTNAME,
  HOSTNAME_LEVENSHTEIN_DISTANCE,
  IN_ORDER,
  FIRST_OR_RANDOM,
  ROUND_ROBIN;

  static LoadBalancing of(Settings settings) {
    return valueOf(settings.text("load_balancing").toUpperCase(Locale.ROOT));
  }

  /**
   * A rank for each replica, lower ones first; equal ones come in random order.
   *
   * @param own this machine's name
   * @param first which one FIRST_OR_RANDOM prefers, from 0
   * @param turn counts the shard's queries
   */
  long[] ranks(List<Replica> replicas, String own, long first, AtomicLong turn) {
    int n = replicas.size();
    long[] ranks = new long[n];
    long offset = this == ROUND_ROBIN ? Math.floorMod(turn.getAndIncrement(), n) : 0;
    for (int i = 0; i < n; i++) {
      String host = replicas.get(i).host();
      ranks[i] =
          switch (this) {
            case RANDOM -> 0;
            case NEAREST_HOSTNAME -> difference(own, host);
            case HOSTNAME_LEVENSHTEIN_DISTANCE -> levenshtein(own, host);
            case IN_ORDER -> i;
            case FIRST_OR_RANDOM -> i == first % n ? 0 : 1;
            case ROUND_ROBIN -> Math.floorMod(i - offset, n);
          };
    }
    return ranks;
  }

  /** In how many places two names differ, up to the end of the shorter one and behind it. */
  static int difference(String a, String b) {
    int common = Math.min(a.length(), b.length());
    int differ = Math.max(a.length(), b.length()) - common;
    for (int i = 0; i < common; i++) {
      differ += a.charAt(i) == b.charAt(i) ? 0 : 1;
    }
    return differ;
  }

  /** How many characters have to be added, removed or replaced to make one name of the other. */
  static int levenshtein(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        corner = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
