package dev.cadastre.ingest.answer;

import com.google.protobuf.CodedOutputStream;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.request.AuditReceipt;
import dev.cadastre.ingest.request.Encoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Receipts in either encoding. The draft has no message for them: docs/formats/audit.proto is ours.
 * It can be read as {@code ExportLogsServiceResponse}, whose {@code partial_success} it never sets,
 * because that is what OTLP clients read.
 */
public final class AuditAnswers {
  // docs/formats/audit.proto
  private static final int RECEIPTS = 1000;
  private static final int RECORD_ID = 1;
  private static final int INTEGRITY_HASH = 2;
  private static final int SINK_TIMESTAMP = 3;
  private static final int ORIGIN = 4;
  private static final int INDEX = 5;
  private static final int LEAF_HASH = 6;

  private AuditAnswers() {}

  public static byte[] receipts(Encoding encoding, List<AuditReceipt> receipts) {
    return switch (encoding) {
      case JSON -> json(receipts).jcs();
      case PROTOBUF -> protobuf(receipts);
    };
  }

  private static Json.Obj json(List<AuditReceipt> receipts) {
    if (receipts.isEmpty()) {
      return Json.Obj.builder().build();
    }
    List<Json> items = receipts.stream().<Json>map(AuditAnswers::json).toList();
    return Json.Obj.builder().put("receipts", new Json.Arr(items)).build();
  }

  /** 64-bit integers are strings, as in all OTLP/JSON. */
  private static Json.Obj json(AuditReceipt one) {
    return Json.Obj.builder()
        .put("recordId", one.recordId())
        .put("integrityHash", one.integrityHash().hex())
        .put("sinkTimestamp", Long.toString(one.receipt().receivedNs()))
        .put("origin", one.receipt().origin())
        .put("index", Long.toString(one.receipt().index()))
        .put("leafHash", one.receipt().leafHash().hex())
        .build();
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] protobuf(List<AuditReceipt> receipts) {
    return message(
        out -> {
          for (AuditReceipt one : receipts) {
            out.writeByteArray(RECEIPTS, message(fields -> receipt(fields, one)));
          }
        });
  }

  private static void receipt(CodedOutputStream out, AuditReceipt one) throws IOException {
    out.writeString(RECORD_ID, one.recordId());
    out.writeString(INTEGRITY_HASH, one.integrityHash().hex());
    out.writeFixed64(SINK_TIMESTAMP, one.receipt().receivedNs());
    out.writeString(ORIGIN, one.receipt().origin());
    out.writeUInt64(INDEX, one.receipt().index());
    out.writeString(LEAF_HASH, one.receipt().leafHash().hex());
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
