/**
 * The MergeTree family: the set of parts that is a table's data, and all that changes it.
 *
 * <p>Invariants: parts never change; which parts are active is one immutable {@link
 * io.longhouse.storage.mergetree.PartSnapshot} that is replaced under one lock; a part becomes
 * active only after its files and its name are safe on disk; a crash leaves at most folders that
 * begin with {@code tmp_} or {@code delete_tmp_}, which the next start removes; parts that were
 * replaced stay on disk for a while and are recognised by their names.
 */
@NullMarked
package io.longhouse.storage.mergetree;

import org.jspecify.annotations.NullMarked;
