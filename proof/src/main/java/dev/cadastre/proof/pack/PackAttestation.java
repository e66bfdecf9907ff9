package dev.cadastre.proof.pack;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.attestation.Dsse;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.Statement;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Holds the attestation of a pack against the one that its entries give. */
final class PackAttestation {
  /** The most of an envelope that is taken apart to say where it differs. */
  private static final int COMPARED_BYTES = 4 << 20;

  /** The member that tells of the entry before the period. */
  private static final String CARRIED = "carried";

  private PackAttestation() {}

  /** Checks signature and bytes; says what the attestation is of. */
  static String verify(PackReader pack, PackKeys keys, ResidencyAttestation computed)
      throws Refused {
    byte[] envelope = pack.bytes(PackLayout.ATTESTATION);
    byte[] expected = computed.statement().toJson().jcs();
    // A good pack's statement need not be read: it is the one that the entries give.
    Optional<Dsse> dsse = Dsse.around(expected, envelope);
    if (dsse.isEmpty()) {
      List<String> other = differences(envelope, computed);
      boolean lacks = other.contains(CARRIED) && !pack.has(PackLayout.ENTRY_BEFORE);
      throw new PackRefused(
          lacks
              ? "expected the file "
                  + PackLayout.ENTRY_BEFORE
                  + " that the attestation goes on from, found none"
              : "expected what the entries give, found other " + other);
    }
    dsse.get().requireSignedAloneBy(keys.log());
    return count(computed.outcomes().of(Outcome.VIOLATION.wire()), "violation")
        + ", "
        + count(computed.outcomes().of(Outcome.EXCEPTION.wire()), "exception")
        + ", "
        + computed.outcomes().of(Outcome.PREVENTED.wire())
        + " prevented";
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** What is told is read only here, where bytes differ: as a tree it would take more room. */
  private static List<String> differences(byte[] envelope, ResidencyAttestation computed)
      throws Refused {
    if (envelope.length > COMPARED_BYTES) {
      return List.of("content");
    }
    Statement expected = computed.statement();
    Statement told = Dsse.fromJson(Json.parseObject(envelope)).statement();
    TreeSet<String> names = new TreeSet<>(told.predicate().members().keySet());
    names.addAll(expected.predicate().members().keySet());
    List<String> different = new ArrayList<>();
    for (String name : names) {
      if (!told.predicate().optValue(name).equals(expected.predicate().optValue(name))) {
        different.add(name);
      }
    }
    return different.isEmpty() ? List.of("subject or form") : different;
  }
}
