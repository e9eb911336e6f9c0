/**
 * Access control: users, roles, row policies, quotas and settings profiles; where they are kept;
 * what a user of a session may do.
 *
 * <p>Invariants. Entities are immutable and refer to each other by id, never by name, so that a
 * renamed role is still the same role. An entity's text is its ATTACH statements, which is also how
 * ClickHouse keeps it. What is not granted is refused: a plan that reads a table cannot be run
 * before {@link io.longhouse.engine.access.SessionAccess} was asked, and a row policy's condition
 * stands below everything that a user wrote.
 */
@NullMarked
package io.longhouse.engine.access;

import org.jspecify.annotations.NullMarked;
