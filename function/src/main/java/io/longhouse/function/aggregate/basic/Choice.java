package io.longhouse.function.aggregate.basic;

/** Which of a group's values is kept. */
enum Choice {
  FIRST,
  LAST,
  MIN,
  MAX
}
