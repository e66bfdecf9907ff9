package dev.cadastre.proof.pack;

import dev.cadastre.proof.Refused;
import dev.cadastre.proof.attestation.Dsse;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.Statement;
import dev.cadastre.proof.event.Outcome;
import dev.cadastre.proof.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Holds the attestation of a pack against the one that its entries give. */
final class PackAttestation {
  private PackAttestation() {}

  /** Checks signature and bytes; says what the attestation is of. */
  static String verify(PackReader pack, PackKeys keys, ResidencyAttestation computed)
      throws Refused {
    byte[] envelope = pack.bytes(PackLayout.ATTESTATION);
    Dsse dsse = Dsse.fromJson(Json.parseObject(envelope));
    dsse.requireSigned(keys.log());
    byte[] expected = computed.statement().toJson().jcs();
    // A good pack's statement need not be read: it is the one that the entries give.
    if (!Arrays.equals(expected, dsse.payload().getBytes(StandardCharsets.UTF_8))) {
      throw new PackRefused(
          "expected what the entries give, found other " + differences(dsse, computed.statement()));
    }
    if (!Arrays.equals(envelope, dsse.toJson().jcs())) {
      throw new PackRefused("expected the envelope in its canonical form, found it otherwise");
    }
    return count(computed.outcomes().of(Outcome.VIOLATION.wire()), "violation")
        + ", "
        + count(computed.outcomes().of(Outcome.EXCEPTION.wire()), "exception");
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** What is told is read only here, where bytes differ: as a tree it would take more room. */
  private static List<String> differences(Dsse dsse, Statement expected) throws Refused {
    byte[] payload = dsse.payload().getBytes(StandardCharsets.UTF_8);
    Statement told = Statement.fromJson(Json.parseObject(payload));
    TreeSet<String> names = new TreeSet<>(told.predicate().members().keySet());
    names.addAll(expected.predicate().members().keySet());
    List<String> different = new ArrayList<>();
    for (String name : names) {
      if (!told.predicate().optValue(name).equals(expected.predicate().optValue(name))) {
        different.add(name);
      }
    }
    return different.isEmpty() ? List.of("subject") : different;
  }
}
