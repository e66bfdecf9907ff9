package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ledger.jooq.ledger.tables.records.PolicyRecord;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.proof.detect.StateFold;
import dev.cadastre.proof.note.VerifierKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a log's events say of each other: birth first, each adoption after the one before, each
 * verdict judged and each state of keys computed again.
 */
final class EventCheck {
  private final LogName log;
  private final String origin;
  private final Optional<CheckpointSigner> signer;
  private final AnchorsCheck anchors;
  private final TokenActs tokenActs;
  private final FsckFindings findings;
  private final Map<Long, String> policyRows = new HashMap<>();
  private final List<VerifierKey> keys = new ArrayList<>();
  private OptionalLong newestAdoption = OptionalLong.empty();
  private final StateFold state = new StateFold();
  private Optional<AdoptedPolicy> inForce = Optional.empty();

  EventCheck(
      LogName log,
      String origin,
      LedgerStore store,
      Optional<CheckpointSigner> signer,
      AnchorsCheck anchors,
      TokenActs tokenActs,
      FsckFindings findings) {
    this.log = log;
    this.origin = origin;
    this.signer = signer;
    this.anchors = anchors;
    this.tokenActs = tokenActs;
    this.findings = findings;
    for (PolicyRecord row : store.policyRows(log)) {
      policyRows.put(row.getEntryIndex(), row.getSha256());
    }
  }

  /** The log's keys, as its birth entry names them. */
  List<VerifierKey> keys() {
    return keys;
  }

  void add(long index, long receivedNs, Event event) throws Refused {
    if (index == 0 != event instanceof Birth) {
      throw new Refused(
          index == 0 ? "expected the log's birth, found another event" : "a log is born only once");
    }
    if (index > 0 && log.equals(LogName.ANCHORS) != event instanceof AnchorEvent) {
      throw new Refused(
          "anchors are in the anchors log and nothing else is; found " + event.kindWire());
    }
    state.add(index, receivedNs, event);
    if (event instanceof Birth birth) {
      anchors.born(log, receivedNs);
      birth(birth);
    } else if (event instanceof PolicyAdoption adoption) {
      adoption(index, adoption);
    } else if (event instanceof AnchorEvent anchor) {
      anchors.add(index, receivedNs, anchor);
    } else if (event instanceof RecordEvent record) {
      if (log.equals(LogName.CELL)) {
        tokenActs.add(index, record);
      }
      record(record, receivedNs);
    }
  }

  private void birth(Birth birth) throws Refused {
    for (String vkey : birth.keys()) {
      keys.add(VerifierKey.parse(vkey));
    }
    if (!birth.origin().equals(origin)) {
      throw new Refused("expected origin " + origin + " as in table log, found " + birth.origin());
    }
    if (signer.isPresent() && !keys.contains(signer.get().signerFor(origin).key())) {
      throw new Refused("the birth entry does not name the cell's key for this log");
    }
  }

  private void adoption(long index, PolicyAdoption adoption) throws Refused {
    OptionalLong before = newestAdoption;
    newestAdoption = OptionalLong.of(index);
    inForce = Optional.empty();
    String row = policyRows.remove(index);
    if (!adoption.sha256().hex().equals(row)) {
      findings.add(
          log.value(),
          "policy",
          index,
          "expected a row with " + adoption.sha256() + ", found " + row);
    }
    Policy policy = Policy.fromJson(adoption.policy());
    if (!policy.sha256().equals(adoption.sha256())) {
      throw new Refused(
          "the adopted policy has SHA-256 " + policy.sha256() + ", not " + adoption.sha256());
    }
    Registry registry =
        Registry.edition(adoption.registry())
            .orElseThrow(
                () ->
                    new Refused(
                        "adopted with registry "
                            + adoption.registry()
                            + ", which this program does not have"));
    inForce = Optional.of(new AdoptedPolicy(index, policy, Inventory.of(adoption), registry));
    if (!adoption.previous().equals(before)) {
      throw new Refused(
          "expected to replace adoption " + before + ", found " + adoption.previous());
    }
  }

  private void record(RecordEvent record, long receivedNs) throws Refused {
    boolean due = record.kind().judged() && newestAdoption.isPresent();
    if (due != record.verdict().isPresent()) {
      throw new Refused(due ? "expected a verdict, found none" : "expected no verdict, found one");
    }
    if (due && inForce.isPresent()) {
      RecordEvent again = inForce.get().judged(record, receivedNs);
      if (!again.verdict().equals(record.verdict())) {
        throw new Refused(
            "judged again: " + again.verdict().get() + ", found " + record.verdict().get());
      }
      if (!again.equals(record)) {
        throw new Refused("expected what the inventory in force declares, found something else");
      }
    }
  }

  /** Once all events are in. */
  void end() {
    policyRows.forEach(
        (index, sha256) ->
            findings.add(log.value(), "policy", index, "there is no adoption in that entry"));
  }
}
