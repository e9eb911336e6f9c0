package io.longhouse.engine.table.file;

import io.longhouse.engine.session.EngineConfig;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;

/**
 * Where statements may read and write files.
 *
 * @param root what relative paths start from
 * @param restricted whether nothing outside of {@code root} can be named
 */
public record UserFiles(Path root, boolean restricted) {
  private static final String KEY = "user_files_path";

  public static UserFiles of(EngineConfig config) {
    String path = config.configuration().get(KEY);
    return path == null
        ? new UserFiles(Path.of("").toAbsolutePath(), false)
        : new UserFiles(Path.of(path).toAbsolutePath().normalize(), true);
  }

  /**
   * The absolute form of a path or pattern.
   *
   * @throws LonghouseException DATABASE_ACCESS_DENIED (291) for one outside
   */
  public Path resolve(String path) {
    Path absolute = root.resolve(path).normalize();
    if (restricted && !absolute.startsWith(root)) {
      throw new LonghouseException(
          ErrorCode.DATABASE_ACCESS_DENIED,
          "File `" + absolute + "` is not inside `" + root + "/`");
    }
    return absolute;
  }
}
