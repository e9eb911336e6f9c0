package io.longhouse.engine.session;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides secrets in text that need not be a statement: passwords of addresses, of dictionaries'
 * sources and of table functions that log in elsewhere, keys of encryption.
 */
public final class SecretText {
  private static final String HIDDEN = "[HIDDEN]";
  private static final String STRING = "'(?:[^'\\\\]|\\\\.|'')*'";

  /** {@code scheme://user:password@host}. */
  private static final Pattern ADDRESS = Pattern.compile("://([^/\\s'\"@:]+):[^@\\s'\"/]+@");

  /** {@code PASSWORD 'x'}, {@code password = 'x'}, secret keys, tokens and their like. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b(\\w*(?:password|secret_access_key|session_token|account_key|access_token))"
              + "(\\s*=?\\s*)"
              + STRING);

  /** {@code headers('Authorization' = 'Bearer x')}. */
  private static final Pattern HEADER =
      Pattern.compile("(?i)('(?:authorization|x-clickhouse-key)'\\s*=\\s*)" + STRING);

  /** Functions with the first argument that may be a secret. */
  private static final Pattern CALL =
      Pattern.compile(
          "(?i)\\b(?:(remote|remoteSecure|mysql|postgresql|mongodb|redis)"
              + "|(s3|s3Cluster|gcs|cosn|oss|azureBlobStorage|azureBlobStorageCluster|iceberg\\w*"
              + "|deltaLake\\w*|hudi)|(encrypt|decrypt|tryDecrypt|aes_encrypt_mysql"
              + "|aes_decrypt_mysql))\\s*\\(");

  private SecretText() {}

  /** The text with {@code [HIDDEN]} in place of secrets. */
  public static String masked(String text) {
    String out = text;
    if (text.indexOf("://") >= 0) {
      out = ADDRESS.matcher(out).replaceAll("://$1:" + Matcher.quoteReplacement(HIDDEN) + "@");
    }
    if (text.indexOf('\'') < 0) {
      return out;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("password") || lower.contains("_key") || lower.contains("_token")) {
      out = NAMED.matcher(out).replaceAll("$1$2'" + Matcher.quoteReplacement(HIDDEN) + "'");
    }
    if (lower.contains("authorization") || lower.contains("x-clickhouse-key")) {
      out = HEADER.matcher(out).replaceAll("$1'" + Matcher.quoteReplacement(HIDDEN) + "'");
    }
    return CALL.matcher(out).find() ? calls(out) : out;
  }

  private static String calls(String text) {
    var out = new StringBuilder();
    Matcher m = CALL.matcher(text);
    int done = 0;
    while (m.find()) {
      if (m.start() >= done) {
        out.append(text, done, m.end());
        int from = m.group(1) != null ? 3 : 1;
        done = arguments(text, m.end(), from, out);
      }
    }
    return out.append(text, done, text.length()).toString();
  }

  /** Copies the arguments of a call and hides strings from one of them on; answers its end. */
  private static int arguments(String text, int begin, int from, StringBuilder out) {
    int depth = 0;
    int argument = 0;
    int i = begin;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\'') {
        int end = endOfString(text, i);
        out.append(depth == 0 && argument >= from ? "'" + HIDDEN + "'" : text.substring(i, end));
        i = end;
        continue;
      }
      if (c == ')' && depth == 0 || c == ';') {
        return i;
      }
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      argument += c == ',' && depth == 0 ? 1 : 0;
      out.append(c);
      i++;
    }
    return i;
  }

  /** Behind the closing quote; a string that does not end goes to the end of the text. */
  private static int endOfString(String text, int begin) {
    for (int i = begin + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '\'') {
        return i + 1;
      }
    }
    return text.length();
  }
}
