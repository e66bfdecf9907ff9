package dev.cadastre.ingest;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Remembers how exports ended, which the SDK only logs. */
record ExportResults(LogRecordExporter inner, List<CompletableResultCode> results)
    implements LogRecordExporter {
  ExportResults(LogRecordExporter inner) {
    this(inner, new ArrayList<>());
  }

  /** How the first export ended. */
  CompletableResultCode first() {
    return results.get(0).join(30, TimeUnit.SECONDS);
  }

  @Override
  public CompletableResultCode export(Collection<LogRecordData> logs) {
    results.add(inner.export(logs));
    return results.get(results.size() - 1);
  }

  @Override
  public CompletableResultCode flush() {
    return inner.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return inner.shutdown();
  }
}
