package dev.cadastre.ingest.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.cadastre.ingest.request.Encoding;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Optional;

/** The bodies of OTLP answers, in either encoding. Nothing is ever rejected in part. */
public final class OtlpAnswers {
  private static final JsonFactory JSON = new JsonFactory();

  private OtlpAnswers() {}

  /** The response message; {@code partial_success} is set only to carry the warning. */
  public static Message message(Signal signal, Optional<String> warning) {
    return switch (signal) {
      case LOGS, AUDIT, EVENTS -> {
        ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
        warning.ifPresent(
            text ->
                response.setPartialSuccess(
                    ExportLogsPartialSuccess.newBuilder().setErrorMessage(text)));
        yield response.build();
      }
      case TRACES -> {
        ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
        warning.ifPresent(
            text ->
                response.setPartialSuccess(
                    ExportTracePartialSuccess.newBuilder().setErrorMessage(text)));
        yield response.build();
      }
    };
  }

  public static byte[] accepted(Signal signal, Encoding encoding, Optional<String> warning) {
    return switch (encoding) {
      case PROTOBUF -> message(signal, warning).toByteArray();
      case JSON -> json(out -> acceptedJson(out, signal, warning));
    };
  }

  public static byte[] refused(Encoding encoding, Status status) {
    return switch (encoding) {
      case PROTOBUF -> status.toByteArray();
      case JSON -> json(out -> statusJson(out, status));
    };
  }

  private interface Body {
    void write(JsonGenerator out) throws IOException;
  }

  private static byte[] json(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      body.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void acceptedJson(JsonGenerator out, Signal signal, Optional<String> warning)
      throws IOException {
    if (warning.isPresent()) {
      out.writeObjectFieldStart("partialSuccess");
      out.writeStringField(signal.rejectedMember(), "0"); // proto3 JSON: int64 is a string
      out.writeStringField("errorMessage", warning.get());
      out.writeEndObject();
    }
  }

  private static void statusJson(JsonGenerator out, Status status) throws IOException {
    out.writeNumberField("code", status.getCode());
    out.writeStringField("message", status.getMessage());
    if (status.getDetailsCount() > 0) {
      out.writeArrayFieldStart("details");
      for (Any detail : status.getDetailsList()) {
        detailJson(out, detail);
      }
      out.writeEndArray();
    }
  }

  /** The two kinds of detail that {@link Refusal#status()} gives. */
  private static void detailJson(JsonGenerator out, Any detail)
      throws InvalidProtocolBufferException, IOException {
    out.writeStartObject();
    out.writeStringField("@type", detail.getTypeUrl());
    if (detail.is(RetryInfo.class)) {
      com.google.protobuf.Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
      BigDecimal seconds =
          BigDecimal.valueOf(delay.getSeconds()).add(BigDecimal.valueOf(delay.getNanos(), 9));
      out.writeStringField("retryDelay", seconds.stripTrailingZeros().toPlainString() + "s");
    } else {
      out.writeArrayFieldStart("fieldViolations");
      for (BadRequest.FieldViolation one :
          detail.unpack(BadRequest.class).getFieldViolationsList()) {
        out.writeStartObject();
        out.writeStringField("field", one.getField());
        out.writeStringField("description", one.getDescription());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }
}
