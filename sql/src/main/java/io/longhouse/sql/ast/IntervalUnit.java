package io.longhouse.sql.ast;

/** The units of INTERVAL. */
public enum IntervalUnit {
  NANOSECOND("Nanosecond"),
  MICROSECOND("Microsecond"),
  MILLISECOND("Millisecond"),
  SECOND("Second"),
  MINUTE("Minute"),
  HOUR("Hour"),
  DAY("Day"),
  WEEK("Week"),
  MONTH("Month"),
  QUARTER("Quarter"),
  YEAR("Year");

  private final String title;

  IntervalUnit(String title) {
    this.title = title;
  }

  /** As in {@code toIntervalDay}. */
  public String title() {
    return title;
  }
}
