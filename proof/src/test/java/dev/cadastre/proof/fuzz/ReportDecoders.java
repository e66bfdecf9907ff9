package dev.cadastre.proof.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.Vectors;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.proof.attestation.AttestationFold;
import dev.cadastre.proof.attestation.AttestationScope;
import dev.cadastre.proof.attestation.Dsse;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.Statement;
import dev.cadastre.proof.detect.Detectors;
import dev.cadastre.proof.note.Ed25519NoteSigner;
import dev.cadastre.proof.note.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attestations as strangers hand them over, and what their computation makes of any entries. */
final class ReportDecoders {
  private static final Ed25519NoteSigner SIGNER = new Ed25519NoteSigner("fuzz", new byte[32]);
  private static final VerifierKey OTHER = new Ed25519NoteSigner("other", other()).key();
  private static final long T0 = 1_767_225_600_000_000_000L;

  private ReportDecoders() {}

  private static byte[] other() {
    byte[] seed = new byte[32];
    seed[0] = 1;
    return seed;
  }

  /** An envelope, a statement or a predicate; each is written again as what it was read from. */
  static void attestation(byte[] input) throws Refused {
    Json.Obj json = Json.parseObject(input);
    if (json.has("payloadType")) {
      envelope(Dsse.fromJson(json));
    } else if (json.has("_type")) {
      Statement statement = Statement.fromJson(json);
      assertEquals(json, statement.toJson());
      predicate(statement.predicate());
    } else {
      predicate(json);
    }
  }

  private static void envelope(Dsse envelope) throws Refused {
    Dsse again = Dsse.fromJson(envelope.toJson());
    assertEquals(envelope, again);
    assertThrows(Refused.class, () -> envelope.verify(List.of(OTHER)));
    Statement statement =
        Statement.fromJson(Json.parseObject(envelope.payload().getBytes(StandardCharsets.UTF_8)));
    assertEquals(statement, Dsse.sign(statement, SIGNER).verify(List.of(SIGNER.key())));
    predicate(statement.predicate());
  }

  private static void predicate(Json.Obj json) throws Refused {
    ResidencyAttestation attestation = ResidencyAttestation.fromJson(json);
    assertEquals(json, attestation.toJson());
  }

  static List<byte[]> attestations() throws Refused {
    List<byte[]> seeds = new ArrayList<>();
    for (Json.Obj vector : Vectors.all("attestations")) {
      Json.Obj predicate = Json.parseObject(Seeds.utf8(vector.str("predicate")));
      Statement statement = new Statement("fuzz", Hash.ZERO, ResidencyAttestation.TYPE, predicate);
      seeds.add(predicate.jcs());
      seeds.add(statement.toJson().jcs());
      seeds.add(Dsse.sign(statement, SIGNER).toJson().jcs());
    }
    return seeds;
  }

  /** Events line by line: what is computed of them can be written, and read as the same. */
  static void fold(byte[] input) throws Refused {
    List<Event> events = new ArrayList<>();
    for (String line : Encodings.utf8(input).split("\n", -1)) {
      events.add(EventCodec.decode(Json.parse(Seeds.utf8(line)).jcs()));
    }
    AttestationFold fold = new AttestationFold(scope(events.size()), Optional.empty());
    Detectors detectors = new Detectors(Registry.standard());
    for (int i = 0; i < events.size(); i++) {
      fold.add(i, T0 + i, events.get(i));
      detectors.add(i, T0 + i, events.get(i));
    }
    Json.Obj predicate = fold.result().toJson();
    assertEquals(predicate, ResidencyAttestation.fromJson(predicate).toJson());
    assertEquals(predicate, Json.parseCanonical(predicate.jcs()));
  }

  private static AttestationScope scope(int entries) {
    return new AttestationScope(
        "fuzz",
        0,
        entries,
        Hash.ZERO,
        Hash.ZERO,
        T0,
        T0 + entries,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static List<byte[]> logs() throws Refused {
    List<byte[]> seeds = new ArrayList<>();
    for (Json.Obj vector : Vectors.all("attestations")) {
      List<String> events = new ArrayList<>();
      for (String entry : vector.strings("entries")) {
        events.add(Encodings.utf8(Entry.parse(Seeds.utf8(entry)).eventBytes()));
      }
      seeds.add(Seeds.utf8(String.join("\n", events)));
    }
    return seeds;
  }
}
