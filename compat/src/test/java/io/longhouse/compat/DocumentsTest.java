package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name only files that are there. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern FILE =
      Pattern.compile(
          "`((?:column|function|format|storage|engine|client|server|sql|embedded"
              + "|compat|registry)/[A-Za-z0-9_/.-]*\\.[a-z]+)`");

  @Test
  void linksAndFilesAreThere() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    documents.add(ROOT.resolve("CONTRIBUTING.md"));
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      pages.filter(p -> p.toString().endsWith(".md")).forEach(documents::add);
    }
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (Path document : documents) {
      String text = Files.readString(document);
      for (var link : LINK.matcher(text).results().toList()) {
        named++;
        check(document, document.resolveSibling(link.group(1)), missing);
      }
      for (var file : FILE.matcher(text).results().toList()) {
        named++;
        check(document, ROOT.resolve(file.group(1)), missing);
      }
    }
    assertThat(named).isGreaterThan(40);
    assertThat(missing).isEmpty();
  }

  private static void check(Path document, Path named, List<String> missing) {
    if (!Files.exists(named)) {
      missing.add(document.getFileName() + " names " + named);
    }
  }
}
