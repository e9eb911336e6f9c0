package io.longhouse.server.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.longhouse.engine.access.TokenIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenProcessorsTest {
  private static final TestTokens ISSUER = new TestTokens();

  /** A clock that is moved by hand. */
  private static final class HandClock extends Clock {
    final AtomicLong ms = new AtomicLong(System.currentTimeMillis());

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(ms.get());
    }
  }

  private final HandClock clock = new HandClock();
  private final List<String> problems = new ArrayList<>();

  private TokenProcessors processors(String... pairs) {
    Map<String, String> keys = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      String key = pairs[i];
      keys.put(key.startsWith("user_") ? key : "token_processors.p." + key, pairs[i + 1]);
    }
    return TokenConfig.read(keys, problems::add, clock);
  }

  private TokenProcessors usual() {
    return processors(
        "static_jwks", ISSUER.keySet(),
        "expected_issuer", "https://issuer",
        "expected_audience", "longhouse");
  }

  private static JWTClaimsSet.Builder ann() {
    return TestTokens.claims("ann");
  }

  @Test
  void everyAlgorithmOfAPublicKeyIsVerified() {
    TokenProcessors p = usual();
    Map<JWSAlgorithm, JWK> keys = new HashMap<>();
    for (JWSAlgorithm a : JWSAlgorithm.Family.RSA) {
      keys.put(a, ISSUER.rsa);
    }
    keys.put(JWSAlgorithm.ES256, ISSUER.p256);
    keys.put(JWSAlgorithm.ES384, ISSUER.p384);
    keys.put(JWSAlgorithm.ES512, ISSUER.p521);
    keys.put(JWSAlgorithm.EdDSA, ISSUER.ed25519);
    assertThat(keys).hasSize(10);
    keys.forEach((algorithm, key) -> {
      String token = ISSUER.sign(algorithm, key, ann());
      TokenIdentity who = p.verify(token);
      assertThat(who).as(algorithm.getName()).isNotNull();
      assertThat(who.name()).isEqualTo("ann");
      assertThat(who.roles()).isEmpty();
      String[] parts = token.split("\\.");
      byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
      signature[signature.length / 2] ^= 1;
      assertThat(p.verify(parts[0] + "." + parts[1] + "." + Base64URL.encode(signature))).isNull();
      assertThat(p.verify(parts[0] + "." + parts[1] + ".")).isNull();
      String other = ann().subject("bob").build().toPayload().toBase64URL().toString();
      assertThat(p.verify(parts[0] + "." + other + "." + parts[2])).isNull();
    });
  }

  @Test
  void tokensThatAreNotGenuineAreRefused() throws Exception {
    TokenProcessors p = usual();
    assertThat(p.verify(new PlainJWT(ann().build()).serialize())).as("alg none").isNull();
    var hs =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r").build(), ann().build());
    hs.sign(new MACSigner(ISSUER.rsa.toRSAPublicKey().getEncoded()));
    assertThat(p.verify(hs.serialize())).as("HMAC with the public key").isNull();
    var pem = new SignedJWT(hs.getHeader(), ann().build());
    pem.sign(
        new MACSigner(
            "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(ISSUER.rsa.toRSAPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n"));
    assertThat(p.verify(pem.serialize())).as("HMAC with the key's PEM").isNull();
    assertThat(p.verify(ISSUER.sign(JWSAlgorithm.RS256, ISSUER.otherRsa, ann()))).isNull();
    assertThat(p.verify(ISSUER.sign(JWSAlgorithm.RS256, ISSUER.smallRsa, ann()))).isNull();
    var noKid = new JWSHeader.Builder(JWSAlgorithm.RS256);
    assertThat(p.verify(ISSUER.sign(noKid.build(), ISSUER.rsa, ann()))).as("no kid").isNull();
    noKid.jwk(ISSUER.otherRsa.toPublicJWK());
    assertThat(p.verify(ISSUER.sign(noKid.build(), ISSUER.otherRsa, ann()))).isNull();
    var kid = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("r");
    assertThat(p.verify(ISSUER.sign(kid.contentType("JWT").build(), ISSUER.rsa, ann())))
        .as("nested")
        .isNull();
    kid = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("r");
    assertThat(p.verify(ISSUER.sign(kid.criticalParams(Set.of("exp")).build(), ISSUER.rsa, ann())))
        .isNull();
    kid =
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("r").type(new JOSEObjectType("logout+jwt"));
    assertThat(p.verify(ISSUER.sign(kid.build(), ISSUER.rsa, ann()))).as("another type").isNull();
    kid = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("r").type(new JOSEObjectType("at+jwt"));
    assertThat(p.verify(ISSUER.sign(kid.build(), ISSUER.rsa, ann()))).isNotNull();
    kid = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("e256");
    assertThat(p.verify(ISSUER.sign(kid.build(), ISSUER.rsa, ann()))).as("another kind").isNull();
    for (String junk : List.of("", ".", "..", "a.b.c", "a.b.c.d.e", "x".repeat(100_000))) {
      assertThat(p.verify(junk)).isNull();
    }
    var big = ann().claim("more", "x".repeat(20_000));
    assertThat(p.verify(ISSUER.sign(big))).as("oversized").isNull();
  }

  @Test
  void aKeyIsForItsOwnAlgorithmAndUseOnly() {
    var rsa = new com.nimbusds.jose.jwk.RSAKey.Builder(ISSUER.rsa);
    String only256 = new JWKSet(rsa.algorithm(JWSAlgorithm.RS256).build()).toString(true);
    TokenProcessors p = processors("static_jwks", only256);
    assertThat(p.verify(ISSUER.sign(JWSAlgorithm.RS256, ISSUER.rsa, ann()))).isNotNull();
    assertThat(p.verify(ISSUER.sign(JWSAlgorithm.RS384, ISSUER.rsa, ann()))).isNull();
    rsa = new com.nimbusds.jose.jwk.RSAKey.Builder(ISSUER.rsa);
    String enc =
        new JWKSet(rsa.keyUse(com.nimbusds.jose.jwk.KeyUse.ENCRYPTION).build()).toString(true);
    assertThat(processors("static_jwks", enc).verify(ISSUER.sign(ann()))).isNull();
  }

  @Test
  void claimsOfTimeIssuerAndAudienceCount() {
    TokenProcessors p = usual();
    long now = clock.millis();
    assertThat(p.verify(ISSUER.sign(ann().issuer("https://other")))).isNull();
    assertThat(p.verify(ISSUER.sign(ann().issuer(null)))).isNull();
    assertThat(p.verify(ISSUER.sign(ann().audience("other")))).isNull();
    assertThat(p.verify(ISSUER.sign(ann().audience(List.of("other", "longhouse"))))).isNotNull();
    assertThat(p.verify(ISSUER.sign(ann().expirationTime(new Date(now - 1000))))).isNull();
    assertThat(p.verify(ISSUER.sign(ann().expirationTime(null)))).isNull();
    assertThat(p.verify(ISSUER.sign(ann().notBeforeTime(new Date(now + 60_000))))).isNull();
    assertThat(p.verify(ISSUER.sign(ann().issueTime(new Date(now + 120_000))))).isNull();
    assertThat(p.verify(ISSUER.sign(ann().subject(null)))).isNull();
    assertThat(p.verify(ISSUER.sign(ann().subject("")))).isNull();
    assertThat(p.verify(ISSUER.sign(ann().subject("a\nb")))).isNull();
    var patient = processors("static_jwks", ISSUER.keySet(), "verifier_leeway", "120");
    assertThat(patient.verify(ISSUER.sign(ann().expirationTime(new Date(now - 60_000)))))
        .isNotNull();
    String token = ISSUER.sign(ann());
    assertThat(p.verify(token)).isNotNull();
    clock.ms.addAndGet(3_700_000);
    assertThat(p.verify(token)).as("remembered, but expired").isNull();
  }

  @Test
  void claimsBecomeUserRolesSettingsAndTenant() {
    TokenProcessors p =
        processors(
            "static_jwks", ISSUER.keySet(),
            "username_claim", "who.name",
            "roles_claim", "groups",
            "roles_filter", "ch-.*",
            "roles_transform", "s/^ch-//",
            "settings.SQL_tenant_id", "tid",
            "tenant_claim", "org",
            "claims", "{\"realm\": {\"roles\": [\"view\"]}}");
    var claims =
        ann()
            .claim("who", Map.of("name", "carl"))
            .claim("groups", List.of("ch-reader", "admin", "ch-writer"))
            .claim("tid", 42)
            .claim("org", "app.acme")
            .claim("realm", Map.of("roles", List.of("edit", "view")));
    TokenIdentity who = p.verify(ISSUER.sign(claims));
    assertThat(who).isNotNull();
    assertThat(who.name()).isEqualTo("carl");
    assertThat(who.roles()).containsExactly("reader", "writer");
    assertThat(who.requiredRoles()).containsExactly("tenant:app.acme");
    assertThat(who.settings()).isEqualTo(Map.of("SQL_tenant_id", "42"));
    assertThat(who.claims().test("{\"tid\": 42}")).isTrue();
    assertThat(who.claims().test("{\"tid\": 43}")).isFalse();
    assertThat(who.claims().test("{")).isFalse();
    assertThat(p.verify(ISSUER.sign(claims.claim("tid", null)))).as("no setting").isNull();
    assertThat(p.verify(ISSUER.sign(claims.claim("tid", List.of(42))))).isNull();
    claims.claim("tid", "42");
    assertThat(p.verify(ISSUER.sign(claims.claim("org", null)))).as("no tenant").isNull();
    claims.claim("org", "app.acme");
    assertThat(p.verify(ISSUER.sign(claims.claim("realm", Map.of("roles", List.of("edit"))))))
        .isNull();
    assertThat(usual().verify(ISSUER.sign(ann().claim("clickhouse:roles", List.of("a")))).roles())
        .as("no filter, no roles")
        .isEmpty();
  }

  @Test
  void keysOfAFileAndOfTheConfigurationServe(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys.json");
    Files.writeString(file, ISSUER.keySet());
    assertThat(processors("static_jwks_file", file.toString()).verify(ISSUER.sign(ann())))
        .isNotNull();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(ISSUER.rsa.toRSAPublicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----";
    TokenProcessors p = processors("algo", "RS256", "public_key", pem);
    assertThat(p.verify(ISSUER.sign(ann()))).isNotNull();
    assertThat(p.verify(ISSUER.sign(JWSAlgorithm.RS512, ISSUER.rsa, ann()))).isNull();
    String secret = "a secret of more than 32 bytes, at least";
    TokenProcessors h = processors("algo", "HS256", "static_key", secret);
    var hs = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), ann().build());
    hs.sign(new MACSigner(secret));
    assertThat(h.verify(hs.serialize())).isNotNull();
    assertThat(h.verify(ISSUER.sign(ann()))).isNull();
    assertThat(problems).isEmpty();
  }

  @Test
  void whatIsWrongWithTheConfigurationIsSaid() {
    processors("static_jwks", "{");
    processors("algo", "none");
    processors("algo", "HS256", "static_key", "short secret");
    processors("static_jwks", ISSUER.keySet(), "jwks_uri", "http://localhost/");
    processors("jwks_uri", "file:///etc/passwd");
    processors("static_jwks", ISSUER.keySet(), "user_directories.token.processor", "other");
    assertThat(problems).hasSize(6).noneMatch(p -> p.contains("short secret"));
  }

  @Test
  void keysAreFetchedRenewedAndNotFetchedTooOften() throws Exception {
    AtomicInteger fetches = new AtomicInteger();
    AtomicReference<String> text = new AtomicReference<>(ISSUER.keySet());
    AtomicInteger status = new AtomicInteger(200);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = text.get().getBytes(UTF_8);
          exchange.getResponseHeaders().add("Location", "http://localhost:1/");
          exchange.sendResponseHeaders(status.get(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    try (TokenProcessors p =
        processors("jwks_uri", uri, "jwks_cache_lifetime", "1000", "token_cache_lifetime", "0")) {
      String good = ISSUER.sign(ann().expirationTime(new Date(clock.millis() + 90_000_000L)));
      assertThat(p.verify(good)).isNotNull();
      assertThat(p.verify(good)).isNotNull();
      assertThat(fetches).hasValue(1);
      JWK fresh = new com.nimbusds.jose.jwk.RSAKey.Builder(ISSUER.otherRsa).keyID("new").build();
      String renewed =
          ISSUER.sign(
              JWSAlgorithm.RS256,
              fresh,
              ann().expirationTime(new Date(clock.millis() + 90_000_000L)));
      for (int i = 0; i < 100; i++) {
        assertThat(p.verify(renewed)).isNull();
      }
      assertThat(fetches).as("within ten seconds").hasValue(1);
      clock.ms.addAndGet(10_001);
      text.set(new JWKSet(List.of(fresh, ISSUER.rsa)).toString(true));
      assertThat(p.verify(renewed)).as("an unknown key is asked for").isNotNull();
      assertThat(fetches).hasValue(2);
      status.set(500);
      clock.ms.addAndGet(1_500_000);
      assertThat(p.verify(good)).as("old keys while the issuer is away").isNotNull();
      assertThat(p.verify(good)).isNotNull();
      assertThat(fetches).hasValue(3);
      clock.ms.addAndGet(1_000_000);
      assertThat(p.verify(good)).as("but not for ever").isNull();
      clock.ms.addAndGet(11_000);
      status.set(302);
      assertThat(p.verify(good)).as("nobody is followed").isNull();
      clock.ms.addAndGet(11_000);
      status.set(200);
      text.set(" ".repeat(2 << 20) + ISSUER.keySet());
      assertThat(p.verify(good)).as("too long").isNull();
      clock.ms.addAndGet(11_000);
      text.set(ISSUER.keySet());
      assertThat(p.verify(good)).isNotNull();
    } finally {
      server.stop(0);
    }
  }
}
