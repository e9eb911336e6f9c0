package io.longhouse.engine.access;

/** What somebody shows to be let in. Printed, it says nothing of secrets. */
public sealed interface Credentials {
  /** Who somebody says to be; empty when a token says it. */
  String user();

  static Credentials password(String user, String password) {
    return new Password(user, password, CertificateSubjects.NONE);
  }

  /**
   * A password.
   *
   * @param certificate of the connection, which lets in as well
   */
  record Password(String user, String password, CertificateSubjects certificate)
      implements Credentials {
    @Override
    public String toString() {
      return "password of " + user;
    }
  }

  /** The certificate of the connection and nothing else. */
  record Certificate(String user, CertificateSubjects certificate) implements Credentials {}

  /** A token that says whose it is. */
  record Token(String token) implements Credentials {
    @Override
    public String user() {
      return "";
    }

    @Override
    public String toString() {
      return "token";
    }
  }
}
