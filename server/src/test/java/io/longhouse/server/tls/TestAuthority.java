package io.longhouse.server.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that makes certificates of clients and servers, and revokes them. */
final class TestAuthority {
  /** Files of a certificate and its key. */
  record Identity(Path certificate, Path key, BigInteger serial) {}

  private final Path folder;
  private final X500Name name;
  private final KeyPair keys;
  private final ContentSigner signer;
  private int serial = 1;
  final Path certificate;

  TestAuthority(Path folder, String name) throws Exception {
    this.folder = folder;
    this.name = new X500Name("CN=" + name);
    this.keys = keys();
    this.signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    this.certificate = folder.resolve(name + ".pem");
    var b =
        new JcaX509v3CertificateBuilder(
            this.name, BigInteger.ONE, day(-1), day(1), this.name, keys.getPublic());
    b.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    write(certificate, "CERTIFICATE", b.build(signer).getEncoded());
  }

  private static KeyPair keys() throws Exception {
    KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
    g.initialize(256);
    return g.generateKeyPair();
  }

  private static Date day(int from) {
    return Date.from(Instant.now().plus(from, ChronoUnit.DAYS));
  }

  /** A certificate until {@code days} from now. */
  Identity issue(String file, String subject, int days, GeneralName... alternative)
      throws Exception {
    KeyPair own = keys();
    BigInteger number = BigInteger.valueOf(++serial);
    var b =
        new JcaX509v3CertificateBuilder(
            name, number, day(-9), day(days), new X500Name(subject), own.getPublic());
    if (alternative.length > 0) {
      b.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
    }
    Path c = folder.resolve(file + ".pem");
    Path k = folder.resolve(file + ".key");
    write(c, "CERTIFICATE", b.build(signer).getEncoded());
    write(k, "PRIVATE KEY", own.getPrivate().getEncoded());
    return new Identity(c, k, number);
  }

  /** A list of what is revoked. */
  Path revoke(List<Identity> revoked) throws Exception {
    var b = new X509v2CRLBuilder(name, day(-1));
    b.setNextUpdate(day(1));
    for (Identity i : revoked) {
      b.addCRLEntry(i.serial, day(-1), CRLReason.keyCompromise);
    }
    Path file = folder.resolve("list.pem");
    write(file, "X509 CRL", b.build(signer).getEncoded());
    return file;
  }

  private static void write(Path file, String label, byte[] der) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN "
            + label
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + label
            + "-----\n");
  }
}
