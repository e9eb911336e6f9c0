package io.longhouse.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.longhouse.engine.access.TokenIdentity;
import io.longhouse.server.token.TokenProcessor.Expected;
import io.longhouse.server.token.TokenProcessor.Mapping;
import io.longhouse.server.token.TokenProcessor.Transform;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The processors of {@code token_processors} (or {@code jwt_validators}) of a configuration. */
public final class TokenConfig {
  private static final String DIRECTORY = "user_directories.token";
  private static final long REFETCH_MS = 10_000;
  private static final long FILE_LIFETIME_MS = 60_000;

  private final Map<String, String> keys;
  private final Consumer<String> problems;
  private final Clock clock;
  private final List<AutoCloseable> resources = new ArrayList<>();

  private TokenConfig(Map<String, String> keys, Consumer<String> problems, Clock clock) {
    this.keys = keys;
    this.problems = problems;
    this.clock = clock;
  }

  /**
   * @param keys the server's configuration, flattened
   * @param problems told what is wrong with it
   */
  public static TokenProcessors read(
      Map<String, String> keys, Consumer<String> problems, Clock clock) {
    return new TokenConfig(keys, problems, clock).read();
  }

  private TokenProcessors read() {
    boolean enabled = !text("enable_token_auth", "1").matches("0|false");
    List<TokenProcessor> processors = new ArrayList<>();
    long cacheSec = 60;
    String directory = text(DIRECTORY + ".processor", "");
    if (enabled) {
      for (String section : List.of("token_processors", "jwt_validators")) {
        for (String name : below(section)) {
          String at = section + "." + name;
          cacheSec = Math.min(cacheSec, number(at + ".token_cache_lifetime", 60));
          TokenProcessor p = processor(name, at, name.equals(directory));
          if (p != null) {
            processors.add(p);
          }
        }
      }
    }
    if (enabled
        && !directory.isEmpty()
        && processors.stream().noneMatch(p -> p.name().equals(directory))) {
      problems.accept(DIRECTORY + ".processor: there is no token processor " + directory);
    }
    if (directory.isEmpty() && !below(DIRECTORY).isEmpty()) {
      problems.accept(DIRECTORY + ".processor names none of token_processors");
    }
    String shown = directory.isEmpty() ? null : "{\"processor\":\"" + directory + "\"}";
    return new TokenProcessors(processors, resources, enabled ? shown : null, cacheSec, clock);
  }

  private @Nullable TokenProcessor processor(String name, String at, boolean isDirectory) {
    KeySource source = kid -> null;
    JWK single = null;
    String uri = text(at + ".jwks_uri", text(at + ".uri", ""));
    String inline = text(at + ".static_jwks", "");
    String file = text(at + ".static_jwks_file", "");
    String algorithm = text(at + ".algo", "");
    long given = List.of(uri, inline, file, algorithm).stream().filter(x -> !x.isEmpty()).count();
    if (given != 1) {
      problems.accept(
          at + ": expected exactly one of jwks_uri, static_jwks, static_jwks_file and algo");
      return null;
    }
    try {
      if (!uri.isEmpty()) {
        source = remote(name, at, uri);
      } else if (!inline.isEmpty()) {
        source = KeySource.of(JWKSet.parse(inline));
      } else if (!file.isEmpty()) {
        Path path = Path.of(file);
        JWKSet.parse(Files.readString(path));
        source =
            new CachedKeys(name, () -> Files.readString(path), FILE_LIFETIME_MS, REFETCH_MS, clock);
      } else {
        single = single(at, algorithm);
      }
    } catch (IOException | IllegalArgumentException e) {
      problems.accept(at + ": cannot read its keys: " + e);
      return null;
    } catch (ParseException | JOSEException e) {
      problems.accept(at + ": that is no key set or no key");
      return null;
    }
    var expected =
        new Expected(
            text(at + ".expected_issuer", ""),
            text(at + ".expected_audience", ""),
            text(at + ".claims", ""),
            number(at + ".verifier_leeway", 0),
            text(at + ".allow_no_expiration", "0").matches("1|true"));
    return new TokenProcessor(name, source, single, expected, mapping(name, at, isDirectory));
  }

