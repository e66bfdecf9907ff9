package dev.cadastre.ingest.request;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * The OTLP signals taken in. All have the same frame, request &gt; resource &gt; scope &gt; record,
 * under different names and with the same field numbers.
 */
public enum Signal {
  LOGS(
      "/v1/logs",
      "log record",
      "rejectedLogRecords",
      ExportLogsServiceRequest.getDescriptor()
          .findFieldByNumber(ExportLogsServiceRequest.RESOURCE_LOGS_FIELD_NUMBER),
      ResourceLogs.getDescriptor().findFieldByNumber(ResourceLogs.SCOPE_LOGS_FIELD_NUMBER),
      ScopeLogs.getDescriptor().findFieldByNumber(ScopeLogs.LOG_RECORDS_FIELD_NUMBER),
      LogRecord.getDefaultInstance()),
  /** Log records under the rules of OpenTelemetry's audit-logging draft; docs/audit.md. */
  AUDIT(
      "/v1/audit",
      "audit record",
      LOGS.rejectedMember,
      LOGS.resources,
      LOGS.scopes,
      LOGS.records,
      LOGS.emptyRecord),
  /** What other systems send themselves; docs/importers.md. */
  EVENTS(
      "/v1/events",
      "event",
      LOGS.rejectedMember,
      LOGS.resources,
      LOGS.scopes,
      LOGS.records,
      LOGS.emptyRecord),
  TRACES(
      "/v1/traces",
      "span",
      "rejectedSpans",
      ExportTraceServiceRequest.getDescriptor()
          .findFieldByNumber(ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER),
      ResourceSpans.getDescriptor().findFieldByNumber(ResourceSpans.SCOPE_SPANS_FIELD_NUMBER),
      ScopeSpans.getDescriptor().findFieldByNumber(ScopeSpans.SPANS_FIELD_NUMBER),
      Span.getDefaultInstance());

  private final String path;
  private final String record;
  private final String rejectedMember;
  private final FieldDescriptor resources;
  private final FieldDescriptor scopes;
  private final FieldDescriptor records;
  private final Message emptyRecord;

  Signal(
      String path,
      String record,
      String rejectedMember,
      FieldDescriptor resources,
      FieldDescriptor scopes,
      FieldDescriptor records,
      Message emptyRecord) {
    this.path = path;
    this.record = record;
    this.rejectedMember = rejectedMember;
    this.resources = resources;
    this.scopes = scopes;
    this.records = records;
    this.emptyRecord = emptyRecord;
  }

  /** The path of OTLP/HTTP. */
  public String path() {
    return path;
  }

  /** What one record is called in messages to people. */
  public String record() {
    return record;
  }

  /** The member of {@code partialSuccess} that counts refused records, as OTLP/JSON names it. */
  public String rejectedMember() {
    return rejectedMember;
  }

  /** The request's list of {@code ResourceLogs} or {@code ResourceSpans}. */
  public FieldDescriptor resources() {
    return resources;
  }

  /** The resource's list of {@code ScopeLogs} or {@code ScopeSpans}. */
  public FieldDescriptor scopes() {
    return scopes;
  }

  /** The scope's list of records. */
  public FieldDescriptor records() {
    return records;
  }

  /** A record's type. */
  public Descriptor recordType() {
    return emptyRecord.getDescriptorForType();
  }

  public Message.Builder newRecord() {
    return emptyRecord.newBuilderForType();
  }
}
