package dev.cadastre.ingest.integrity;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Integrity;
import dev.cadastre.formats.value.Names;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sender's signature over one of its records, as OpenTelemetry's audit-logging draft has it: the
 * value on the record, algorithm and key on its Resource. Senders of earlier editions put all three
 * on the record; since a signature covers neither place, either will do.
 */
public final class RecordSignature {
  private static final String JCS = "jcs";
  private static final int ALGORITHM_CHARS_MAX = 40;
  private static final long NS = 1_000_000_000L;

  private final Resource resource;
  private final LogRecord record;
  private final AnyValue value;

  private RecordSignature(Resource resource, LogRecord record, AnyValue value) {
    this.resource = resource;
    this.record = record;
    this.value = value;
  }

  /** The signature of a record, if it carries one. */
  public static Optional<RecordSignature> of(Resource resource, LogRecord record) {
    return find(record.getAttributesList(), Names.AUDIT_INTEGRITY_VALUE)
        .map(value -> new RecordSignature(resource, record, value));
  }

  /** What it is worth to someone who trusts these keys. */
  public Integrity check(Keyring trusted) {
    String named = text(Names.AUDIT_INTEGRITY_ALGORITHM).orElse("");
    String shown = named.substring(0, Math.min(named.length(), ALGORITHM_CHARS_MAX));
    String canonicalization = text(Names.AUDIT_INTEGRITY_CANONICALIZATION).orElse(JCS);
    Optional<Algorithm> algorithm = Algorithm.of(named);
    if (algorithm.isEmpty()) {
      SignatureResult why =
          named.isEmpty() ? SignatureResult.NO_ALGORITHM : SignatureResult.UNKNOWN_ALGORITHM;
      return why.of(shown, "");
    }
    if (!canonicalization.equalsIgnoreCase(JCS)) {
      return SignatureResult.UNKNOWN_FORM.of(shown, "");
    }
    return check(trusted, algorithm.get());
  }

  private Integrity check(Keyring trusted, Algorithm algorithm) {
    List<TrustedKey> candidates;
    Optional<String> reference = text(Names.AUDIT_INTEGRITY_CERTIFICATE);
    if (reference.isPresent() && algorithm != Algorithm.HMAC_SHA256) {
      candidates =
          trusted
              .meantBy(reference.get())
              .filter(key -> key.algorithm() == algorithm)
              .map(List::of)
              .orElseGet(List::of);
    } else {
      candidates = trusted.of(algorithm);
    }
    if (candidates.isEmpty()) {
      return SignatureResult.UNKNOWN_KEY.of(algorithm.wire(), "");
    }
    List<TrustedKey> valid = candidates.stream().filter(key -> key.isValidAt(time())).toList();
    if (valid.isEmpty()) {
      return SignatureResult.KEY_NOT_VALID.of(algorithm.wire(), only(candidates));
    }
    return check(valid, algorithm);
  }

  private Integrity check(List<TrustedKey> keys, Algorithm algorithm) {
    Optional<byte[]> signature = signature();
    if (signature.isEmpty()) {
      return SignatureResult.MALFORMED.of(algorithm.wire(), only(keys));
    }
    boolean written = false;
    for (SignedForm form : SignedForm.values()) {
      Optional<byte[]> message = form.bytes(record);
      written |= message.isPresent();
      for (TrustedKey key : message.isPresent() ? keys : List.<TrustedKey>of()) {
        if (key.verifies(message.get(), signature.get())) {
          return Integrity.verified(algorithm.wire(), form.covers(record), key.fingerprint());
        }
      }
    }
    SignatureResult why = written ? SignatureResult.MISMATCH : SignatureResult.NO_FORM;
    return why.of(algorithm.wire(), only(keys));
  }

  private static String only(List<TrustedKey> keys) {
    return keys.size() == 1 ? keys.get(0).fingerprint() : "";
  }

  private Instant time() {
    long ns =
        record.getTimeUnixNano() != 0 ? record.getTimeUnixNano() : record.getObservedTimeUnixNano();
    return Instant.ofEpochSecond(Long.divideUnsigned(ns, NS), Long.remainderUnsigned(ns, NS));
  }

  private Optional<byte[]> signature() {
    if (!value.hasStringValue()) {
      return Optional.empty();
    }
    try {
      // One spelling alone: a second one would be another record with the same signature.
      return Optional.of(Encodings.base64(value.getStringValue()));
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  private Optional<String> text(String name) {
    List<KeyValue> everywhere = new ArrayList<>(resource.getAttributesList());
    everywhere.addAll(record.getAttributesList());
    return find(everywhere, name)
        .filter(AnyValue::hasStringValue)
        .map(given -> given.getStringValue().strip())
        .filter(text -> !text.isEmpty());
  }

  private static Optional<AnyValue> find(List<KeyValue> attributes, String name) {
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(name)) {
        return Optional.of(attribute.getValue());
      }
    }
    return Optional.empty();
  }
}
