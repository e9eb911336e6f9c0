package io.longhouse.engine.access;

import java.util.List;

/**
 * Whom a verified certificate is made out to.
 *
 * @param alternativeNames with their kinds in front: {@code DNS:host}, {@code URI:spiffe://a/b}
 */
public record CertificateSubjects(List<String> commonNames, List<String> alternativeNames) {
  public static final CertificateSubjects NONE = new CertificateSubjects(List.of(), List.of());

  public CertificateSubjects {
    commonNames = List.copyOf(commonNames);
    alternativeNames = List.copyOf(alternativeNames);
  }

  public boolean isEmpty() {
    return commonNames.isEmpty() && alternativeNames.isEmpty();
  }

  /** Whether one of the names that a method asks for is among them. */
  boolean meets(AuthenticationMethod method) {
    return meet(method.commonNames(), commonNames)
        || meet(method.alternativeNames(), alternativeNames);
  }

  private static boolean meet(List<String> wanted, List<String> found) {
    return wanted.stream().anyMatch(w -> found.stream().anyMatch(f -> meets(w, f)));
  }

  /** One {@code *} stands for anything without a slash. */
  private static boolean meets(String wanted, String found) {
    int star = wanted.indexOf('*');
    if (star < 0) {
      return wanted.equals(found);
    }
    String behind = wanted.substring(star + 1);
    int end = found.length() - behind.length();
    return end >= star
        && found.startsWith(wanted.substring(0, star))
        && found.endsWith(behind)
        && found.substring(star, end).indexOf('/') < 0;
  }
}
