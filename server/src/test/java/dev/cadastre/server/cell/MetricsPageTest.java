package dev.cadastre.server.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.model.LogName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/metrics.md} says of figures is what a cell serves. */
class MetricsPageTest {
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)(?:\\{([a-z_,]+)})?`");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
  private static final ServeSettings ANY_PORTS =
      ServeSettings.DEFAULT.withPortalPort(0).withOtlpHttpPort(0).withOtlpGrpcPort(0);

  private static final LogName LOG = new LogName("rheinbank");

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path directory;

  @Test
  void thePageListsWhatIsServedAndNothingElse() throws Exception {
    Path data = directory.resolve("data");
    CellIdentity identity = CellIdentity.settle(data, Optional.empty(), Optional.empty());
    try (Cell cell = Cell.open(data, identity, InstantSource.system());
        CellServer server = CellServer.start(cell, ANY_PORTS)) {
      cell.ledger().create(LOG);
      cell.anchorer().anchorNow();
      assertEquals(200, post(server.endpoints().otlpHttp() + "/v1/logs", token(cell)));
      String portal = server.endpoints().portal();
      get(portal + "/healthz", "");
      get(portal + "/t/rheinbank/events", "");
      get(portal + "/rheinbank-is-no-route", "");
      String text = awaitCollection(portal);
      assertEquals(table(), served(text));
      assertTrue(text.contains(count("GET", "/healthz", "2xx") + " 1\n"), text);
      assertTrue(text.contains(count("GET", "/t/{tenant}/events", "4xx") + " 1\n"), text);
      assertTrue(text.contains(count("GET", "unknown", "4xx") + " 1\n"), text);
      assertFalse(text.contains("rheinbank"), "figures name no tenant");
      HttpResponse<String> open = get(portal + "/metrics", "");
      assertTrue(open.headers().firstValue("Content-Type").orElseThrow().startsWith(OPEN_METRICS));
      assertTrue(open.body().endsWith("\n# EOF\n"), open.body());
    }
  }

  private static String count(String method, String route, String status) {
    return "http_server_request_duration_seconds_count{http_request_method=\""
        + method
        + "\",http_response_status_class=\""
        + status
        + "\",http_route=\""
        + route
        + "\"}";
  }

  /** Of collections the machine tells on a thread of its own. */
  private String awaitCollection(String portal) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    String text;
    do {
      System.gc();
      HttpResponse<String> answer = get(portal + "/metrics", "text/plain;version=0.0.4");
      assertTrue(
          answer.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain"));
      text = answer.body();
    } while (!text.contains("jvm_gc_duration") && System.nanoTime() < deadline);
    return text;
  }

  private HttpResponse<String> get(String url, String accept) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (!accept.isEmpty()) {
      request.header("Accept", accept);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String token(Cell cell) {
    return cell.tokens().issue(Role.INGEST, Optional.of(LOG), "test", Optional.empty());
  }

  private int post(String url, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }

  /** Names, each with its type and labels, of the page's first table. */
  private static TreeMap<String, String> table() throws Exception {
    TreeMap<String, String> rows = new TreeMap<>();
    Path page = Path.of(System.getProperty("cadastre.root"), "docs", "metrics.md");
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("Results of checking")) {
        break;
      }
      String[] cells = line.split("\\|", 4);
      if (line.startsWith("| `") && cells.length == 4) {
        Matcher name = NAME.matcher(cells[1]);
        while (name.find()) {
          Set<String> labels = new TreeSet<>();
          if (name.group(2) != null) {
            labels.addAll(Set.of(name.group(2).split(",", -1)));
          }
          rows.put(name.group(1), cells[2].strip() + " " + labels);
        }
      }
    }
    return rows;
  }

  private static TreeMap<String, String> served(String text) {
    TreeMap<String, String> types = new TreeMap<>();
    TreeMap<String, Set<String>> labels = new TreeMap<>();
    String family = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", 4);
        family = words[2];
        types.put(family, words[3]);
        labels.put(family, new TreeSet<>());
      } else if (!line.startsWith("#")) {
        Matcher label = LABEL.matcher(line);
        while (label.find()) {
          if (!label.group(1).equals("le")) {
            labels.get(family).add(label.group(1));
          }
        }
      }
    }
    types.replaceAll((name, type) -> type + " " + labels.get(name));
    return types;
  }
}
