/**
 * Hash tables from key values to group numbers. A group's number is its place in order of first
 * appearance; tables never shrink and hold no states.
 */
@NullMarked
package io.longhouse.engine.exec.group;

import org.jspecify.annotations.NullMarked;
