package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.note.NoteSignature;
import dev.cadastre.proof.note.NoteSigner;
import dev.cadastre.proof.note.SignatureType;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.note.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A DSSE envelope (secure-systems-lab/dsse v1.0.2) around an in-toto statement, signed with the
 * Ed25519 key of the log it is about. What is signed is {@code DSSEv1 <bytes> <type> <bytes>
 * <payload>}, lengths in bytes; it can never be the text of a note, which ends in a newline, so the
 * key may serve both.
 *
 * @param payload the statement's bytes; UTF-8
 * @param signatures at least one
 */
public record Dsse(String payload, List<Signature> signatures) {
  public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  /** Room for hundreds; a log has a key or two. */
  private static final int MAX_SIGNATURES_BYTES = 1 << 16;

  /**
   * @param keyId the key id of the signer's vkey in hexadecimal; a hint that nothing rests on
   * @param base64 the signature in standard or URL-safe base64
   */
  public record Signature(String keyId, String base64) {}

  public Dsse {
    signatures = List.copyOf(signatures);
  }

  public static Dsse sign(Statement statement, NoteSigner signer) {
    String payload = new String(statement.toJson().jcs(), StandardCharsets.UTF_8);
    NoteSignature signature = signer.sign(pae(payload));
    return new Dsse(
        payload,
        List.of(
            new Signature(
                signer.key().idHex(), Base64.getEncoder().encodeToString(signature.signature()))));
  }

  /** The bytes that are signed, as text. */
  static String pae(String payload) {
    int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
    return "DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + bytes + " " + payload;
  }

  /**
   * Checks that one of {@code keys} signed.
   *
   * @return the statement, which is as good as that key
   */
  public Statement verify(Collection<VerifierKey> keys) throws Refused {
    requireSigned(keys);
    return statement();
  }

  private void requireSigned(Collection<VerifierKey> keys) throws Refused {
    for (VerifierKey key : keys) {
      for (Signature signature : signatures) {
        if (holds(key, signature)) {
          return;
        }
      }
    }
    throw new Refused(
        "expected a signature by one of "
            + keys
            + ", found none among "
            + signatures.size()
            + " that holds");
  }

  /**
   * Checks that {@code keys} signed and nobody else: at least one of them, each at most once, under
   * its own key id, and in their order. Then nothing in the envelope is free.
   */
  public void requireSignedAloneBy(List<VerifierKey> keys) throws Refused {
    requireSigned(keys);
    int next = 0;
    for (Signature signature : signatures) {
      int at = next;
      while (at < keys.size() && !isNamed(keys.get(at), signature)) {
        at++;
      }
      if (at == keys.size() || !holds(keys.get(at), signature)) {
        throw new Refused(
            "expected signatures of the log's keys alone, each once and under its key id, found one"
                + " of "
                + Encodings.quote(signature.keyId));
      }
      next = at + 1;
    }
  }

  private static boolean isNamed(VerifierKey key, Signature signature) {
    return key.type() == SignatureType.ED25519 && key.idHex().equals(signature.keyId);
  }

  /**
   * An Ed25519 note signature is plain Ed25519 over the text's bytes, so a note's check is the
   * check.
   */
  private boolean holds(VerifierKey key, Signature signature) throws Refused {
    if (key.type() != SignatureType.ED25519) {
      return false;
    }
    NoteSignature claimed = new NoteSignature(key.name(), key.id(), base64(signature.base64));
    try {
      new SignedNote(pae(payload), List.of(claimed)).verify(List.of(key));
      return true;
    } catch (Refused e) {
      return false;
    }
  }

  /** The specification allows both alphabets, but not both at once. */
  private static byte[] base64(String text) throws Refused {
    boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    if (url && (text.indexOf('+') >= 0 || text.indexOf('/') >= 0)) {
      throw new Refused("expected one alphabet of base64, found " + Encodings.quote(text));
    }
    return Encodings.base64(text.replace('-', '+').replace('_', '/'));
  }

  /** What the payload says, whoever signed it. */
  public Statement statement() throws Refused {
    return Statement.fromJson(Json.parseObject(payload.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Reads a canonical envelope around {@code payload}, of which nothing need be parsed but the
   * signatures.
   *
   * @param payload the statement's bytes as the reader knows them; UTF-8
   * @return empty if the envelope holds another payload, or this one in another form
   */
  public static Optional<Dsse> around(byte[] payload, byte[] envelope) throws Refused {
    byte[] start =
        ("{\"payload\":\""
                + Base64.getEncoder().encodeToString(payload)
                + "\",\"payloadType\":\""
                + PAYLOAD_TYPE
                + "\",")
            .getBytes(StandardCharsets.UTF_8);
    int from = start.length;
    if (envelope.length < from || !Arrays.equals(start, 0, from, envelope, 0, from)) {
      return Optional.empty();
    }
    if (envelope.length - from > MAX_SIGNATURES_BYTES) {
      throw new Refused(
          "expected at most "
              + MAX_SIGNATURES_BYTES
              + " bytes of signatures, found "
              + (envelope.length - from));
    }
    byte[] rest = Arrays.copyOfRange(envelope, from - 1, envelope.length);
    rest[0] = '{';
    Json.Obj json = Json.parseObject(rest);
    List<Signature> signatures = signatures(json);
    Json again = Json.Obj.builder().put("signatures", toJson(signatures)).build();
    return Arrays.equals(rest, again.jcs())
        ? Optional.of(new Dsse(Encodings.utf8(payload), signatures))
        : Optional.empty();
  }

  /** The envelope's JSON. */
  public Json.Obj toJson() {
    byte[] utf8 = payload.getBytes(StandardCharsets.UTF_8);
    return Json.Obj.builder()
        .put("payload", Base64.getEncoder().encodeToString(utf8))
        .put("payloadType", PAYLOAD_TYPE)
        .put("signatures", toJson(signatures))
        .build();
  }

  private static Json toJson(List<Signature> signatures) {
    List<Json> all = new ArrayList<>();
    for (Signature one : signatures) {
      all.add(Json.Obj.builder().put("keyid", one.keyId).put("sig", one.base64).build());
    }
    return new Json.Arr(all);
  }

  /** Reads an envelope; members that the specification does not name are ignored, as it demands. */
  public static Dsse fromJson(Json.Obj json) throws Refused {
    if (!json.str("payloadType").equals(PAYLOAD_TYPE)) {
      throw new Refused(
          "expected payload type "
              + PAYLOAD_TYPE
              + ", found "
              + Encodings.quote(json.str("payloadType")));
    }
    return new Dsse(Encodings.utf8(base64(json.str("payload"))), signatures(json));
  }

  private static List<Signature> signatures(Json.Obj envelope) throws Refused {
    List<Signature> signatures = new ArrayList<>();
    for (Json.Obj one : envelope.objects("signatures")) {
      signatures.add(new Signature(one.optStr("keyid").orElse(""), one.str("sig")));
    }
    return signatures;
  }
}
