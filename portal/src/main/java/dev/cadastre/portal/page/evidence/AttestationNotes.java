package dev.cadastre.portal.page.evidence;

import dev.cadastre.portal.page.StreamWords;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.text.Foreign;
import dev.cadastre.proof.attestation.ApprovalCounts;
import dev.cadastre.proof.attestation.InventoryCounts;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.RotationCoverage;
import dev.cadastre.proof.attestation.TimeToRevoke;
import dev.cadastre.proof.detect.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How complete the reports were that an attestation is computed from, in sentences. */
final class AttestationNotes {
  private static final int OVERDUE_SHOWN = 8;

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

  /** How soon revocations took hold, and of how many that is known; empty if there were none. */
  static String revoked(ResidencyAttestation said) {
    return said.timeToRevoke().map(AttestationNotes::revoked).orElse("");
  }

  private static String revoked(TimeToRevoke time) {
    String known =
        Words.count(time.revocations(), "revocation", "revocations")
            + ", of which "
            + Words.count(time.observed(), "was", "were")
            + " followed by a refused use";
    return time.observed() == 0
        ? known + ": nothing shows when any took hold."
        : known
            + ": it took hold within "
            + Words.duration(TimeToRevoke.percentile(time.most(), 50))
            + " in half of them, "
            + Words.duration(TimeToRevoke.percentile(time.most(), 95))
            + " in 95 of 100, "
            + Words.duration(TimeToRevoke.percentile(time.most(), 100))
            + " in all.";
  }

  /** What came of the operator's declarations; empty if there were none. */
  static String inventory(InventoryCounts said) {
    if (said.isEmpty()) {
      return "";
    }
    long differing = said.differing().stream().mapToLong(InventoryCounts.Group::count).sum();
    return "Of "
        + Words.count(said.declared(), "record", "records")
        + " a place or a custody is what the operator declares, and no more. "
        + Words.count(said.agreeing(), "record says", "records say")
        + " what is declared, "
        + Words.number(differing)
        + " something else.";
  }

  /** Which keys were rotated as often as the policy asks. */
  static String rotation(RotationCoverage said) {
    long all = said.inTime() + said.unknown() + said.overdue().size();
    return Words.number(said.inTime())
        + " of "
        + Words.count(all, "key was", "keys were")
        + " rotated in time, "
        + Words.number(said.overdue().size())
        + " overdue at the end of the period"
        + (said.overdue().isEmpty()
            ? ""
            : " ("
                + said.overdue().stream()
                    .map(one -> Foreign.of(one.keyId()))
                    .limit(OVERDUE_SHOWN)
                    .collect(Collectors.joining(", "))
                + ")")
        + ", "
        + Words.number(said.unknown())
        + " never seen to be rotated.";
  }

  /** What came of approvals; empty if there were none. */
  static String approvals(ApprovalCounts said) {
    if (said.isEmpty()) {
      return "";
    }
    return Words.count(said.given().count(), "approval was given", "approvals were given")
        + ", "
        + Words.number(said.withdrawn().count())
        + " withdrawn, "
        + Words.number(said.incomplete().count())
        + " incomplete. "
        + Words.count(said.bound(), "record rests", "records rest")
        + " on an approval that covers it, "
        + Words.count(said.unbound().count(), "names", "name")
        + " one that does not.";
  }
}
