package dev.cadastre.anchors;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.AnchorBook;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.AnchorLeaf;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.AppendResult.Appended;
import dev.cadastre.ledger.model.AppendResult.Overloaded;
import dev.cadastre.ledger.model.AppendResult.StalePolicy;
import dev.cadastre.ledger.model.AppendResult.Unavailable;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.proof.anchor.AnchorTree;
import dev.cadastre.proof.anchor.BlindedLeaf;
import dev.cadastre.proof.tlog.InclusionProof;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Makes anchors: one entry in the cell's public log that commits to the state of every other log.
 *
 * <p>Each tenant's log that grew gets an entry first that carries over what is known of keys
 * ({@link StateCarrier}). Each log gives its newest checkpoint as one leaf, blinded by a salt of
 * its own; the leaves are shuffled and padded, so that the public learns neither who the tenants
 * are, nor how many, nor how much they log. The tenants' side (salt, position, path) is written in
 * the anchor's own transaction. A log that is stopped has no leaf, and the anchor says that it is
 * incomplete.
 */
public final class Anchorer {
  /** Two processes that anchor at once make two anchors, one after the other. */
  private static final int ATTEMPTS = 10;

  private final Ledger ledger;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final StateCarrier carrier;
  private final CellNotes notes;

  public Anchorer(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
    this.carrier = new StateCarrier(ledger, clock);
    this.notes = new CellNotes(ledger, clock, "cell");
  }

  /**
   * An anchor that was made.
   *
   * @param index its entry in the anchors log
   * @param event what it says
   * @param logs how many logs it covers
   * @param leftOut the logs that it does not cover, and why
   * @param checkpoint the anchors log's checkpoint that covers it
   */
  public record Made(
      long index,
      AnchorEvent event,
      int logs,
      Map<LogName, String> leftOut,
      SignedCheckpoint checkpoint) {
    public Made {
      leftOut = Map.copyOf(leftOut);
    }
  }

  /** Makes an anchor on demand; its date is today's, UTC. */
  public Made anchorNow() {
    return anchor(clock.instant().atZone(ZoneOffset.UTC).toLocalDate());
  }

  /**
   * Makes an anchor that closes the given UTC day, or that of the anchor before if that is later.
   *
   * @throws StorageFailure when the ledger does not take it
   */
  public synchronized Made anchor(LocalDate day) {
    ledger.checkAll();
    requireAnchorsLog();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Prepared prepared = prepare(day);
      AppendResult result = append(prepared);
      if (result instanceof Appended appended) {
        carrier.anchored();
        return made(prepared, appended);
      }
      if (result instanceof Unavailable unavailable) {
        throw new StorageFailure("no anchor was made: " + unavailable.why());
      }
      if (result instanceof Overloaded overloaded) {
        pause(overloaded);
      } else if (!(result instanceof StalePolicy)) {
        throw new AssertionError(result);
      }
    }
    throw new StorageFailure("no anchor was made: others were quicker " + ATTEMPTS + " times");
  }

  /** Before any period is closed for an anchor that cannot be made. */
  private void requireAnchorsLog() {
    String why = ledger.stopped().get(LogName.ANCHORS);
    if (why != null) {
      throw new StorageFailure("no anchor was made: log anchors is stopped: " + why);
    }
    ledger
        .health()
        .reason()
        .ifPresent(
            reason -> {
              throw new StorageFailure("no anchor was made: " + reason);
            });
  }

  private record Prepared(AnchorEvent event, List<AnchorLeaf> leaves) {}

  private Prepared prepare(LocalDate day) {
    // Read first: should another anchor come between, this one is stale and made anew.
    Optional<AnchorBook.Anchor> previous = ledger.anchors().newest();
    Map<LogName, Long> sizes = closedSizes();
    List<Blinded> blinded = new ArrayList<>();
    ledger.checkpoints(sizes).forEach((log, signed) -> blinded.add(blind(log, signed)));
    AnchorTree tree = AnchorTree.build(blinded.stream().map(Blinded::leaf).toList(), random);
    List<AnchorLeaf> leaves = new ArrayList<>();
    for (int i = 0; i < blinded.size(); i++) {
      Blinded one = blinded.get(i);
      InclusionProof way = tree.proof(i);
      leaves.add(new AnchorLeaf(one.log, way.index(), one.salt, way.path(), one.checkpoint));
    }
    // Now that every period is closed: what it ends with was received before the anchor.
    long timeNs = new AnchorTimes(ledger).time(clock.instant(), leaves);
    AnchorEvent event =
        new AnchorEvent(
            AnchorTimes.date(day, timeNs, previous),
            tree.size(),
            previous.stream().mapToLong(AnchorBook.Anchor::index).findFirst(),
            tree.root(),
            timeNs,
            !ledger.stopped().isEmpty(),
            Optional.empty());
    return new Prepared(event, leaves);
  }

  /** Of each log that is not stopped, the size behind what its period carries over. */
  private Map<LogName, Long> closedSizes() {
    Set<LogName> stopped = ledger.stopped().keySet();
    List<LogName> running =
        ledger.logs().stream()
            .filter(log -> !log.equals(LogName.ANCHORS) && !stopped.contains(log))
            .toList();
    Map<LogName, Long> sizes =
        new TreeMap<>(carrier.close(running.stream().filter(log -> !log.reserved()).toList()));
    for (LogName log : running) {
      if (log.reserved()) {
        sizes.put(log, reader(log).size());
      }
    }
    return sizes;
  }

  private record Blinded(LogName log, Hash salt, SignedCheckpoint checkpoint) {
    BlindedLeaf leaf() {
      return new BlindedLeaf(salt, checkpoint.note().text());
    }
  }

  private Blinded blind(LogName log, SignedCheckpoint checkpoint) {
    byte[] salt = new byte[Hash.LENGTH];
    random.nextBytes(salt);
    return new Blinded(log, Hash.of(salt), checkpoint);
  }

  private AppendResult append(Prepared prepared) {
    try {
      return ledger.append(List.of(Draft.anchor(prepared.event, prepared.leaves))).join();
    } catch (Refused e) {
      throw new IllegalStateException("an anchor entry always fits", e);
    }
  }

  private Made made(Prepared prepared, Appended appended) {
    SignedCheckpoint checkpoint = reader(LogName.ANCHORS).checkpoint();
    long index = appended.receipts().get(0).index();
    Map<LogName, String> leftOut = ledger.stopped();
    if (prepared.event.incomplete()) {
      notes.leftOut(index, leftOut);
    }
    return new Made(index, prepared.event, prepared.leaves.size(), leftOut, checkpoint);
  }

  private LogReader reader(LogName log) {
    try {
      return ledger.reader(log);
    } catch (Refused e) {
      throw new StorageFailure("no anchor was made: " + e.getMessage(), e);
    }
  }

  private static void pause(Overloaded overloaded) {
    try {
      TimeUnit.NANOSECONDS.sleep(overloaded.retryAfter().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageFailure("no anchor was made: interrupted while the ledger was busy", e);
    }
  }
}
