package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Names;
import dev.cadastre.proof.approval.Approval;
import dev.cadastre.proof.approval.ApprovalText;
import dev.cadastre.proof.detect.Memory.Part;
import dev.cadastre.proof.detect.Sighting.InForce;
import java.util.Optional;
import java.util.function.Consumer;

/** Which approvals hold, and what refers to one that does not, or not for that. */
public final class Approvals implements Detectors.Detector {
  private final Memory memory;

  Approvals(Memory memory) {
    this.memory = memory;
  }

  /**
   * What a record's reference comes to.
   *
   * @param approval what it binds to; empty if to nothing
   * @param why it binds to nothing; empty if it does bind
   */
  record Reference(String id, Optional<Approval> approval, String why) {
    /** "approval CAB-9 of entry 12". */
    String words() {
      return "approval "
          + id
          + approval
              .map(one -> " of entry " + one.index())
              .orElse(", which binds to nothing: " + why);
    }
  }

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    if (sighting.event().kind() == Kind.APPROVAL) {
      if (!note(sighting)) {
        String id = sighting.text(Names.APPROVAL_ID).orElse("without a name");
        String detail = "it binds nothing that refers to it";
        alerts.accept(sighting.alert(Alert.Kind.APPROVAL_INCOMPLETE, id, detail));
      }
      return;
    }
    reference(sighting)
        .filter(one -> one.approval.isEmpty())
        .map(one -> sighting.alert(Alert.Kind.APPROVAL_UNBOUND, one.id, one.why))
        .ifPresent(alerts);
  }

  /** Takes an approval or its withdrawal; false if a record is of that kind and neither. */
  boolean note(Sighting sighting) {
    if (sighting.event().kind() != Kind.APPROVAL) {
      return true;
    }
    if (Approval.isWithdrawal(sighting.event())) {
      sighting.text(Names.APPROVAL_ID).ifPresent(id -> memory.remove(Part.APPROVED, id));
      return true;
    }
    Optional<Approval> given = Approval.of(sighting.index(), sighting.ns(), sighting.event());
    given.ifPresent(one -> memory.keep(Part.APPROVED, one.id(), ApprovalText.write(one)));
    return given.isPresent();
  }

  /** The reference that a record makes, if it makes one. */
  Optional<Reference> reference(Sighting sighting) {
    return sighting
        .text(Names.APPROVAL_ID)
        .filter(id -> sighting.event().kind() != Kind.APPROVAL)
        .map(id -> reference(id, sighting));
  }

  private Reference reference(String id, Sighting sighting) {
    Optional<Approval> known = memory.get(Part.APPROVED, id).map(ApprovalText::read);
    if (known.isEmpty()) {
      return new Reference(id, known, "no approval of that name holds before it");
    }
    Optional<String> why = known.get().whyNot(sighting.event(), sighting.ns(), sighting.places());
    return why.map(text -> new Reference(id, Optional.empty(), text))
        .orElseGet(() -> new Reference(id, known, ""));
  }

  /** What approvals and references come to in a part of a log, for an attestation. */
  public static final class Fold {
    private final Memory memory;
    private final Approvals approvals;
    private InForce inForce = InForce.none(Registry.standard());

    private Fold(Memory memory) {
      this.memory = memory;
      this.approvals = new Approvals(memory);
    }

    /**
     * From where an earlier state was taken.
     *
     * @param room counts what is not followed for want of room
     */
    public static Fold from(Optional<DetectorsState> state, ListCapacity room) {
      Memory memory = Memory.inHeap(room);
      state.ifPresent(known -> known.restore(memory));
      return new Fold(memory);
    }

    /** From the next record on, places mean what this policy says. */
    public void adopt(PolicyAdoption adoption) {
      inForce = InForce.of(adoption, Registry.standard());
    }

    /** Takes the next record. */
    public Optional<Came> add(long index, long receivedNs, RecordEvent event) {
      if (event.kind() == Kind.DETECTORS_STATE) {
        DetectorsState.restore(event, memory);
        return Optional.empty();
      }
      long ns = KeyHistories.time(receivedNs, event);
      Sighting sighting = new Sighting(index, ns, event, inForce);
      if (event.kind() == Kind.APPROVAL) {
        boolean whole = approvals.note(sighting);
        return Optional.of(
            !whole ? Came.INCOMPLETE : Approval.isWithdrawal(event) ? Came.WITHDRAWN : Came.GIVEN);
      }
      return approvals
          .reference(sighting)
          .map(one -> one.approval().isPresent() ? Came.BOUND : Came.UNBOUND);
    }
  }

  /** What a record does with approvals. */
  public enum Came {
    GIVEN,
    WITHDRAWN,
    INCOMPLETE,
    BOUND,
    UNBOUND
  }
}
