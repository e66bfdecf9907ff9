package dev.cadastre.ingest.integrity;

import dev.cadastre.formats.event.Integrity;
import dev.cadastre.formats.event.Integrity.Status;
import java.util.Arrays;

/** What can come of checking a sender's signature; the name tells monitoring, the text an entry. */
public enum SignatureResult {
  VERIFIED(Status.VERIFIED, ""),
  /** Of the keys it should be of, none made it: somebody altered the record or made it up. */
  MISMATCH(Status.INVALID, "the signature is of another record or key"),
  MALFORMED(Status.INVALID, "the value is not one base64 text"),
  NO_FORM(Status.INVALID, "the record has no JSON form"),
  NO_ALGORITHM(Status.UNTRUSTED, "no algorithm is named"),
  UNKNOWN_ALGORITHM(Status.UNTRUSTED, "the algorithm is not known"),
  UNKNOWN_FORM(Status.UNTRUSTED, "the canonical form is not RFC 8785's"),
  UNKNOWN_KEY(Status.UNTRUSTED, "no trusted key is meant by it"),
  KEY_NOT_VALID(Status.UNTRUSTED, "the certificate is not valid at the record's time");

  private final Status status;
  private final String reason;

  SignatureResult(Status status, String reason) {
    this.status = status;
    this.reason = reason;
  }

  /** Whether the signature holds, does not, or cannot be told. */
  public Status status() {
    return status;
  }

  Integrity of(String algorithm, String key) {
    return Integrity.failed(status, algorithm, key, reason);
  }

  /** The result that an entry's words tell. */
  public static SignatureResult of(Integrity told) {
    return Arrays.stream(values())
        .filter(one -> one.status == told.status() && one.reason.equals(told.reason()))
        .findFirst()
        .orElseThrow();
  }
}
