package io.longhouse.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.MirroredTypeException;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Writes {@code META-INF/longhouse/<kind>} at compile time, one line per registered name:
 *
 * <pre>name TAB class TAB aliases, comma-separated TAB ci|cs TAB category TAB doc</pre>
 */
@SupportedAnnotationTypes({"io.longhouse.registry.Register", "io.longhouse.registry.Register.List"})
public final class RegisterProcessor extends AbstractProcessor {
  private final Map<String, Set<String>> linesByKind = new TreeMap<>();

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (var annotation : annotations) {
      for (Element e : round.getElementsAnnotatedWith(annotation)) {
        for (Register r : e.getAnnotationsByType(Register.class)) {
          add((TypeElement) e, r);
        }
      }
    }
    if (round.processingOver()) {
      linesByKind.forEach(this::write);
    }
    return true;
  }

  private void add(TypeElement type, Register r) {
    String className = processingEnv.getElementUtils().getBinaryName(type).toString();
    String line =
        String.join(
            "\t",
            r.name(),
            className,
            String.join(",", r.aliases()),
            r.caseInsensitive() ? "ci" : r.aliasesCaseInsensitive() ? "ai" : "cs",
            r.category(),
            r.doc().strip().replaceAll("\\s+", " "));
    linesByKind.computeIfAbsent(kindOf(r), _ -> new TreeSet<>()).add(line);
  }

  private static String kindOf(Register r) {
    try {
      return r.kind().getName();
    } catch (MirroredTypeException e) {
      return e.getTypeMirror().toString();
    }
  }

  private void write(String kind, Set<String> lines) {
    try (var out =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", "META-INF/longhouse/" + kind)
            .openWriter()) {
      for (String line : lines) {
        out.write(line);
        out.write('\n');
      }
    } catch (IOException e) {
      processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.toString());
      throw new UncheckedIOException(e);
    }
  }
}
