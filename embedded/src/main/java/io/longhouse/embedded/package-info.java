/**
 * Longhouse in your JVM: {@link io.longhouse.embedded.Longhouse} opens a database in memory or in a
 * folder and answers queries without any port; ports for drivers and tools can be added. {@link
 * io.longhouse.embedded.LonghouseExtension} gives one to JUnit tests.
 *
 * <pre>{@code
 * try (Longhouse db = Longhouse.start()) {
 *   db.execute("CREATE TABLE t (n UInt64, s String) ENGINE = Memory");
 *   db.execute("INSERT INTO t VALUES (1, 'one'), (2, 'two')");
 *   for (Row row : db.query("SELECT n, s FROM t ORDER BY n")) {
 *     System.out.println(row.getLong(0) + " " + row.getString("s"));
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.longhouse.embedded;

import org.jspecify.annotations.NullMarked;