  private KeySource remote(String name, String at, String text) {
    URI uri = URI.create(text);
    if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches("https?")) {
      throw new IllegalArgumentException("an address begins with https:// or http://");
    }
    var loader =
        new RemoteText(
            uri,
            (int) number(at + ".connection_timeout_ms", 1000),
            (int) number(at + ".receive_timeout_ms", 3000));
    resources.add(loader);
    long lifetimeMs =
        text(at + ".refresh_ms", "").isEmpty()
            ? 1000 * number(at + ".jwks_cache_lifetime", 3600)
            : number(at + ".refresh_ms", 0);
    return new CachedKeys(name, loader, lifetimeMs, REFETCH_MS, clock);
  }

  private JWK single(String at, String algorithm) throws JOSEException, IOException {
    JWSAlgorithm a =
        algorithm.equals("Ed25519") || algorithm.equals("Ed448")
            ? JWSAlgorithm.EdDSA
            : JWSAlgorithm.parse(algorithm);
    if (JWSAlgorithm.Family.HMAC_SHA.contains(a)) {
      String secret = text(at + ".static_key", "");
      byte[] bytes =
          text(at + ".static_key_in_base64", "0").matches("1|true|True")
              ? Base64.getDecoder().decode(secret)
              : secret.getBytes(StandardCharsets.UTF_8);
      if (bytes.length < 32) {
        throw new IllegalArgumentException("static_key has less than 32 bytes");
      }
      return new OctetSequenceKey.Builder(bytes).algorithm(a).build();
    }
    if (!JWSAlgorithm.Family.SIGNATURE.contains(a)) {
      throw new IllegalArgumentException("algo " + algorithm + " is not supported");
    }
    return PublicKeys.of(text(at + ".public_key", ""), a);
  }

  private Mapping mapping(String name, String at, boolean isDirectory) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : below(at + ".settings")) {
      settings.put(setting, text(at + ".settings." + setting, ""));
    }
    String own = isDirectory ? DIRECTORY : at;
    String filter = text(own + ".roles_filter", text(at + ".roles_filter", ""));
    String transform = text(own + ".roles_transform", text(at + ".roles_transform", ""));
    List<String> common = isDirectory ? List.copyOf(below(DIRECTORY + ".common_roles")) : List.of();
    return new Mapping(
        text(at + ".username_claim", "sub"),
        text(at + ".roles_claim", text(at + ".groups_claim", "clickhouse:roles")),
        filter.isEmpty() ? null : pattern(own + ".roles_filter", filter),
        transform.isEmpty() ? Transform.NONE : transform(own + ".roles_transform", transform),
        common,
        settings,
        text(at + ".tenant_claim", ""),
        isDirectory
            ? new TokenIdentity.Stranger(name, text(DIRECTORY + ".default_profile", ""))
            : null);
  }

  private @Nullable Pattern pattern(String at, String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      problems.accept(at + ": " + text + " is not a regular expression");
      return null;
    }
  }

  private Transform transform(String at, String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 4 || !parts[0].equals("s") || !parts[3].matches("g?")) {
      problems.accept(at + ": expected s/pattern/replacement/ or s/pattern/replacement/g");
      return Transform.NONE;
    }
    return new Transform(pattern(at, parts[1]), parts[2].replace("\\", "$"), !parts[3].isEmpty());
  }

  // ---- Keys

  private Set<String> below(String section) {
    Set<String> names = new LinkedHashSet<>();
    String prefix = section + ".";
    for (String key : keys.keySet()) {
      if (key.startsWith(prefix)) {
        String rest = key.substring(prefix.length());
        int dot = rest.indexOf('.');
        names.add(dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    return names;
  }

  private String text(String key, String otherwise) {
    String v = keys.getOrDefault(key, "").strip();
    return v.isEmpty() ? otherwise : v;
  }

  private long number(String key, long otherwise) {
    String v = text(key, "");
    if (v.isEmpty()) {
      return otherwise;
    }
    if (v.matches("\\d{1,9}")) {
      return Long.parseLong(v);
    }
    problems.accept(key + ": " + v + " is not a number");
    return otherwise;
  }
}
