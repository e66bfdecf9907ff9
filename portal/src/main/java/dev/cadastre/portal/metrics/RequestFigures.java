package dev.cadastre.portal.metrics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import jakarta.servlet.ServletRequest;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * How long every request took, also those that no route ever saw. Counted by the route's template
 * and not by its path, so that neither tenants nor strangers' inventions are told apart.
 */
public final class RequestFigures extends Handler.Wrapper {
  /** The route of a request that was refused before one was found. */
  static final String UNKNOWN = "unknown";

  private static final String ROUTE = RequestFigures.class.getName() + ".route";
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> TEMPLATE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<String> STATUS =
      AttributeKey.stringKey("http.response.status_class");

  private static final Set<String> METHODS =
      Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

  /** Of the semantic conventions. */
  private static final List<Double> BOUNDS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

  private static final double NANOS = 1e9;

  private final DoubleHistogram durations;

  public RequestFigures(Meter meter) {
    durations =
        meter
            .histogramBuilder("http.server.request.duration")
            .setUnit("s")
            .setDescription("Requests to the portal.")
            .setExplicitBucketBoundariesAdvice(BOUNDS)
            .build();
  }

  /** Where the route's template will be known, once there is one. */
  private static final class Slot {
    volatile String route = UNKNOWN;
  }

  /** Says which route the request took. */
  public static void took(ServletRequest request, String template) {
    if (request.getAttribute(ROUTE) instanceof Slot slot) {
      slot.route = template;
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Slot slot = new Slot();
    request.setAttribute(ROUTE, slot);
    Request.addCompletionListener(request, failure -> record(request, response, slot));
    return super.handle(request, response, callback);
  }

  private void record(Request request, Response response, Slot slot) {
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER";
    int status = response.getStatus() == 0 ? 500 : response.getStatus();
    durations.record(
        NanoTime.since(request.getHeadersNanoTime()) / NANOS,
        Attributes.of(METHOD, method, TEMPLATE, slot.route, STATUS, status / 100 + "xx"));
  }
}
