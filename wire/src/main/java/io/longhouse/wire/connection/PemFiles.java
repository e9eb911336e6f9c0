package io.longhouse.wire.connection;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Certificates and keys in PEM, as OpenSSL writes them. */
public final class PemFiles {
  private PemFiles() {}

  /** All certificates of a file; at least one. */
  public static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    var found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
    if (found.isEmpty()) {
      throw new IOException(file + " has no certificate");
    }
    return found;
  }

  /**
   * What proves to the other side who one is.
   *
   * @param certificate with the certificates up to the root behind it
   */
  public static KeyManager[] identity(Path certificate, Path privateKey)
      throws IOException, GeneralSecurityException {
    Certificate[] chain = certificates(certificate).toArray(new Certificate[0]);
    PrivateKey key = privateKey(privateKey, chain[0].getPublicKey().getAlgorithm());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", key, new char[0], chain);
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, new char[0]);
    return managers.getKeyManagers();
  }

  private static PrivateKey privateKey(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(file);
    int begin = pem.indexOf("-----BEGIN ");
    while (begin >= 0) {
      int labelEnd = pem.indexOf("-----", begin + 11);
      String label = labelEnd < 0 ? "" : pem.substring(begin + 11, labelEnd);
      int end = pem.indexOf("-----END ", begin);
      if (label.endsWith("PRIVATE KEY") && end > 0) {
        byte[] der = Base64.getMimeDecoder().decode(pem.substring(labelEnd + 5, end));
        if (label.equals("RSA PRIVATE KEY")) {
          der = wrapRsa(der);
        } else if (!label.equals("PRIVATE KEY")) {
          throw new IOException(
              file + " has a " + label + ": expected PRIVATE KEY (PKCS 8) or RSA PRIVATE KEY");
        }
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      }
      begin = pem.indexOf("-----BEGIN ", begin + 11);
    }
    throw new IOException(file + " has no private key");
  }

  /** PKCS 1 inside the envelope of PKCS 8: version 0, the algorithm rsaEncryption, the key. */
  private static byte[] wrapRsa(byte[] pkcs1) {
    byte[] head = {
      2,
      1,
      0,
      0x30,
      0x0D,
      6,
      9,
      0x2A,
      (byte) 0x86,
      0x48,
      (byte) 0x86,
      (byte) 0xF7,
      0x0D,
      1,
      1,
      1,
      5,
      0
    };
    var body = new ByteArrayOutputStream();
    body.writeBytes(head);
    body.write(4);
    length(body, pkcs1.length);
    body.writeBytes(pkcs1);
    var out = new ByteArrayOutputStream();
    out.write(0x30);
    length(out, body.size());
    out.writeBytes(body.toByteArray());
    return out.toByteArray();
  }

  private static void length(ByteArrayOutputStream out, int n) {
    if (n < 0x80) {
      out.write(n);
    } else if (n < 0x100) {
      out.write(0x81);
      out.write(n);
    } else {
      out.write(0x82);
      out.write(n >> 8);
      out.write(n);
    }
  }
}
