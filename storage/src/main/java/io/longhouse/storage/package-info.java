/**
 * Disks, parts, codecs, marks, indexes and the MergeTree family: everything that lies on a disk.
 */
@NullMarked
package io.longhouse.storage;

import org.jspecify.annotations.NullMarked;
