package dev.cadastre.demo;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.Collection;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** The SDK drops what it cannot export and goes on. Here every export's end is told to someone. */
final class LoudExporter implements LogRecordExporter {
  private final LogRecordExporter exporter;
  private final ObjIntConsumer<@Nullable String> onEnd;

  /**
   * @param onEnd gets why an export failed, null if it was acknowledged, and how many records it
   *     had
   */
  LoudExporter(LogRecordExporter exporter, ObjIntConsumer<@Nullable String> onEnd) {
    this.exporter = exporter;
    this.onEnd = onEnd;
  }

  @Override
  public CompletableResultCode export(Collection<LogRecordData> records) {
    int count = records.size();
    CompletableResultCode result = exporter.export(records);
    return result.whenComplete(() -> onEnd.accept(failure(result), count));
  }

  private static @Nullable String failure(CompletableResultCode result) {
    if (result.isSuccess()) {
      return null;
    }
    Throwable cause = result.getFailureThrowable();
    return cause == null ? "no reason given" : cause.toString();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
