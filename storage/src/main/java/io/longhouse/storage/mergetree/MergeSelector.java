package io.longhouse.storage.mergetree;

import io.longhouse.storage.part.DataPart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Chooses parts to be merged: neighbours whose sizes are alike, so that every row is rewritten a
 * logarithmic number of times, sooner where there are many parts or old ones.
 *
 * @param partsMax of one merge
 * @param bytesMax on disk of all parts of one merge
 */
record MergeSelector(int partsMax, long bytesMax) {
  /** How much larger than the largest part a merge of small new parts must be. */
  private static final double BASE = 5;

  private static final double BASE_MIN = 2;

  /** What a part costs beside its bytes, as bytes. */
  private static final double FIXED_COST_BYTES = 5 << 20;

  private static final double LOG_BYTES_LOW = Math.log1p(1 << 20);
  private static final double LOG_BYTES_HIGH = Math.log1p(100 << 20);

  /** A number of parts from which on the base is lowered, and one at which it is lowest. */
  private static final int PARTS_LOW = 10;

  private static final int PARTS_HIGH = 50;

  /**
   * The best range of all.
   *
   * @param runs parts that may be merged with each other: neighbours of one partition
   * @param ageSeconds of a part
   * @param aggressive whether any merge is better than none
   * @return the parts, or none if no merge is worth it
   */
  List<DataPart> select(
      Collection<List<DataPart>> runs, ToLongFunction<DataPart> ageSeconds, boolean aggressive) {
    List<DataPart> best = List.of();
    double bestScore = Double.MAX_VALUE;
    for (List<DataPart> run : runs) {
      for (int begin = 0; begin < run.size(); begin++) {
        double sum = 0;
        double max = 0;
        long youngest = Long.MAX_VALUE;
        for (int end = begin; end < Math.min(run.size(), begin + partsMax); end++) {
          DataPart p = run.get(end);
          sum += p.bytesOnDisk();
          max = Math.max(max, p.bytesOnDisk());
          youngest = Math.min(youngest, ageSeconds.applyAsLong(p));
          int count = end - begin + 1;
          if (sum > bytesMax) {
            break;
          }
          if (count < 2 || !aggressive && !isWorthIt(sum, max, youngest, count, run.size())) {
            continue;
          }
          double score = (sum + FIXED_COST_BYTES * count) / (count - 1.9);
          if (score < bestScore) {
            bestScore = score;
            best = new ArrayList<>(run.subList(begin, end + 1));
          }
        }
      }
    }
    return best;
  }

  private static boolean isWorthIt(
      double sum, double max, long ageSeconds, int count, int partsOfRun) {
    double size = share(Math.log1p(sum), LOG_BYTES_LOW, LOG_BYTES_HIGH);
    double ageLow = 10 + size * (3600 - 10);
    double ageHigh = 10 + size * (30 * 86_400 - 10);
    double age = share(ageSeconds, ageLow, ageHigh);
    double parts = share(partsOfRun, PARTS_LOW, PARTS_HIGH);
    double base = BASE + (BASE_MIN - BASE) * Math.min(1, age + parts);
    return (sum + count * FIXED_COST_BYTES) / (max + FIXED_COST_BYTES) >= base;
  }

  private static double share(double value, double low, double high) {
    return high <= low
        ? value >= high ? 1 : 0
        : Math.max(0, Math.min(1, (value - low) / (high - low)));
  }
}
