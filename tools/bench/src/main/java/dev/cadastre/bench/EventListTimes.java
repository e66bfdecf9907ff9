package dev.cadastre.bench;

import dev.cadastre.bench.load.Measurements;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** First pages of one tenant's event list, over the API, and how long each took. */
final class EventListTimes {
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI list;
  private final String token;
  private final long events;
  private final Random random;
  private final Map<FilterClass, List<Long>> tookNs = new EnumMap<>(FilterClass.class);
  private final Map<FilterClass, Integer> found = new EnumMap<>(FilterClass.class);

  /**
   * @param events how many events were sent to the tenant's log
   */
  EventListTimes(URI portal, String tenant, String token, long events) {
    this.list = portal.resolve("/api/v1/tenants/" + tenant + "/events");
    this.token = token;
    this.events = events;
    this.random = new Random(events);
  }

  /** Asks one query more of a class. */
  void ask(FilterClass filter) throws IOException, InterruptedException, Refused {
    long begin = System.nanoTime();
    byte[] page = get(filter.draw(random, events));
    long took = System.nanoTime() - begin;
    if (!Json.parseObject(page).arr("events").isEmpty()) {
      found.merge(filter, 1, Integer::sum);
    }
    tookNs.computeIfAbsent(filter, none -> new ArrayList<>()).add(took);
  }

  /** A query that is not counted. */
  void warmUp(FilterClass filter) throws IOException, InterruptedException {
    byte[] unused = get(filter.draw(random, events));
  }

  private byte[] get(String query) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(list + query))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != OK) {
      throw new IOException(request.uri() + " was answered " + answer.statusCode());
    }
    return answer.body();
  }

  int found(FilterClass filter) {
    return found.getOrDefault(filter, 0);
  }

  /** A quantile of a class, in milliseconds. */
  double ms(FilterClass filter, double share) {
    return quantile(tookNs.getOrDefault(filter, List.of()).stream(), share);
  }

  /** A quantile of all queries, in milliseconds. */
  double ms(double share) {
    return quantile(tookNs.values().stream().flatMap(List::stream), share);
  }

  private static double quantile(Stream<Long> tookNs, double share) {
    return Measurements.quantile(tookNs.mapToLong(Long::longValue).sorted().toArray(), share) / 1e6;
  }
}
