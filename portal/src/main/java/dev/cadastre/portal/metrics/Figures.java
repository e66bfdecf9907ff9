package dev.cadastre.portal.metrics;

import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * All figures of a cell: a meter for those who count, and a text for those who scrape. Nothing is
 * gathered between scrapes, and nothing is sent anywhere.
 */
public final class Figures implements AutoCloseable {
  private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();
  private static final ExpositionFormatWriter PROMETHEUS = PrometheusTextFormatWriter.create();

  /** Neither our own name nor the SDK's version is a figure. */
  private final PrometheusMetricReader reader =
      PrometheusMetricReader.builder()
          .setTargetInfoMetricEnabled(false)
          .setOtelScopeLabelsEnabled(false)
          .build();

  private final SdkMeterProvider provider =
      SdkMeterProvider.builder().registerMetricReader(reader).build();

  /** The figures as one text. */
  public record Text(String contentType, byte[] bytes) {}

  /** What the cell's instruments are made with. */
  public Meter meter() {
    return provider.get("cadastre");
  }

  /**
   * All figures as they are now.
   *
   * @param accept the request's header: Prometheus' own text where it asks for plain text and not
   *     for OpenMetrics, else OpenMetrics
   */
  public Text text(@Nullable String accept) {
    boolean plain =
        accept != null && accept.contains("text/plain") && !OPEN_METRICS.accepts(accept);
    ExpositionFormatWriter writer = plain ? PROMETHEUS : OPEN_METRICS;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, reader.collect());
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return new Text(writer.getContentType(), out.toByteArray());
  }

  @Override
  public void close() {
    provider.close();
  }
}
