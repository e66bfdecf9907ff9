package dev.cadastre.portal.page.evidence;

import dev.cadastre.portal.page.StreamWords;
import dev.cadastre.portal.page.Words;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.detect.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How complete the reports were that an attestation is computed from, in sentences. */
final class AttestationNotes {
  private AttestationNotes() {}

  static String runs(Runs runs) {
    return runs.count() == 0
        ? "none"
        : Words.count(runs.count(), "entry", "entries")
            + ", the first of them "
            + Words.number(runs.runs().get(0).first());
  }

  static String gaps(ResidencyAttestation said) {
    long missing = said.sequences().stream().mapToLong(stream -> stream.missing().count()).sum();
    long repeats = said.sequences().stream().mapToLong(stream -> stream.repeats()).sum();
    return said.sequences().isEmpty()
        ? "No sender numbers its records, so gaps cannot be seen."
        : Words.count(said.sequences().size(), "sender numbers its", "senders number their")
            + " records: "
            + Words.number(missing)
            + " missing, "
            + Words.number(repeats)
            + " sent again.";
  }

  /** What senders' own chains and signatures show; empty if no sender makes any. */
  static String origins(ResidencyAttestation said) {
    List<String> parts = new ArrayList<>();
    if (!said.chains().isEmpty()) {
      long broken = said.chains().stream().mapToLong(chain -> chain.broken().count()).sum();
      parts.add(
          Words.count(said.chains().size(), "sender chains its", "senders chain their")
              + " records: "
              + (broken == 0
                  ? "every link holds."
                  : Words.count(broken, "record does", "records do")
                      + " not continue the chain: "
                      + said.chains().stream()
                          .filter(chain -> chain.broken().count() > 0)
                          .map(
                              chain ->
                                  StreamWords.of(chain.stream())
                                      + " ("
                                      + runs(chain.broken())
                                      + ")")
                          .collect(Collectors.joining("; "))
                      + "."));
    }
    if (said.signatures().counts().total() > 0) {
      parts.add(
          Words.count(said.signatures().counts().total(), "record is", "records are")
              + " signed by the sender: "
              + Words.number(said.signatures().counts().of("verified"))
              + " verified, "
              + Words.number(said.signatures().counts().of("untrusted"))
              + " by no key that is trusted, "
              + Words.number(said.signatures().counts().of("invalid"))
              + " invalid. No signature covers the resource, such as its cloud.region.");
    }
    return String.join(" ", parts);
  }

  static String timing(ResidencyAttestation said) {
    return Words.number(said.timing().within())
        + " happened within the period, "
        + Words.number(said.timing().late())
        + " before it, "
        + Words.number(said.timing().early())
        + " claim a time after it, "
        + Words.number(said.timing().undated())
        + " name no time.";
  }
}
