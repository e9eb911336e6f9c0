package io.longhouse.storage.mergetree;

import io.longhouse.storage.part.Checksums;

/**
 * A part whose files are complete in a temporary folder.
 *
 * @param folder its path on the disk
 */
public record WrittenPart(String folder, String partitionId, Checksums checksums, long rows) {}
