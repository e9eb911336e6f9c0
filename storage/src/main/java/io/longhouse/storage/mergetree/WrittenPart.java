package io.longhouse.storage.mergetree;

import io.longhouse.storage.part.Checksums;
import org.jspecify.annotations.Nullable;

/**
 * A part whose files are complete in a temporary folder.
 *
 * @param folder its path on the disk
 * @param counts of its rows by tenant, null if they are not counted
 */
public record WrittenPart(
    String folder,
    String partitionId,
    Checksums checksums,
    long rows,
    @Nullable KeyCounts counts) {}
