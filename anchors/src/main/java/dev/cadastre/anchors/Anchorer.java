package dev.cadastre.anchors;

import dev.cadastre.ledger.AnchorBook;
import dev.cadastre.ledger.AnchorLeaf;
import dev.cadastre.ledger.AppendResult;
import dev.cadastre.ledger.AppendResult.Appended;
import dev.cadastre.ledger.AppendResult.Overloaded;
import dev.cadastre.ledger.AppendResult.StalePolicy;
import dev.cadastre.ledger.AppendResult.Unavailable;
import dev.cadastre.ledger.Draft;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.LogReader;
import dev.cadastre.ledger.SignedCheckpoint;
import dev.cadastre.ledger.StorageFailure;
import dev.cadastre.proof.Hash;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.anchor.AnchorTree;
import dev.cadastre.proof.anchor.BlindedLeaf;
import dev.cadastre.proof.event.AnchorEvent;
import dev.cadastre.proof.tlog.InclusionProof;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Makes anchors: one entry in the cell's public log that commits to the state of every other log.
 *
 * <p>Each tenant's log that grew gets an entry first that carries over what is known of keys
 * ({@link Carrier}). Each log gives its newest checkpoint as one leaf, blinded by a salt of its
 * own; the leaves are shuffled and padded, so that the public learns neither who the tenants are,
 * nor how many, nor how much they log. The tenants' side (salt, position, path) is written in the
 * anchor's own transaction.
 */
public final class Anchorer {
  /** Two processes that anchor at once make two anchors, one after the other. */
  private static final int ATTEMPTS = 10;

  private final Ledger ledger;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Carrier carrier;

  public Anchorer(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
    this.carrier = new Carrier(ledger, clock);
  }

  /**
   * An anchor that was made.
   *
   * @param index its entry in the anchors log
   * @param event what it says
   * @param logs how many logs it covers
   * @param checkpoint the anchors log's checkpoint that covers it
   */
  public record Made(long index, AnchorEvent event, int logs, SignedCheckpoint checkpoint) {}

  /** Makes an anchor on demand; its date is today's, UTC. */
  public Made anchorNow() {
    return anchor(clock.instant().atZone(ZoneOffset.UTC).toLocalDate());
  }

  /**
   * Makes an anchor that closes the given UTC day.
   *
   * @throws StorageFailure when the ledger does not take it
   */
  public synchronized Made anchor(LocalDate day) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Prepared prepared = prepare(day);
      AppendResult result = append(prepared);
      if (result instanceof Appended appended) {
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

  private record Prepared(AnchorEvent event, List<AnchorLeaf> leaves) {}

  private Prepared prepare(LocalDate day) {
    // Read first: should another anchor come between, this one is stale and made anew.
    OptionalLong previous = newest();
    List<Blinded> blinded = new ArrayList<>();
    for (LogName log : ledger.logs()) {
      if (!log.equals(LogName.ANCHORS)) {
        blinded.add(blind(log));
      }
    }
    AnchorTree tree = AnchorTree.build(blinded.stream().map(Blinded::leaf).toList(), random);
    List<AnchorLeaf> leaves = new ArrayList<>();
    for (int i = 0; i < blinded.size(); i++) {
      Blinded one = blinded.get(i);
      InclusionProof way = tree.proof(i);
      leaves.add(new AnchorLeaf(one.log, way.index(), one.salt, way.path(), one.checkpoint));
    }
    // Now that every period is closed: what it ends with was received before the anchor.
    long timeNs = nanos(clock.instant());
    AnchorEvent event = new AnchorEvent(day.toString(), tree.size(), previous, tree.root(), timeNs);
    return new Prepared(event, leaves);
  }

  private OptionalLong newest() {
    return ledger.anchors().newest().stream().mapToLong(AnchorBook.Anchor::index).findFirst();
  }

  private record Blinded(LogName log, Hash salt, SignedCheckpoint checkpoint) {
    BlindedLeaf leaf() {
      return new BlindedLeaf(salt, checkpoint.note().text());
    }
  }

  private Blinded blind(LogName log) {
    byte[] salt = new byte[Hash.LENGTH];
    random.nextBytes(salt);
    return new Blinded(log, Hash.of(salt), checkpoint(log));
  }

  /** Of a tenant's log, right behind what its period carries over. */
  private SignedCheckpoint checkpoint(LogName log) {
    if (log.reserved()) {
      return reader(log).checkpoint();
    }
    try {
      return reader(log).checkpointFor(carrier.close(log));
    } catch (Refused e) {
      throw new StorageFailure("no anchor was made: " + e.getMessage(), e);
    }
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
    return new Made(index, prepared.event, prepared.leaves.size(), checkpoint);
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

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
