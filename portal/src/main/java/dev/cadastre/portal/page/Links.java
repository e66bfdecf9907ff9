package dev.cadastre.portal.page;

import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.http.ParameterText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses of pages within one tenant's part of the portal. */
public final class Links {
  /** Key ids that survive as a path: servers and proxies rewrite or refuse everything else. */
  private static final Pattern PATH_SAFE =
      Pattern.compile("(?!.*//)(?!.*(^|/)\\.{1,2}(/|$))[A-Za-z0-9._~:@=+,/-]*[A-Za-z0-9._~:@=+,-]");

  private Links() {}

  public static String tenant(LogName log) {
    return "/t/" + log.value() + "/";
  }

  /** Where the same is to be had as JSON. */
  public static String api(LogName log) {
    return "/api/v1/tenants/" + log.value() + "/";
  }

  public static String entry(LogName log, long index) {
    return tenant(log) + "events/" + index;
  }

  public static String receipt(LogName log, String recordId) {
    return "/logs/" + log.value() + "/receipts" + query("id", ParameterText.write(recordId));
  }

  public static String key(LogName log, String key) {
    boolean plain = !key.startsWith("/") && PATH_SAFE.matcher(key).matches();
    return tenant(log) + "keys" + (plain ? "/" + key : query("id", ParameterText.write(key)));
  }

  /** The event list with filters: names and values in turn; empty values are left out. */
  public static String events(LogName log, String... filters) {
    String[] written = filters.clone();
    for (int i = 1; i < written.length; i += 2) {
      written[i] = written[i].isEmpty() ? "" : ParameterText.write(written[i]);
    }
    return tenant(log) + "events" + query(written);
  }

  /** The event list of one key, whatever it is called, with more filters. */
  public static String eventsOfKey(LogName log, String key, String... filters) {
    String more = events(log, filters);
    String ofKey = "key=" + encode(ParameterText.write(key));
    return more + (more.contains("?") ? "&" : "?") + ofKey;
  }

  /** {@code ?name=value&…} of names and values as they are written; or nothing. */
  public static String query(String... pairs) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (!pairs[i + 1].isEmpty()) {
        parts.add(pairs[i] + "=" + encode(pairs[i + 1]));
      }
    }
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%3A", ":").replace("%2F", "/");
  }
}
