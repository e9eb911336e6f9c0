/**
 * Where files lie. Everything above names files by paths relative to a disk and reads them at
 * positions; how a disk does it, by mapping or by reads, is its own affair.
 */
@NullMarked
package io.longhouse.storage.disk;

import org.jspecify.annotations.NullMarked;
