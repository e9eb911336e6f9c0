package io.longhouse.server.tls;

import io.longhouse.engine.access.CertificateSubjects;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** Whom the certificate that a client has shown is made out to. */
public final class PeerCertificate {
  private static final int DNS_NAME = 2;
  private static final int URI = 6;

  private PeerCertificate() {}

  /** The subjects of a verified certificate; none where there is no TLS or no certificate. */
  public static CertificateSubjects subjects(Socket socket) {
    if (!(socket instanceof SSLSocket secure)) {
      return CertificateSubjects.NONE;
    }
    try {
      Certificate[] chain = secure.getSession().getPeerCertificates();
      return chain[0] instanceof X509Certificate x ? subjects(x) : CertificateSubjects.NONE;
    } catch (SSLPeerUnverifiedException e) {
      return CertificateSubjects.NONE; // the client has shown none
    }
  }

  static CertificateSubjects subjects(X509Certificate certificate) {
    try {
      List<String> common = new ArrayList<>();
      for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (rdn.getType().equalsIgnoreCase("CN") && common.isEmpty()) {
          common.add(String.valueOf(rdn.getValue()));
        }
      }
      List<String> alternative = new ArrayList<>();
      var names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        int kind = (Integer) name.get(0);
        if (kind == DNS_NAME || kind == URI) {
          alternative.add((kind == URI ? "URI:" : "DNS:") + name.get(1));
        }
      }
      return new CertificateSubjects(common, alternative);
    } catch (InvalidNameException | CertificateParsingException e) {
      return CertificateSubjects.NONE; // names that cannot be read are nobody's
    }
  }
}
