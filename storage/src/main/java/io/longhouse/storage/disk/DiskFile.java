package io.longhouse.storage.disk;

import io.longhouse.column.compress.RandomAccessBytes;

/** A file open for reading. */
public interface DiskFile extends RandomAccessBytes {}
