package io.longhouse.storage.disk;

import java.io.OutputStream;
import java.util.Collection;
import java.util.List;

/**
 * A tree of files. Paths are relative, with {@code /} between names. Failures of the machine are
 * {@code UncheckedIOException}; a file that is not there is FILE_DOESNT_EXIST (107), a full disk
 * NOT_ENOUGH_SPACE (243).
 */
public interface Disk {
  String name();

  /** Opens a file for reading at any place; it stays readable after it was removed. */
  DiskFile open(String path);

  /** All bytes of a small file. */
  byte[] readAll(String path);

  boolean exists(String path);

  long size(String path);

  /** Names of the files and folders in a folder, sorted; none where there is no such folder. */
  List<String> list(String folder);

  boolean isFolder(String path);

  /** When it was last changed, in milliseconds since 1970. */
  long modifiedMs(String path);

  void createFolders(String folder);

  /** Makes a new file. */
  OutputStream create(String path);

  /** Makes the bytes of files survive a loss of power; many at once cost little more than one. */
  void sync(Collection<String> paths);

  /** Makes the names in a folder survive a loss of power. */
  void syncFolder(String folder);

  /** Renames a file or folder in one step; the new name must be free. */
  void move(String from, String to);

  /** Gives a file a second name. */
  void link(String existing, String name);

  /** Gives a file of another disk, which has the same file system, a name on this one. */
  void link(Disk from, String existing, String name);

  /** Removes a file, or a folder with all that is in it; nothing happens if it is not there. */
  void remove(String path);

  /** Bytes that can still be written. */
  long freeBytes();

  /** The path on the machine, for {@code system.parts} and messages. */
  String absolute(String path);
}
