package dev.cadastre.evidence.pack;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.evidence.Attester;
import dev.cadastre.evidence.Period;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.LogSource;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.proof.anchor.AnchorReceipt;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.note.NoteSigner;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.pack.PackWriter;
import dev.cadastre.proof.pack.PackWriter.Payload;
import dev.cadastre.proof.pack.format.EventsCsv;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackLayout.LastBefore;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackPart;
import dev.cadastre.proof.report.ReadmePage;
import dev.cadastre.proof.report.ReportPage;
import dev.cadastre.proof.tlog.TlogProof;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Builds the evidence pack of a period. The same period gives the same bytes, whoever builds it and
 * when: nothing in a pack depends on the clock or on entries after the period.
 */
public final class PackBuilder {
  /** Texts of policies that a pack has for reading, newest first; the entries hold all. */
  private static final int SOURCES = 1000;

  private final Ledger ledger;
  private final Anchors anchors;
  private final Attester attester;
  private final CheckpointSigner signer;
  private final PackLimits limits;

  public PackBuilder(Ledger ledger, Attester attester, CheckpointSigner signer) {
    this(ledger, attester, signer, PackLimits.STANDARD);
  }

  PackBuilder(Ledger ledger, Attester attester, CheckpointSigner signer, PackLimits limits) {
    this.ledger = ledger;
    this.limits = limits;
    this.anchors = new Anchors(ledger);
    this.attester = attester;
    this.signer = signer;
  }

  /**
   * Refuses a period that does not fit one pack, at once.
   *
   * @throws Refused when it does not, or when the ledger has no such log
   */
  public void requireOne(Period period) throws Refused {
    if (!plan(period.log()).fits(period)) {
      throw new Refused(
          "entries "
              + period.from()
              + " to "
              + (period.to() - 1)
              + " do not fit one pack; choose a shorter period, or write a set of packs with"
              + " `cadastre pack`");
    }
  }

  private PackPlan plan(LogName log) throws Refused {
    return new PackPlan(ledger, ledger.reader(log), limits);
  }

  /** Opens the file of one pack. */
  public interface Files {
    /**
     * Where a pack goes; closed when it is written.
     *
     * @param part empty if the whole period is in one pack
     */
    OutputStream open(Optional<PackPart> part) throws IOException;
  }

  /**
   * Writes a period into one pack, or into a set of them that verify as one.
   *
   * @param progress as in {@link #write}, counted over all packs
   * @throws Refused when the ledger has no such log, or what lies between two anchors fits no pack
   */
  public void writeAll(Period period, Files files, LongConsumer progress)
      throws Refused, IOException {
    for (PackPlan.Piece piece : plan(period.log()).of(period)) {
      long done = piece.period().from() - period.from();
      try (OutputStream out = files.open(piece.part())) {
        LogSource log = ledger.reader(period.log());
        new Build(piece.period(), piece.part(), log, count -> progress.accept(done + count))
            .write(out);
      }
    }
  }

  /**
   * Writes one pack.
   *
   * @param out left open
   * @param progress told now and then how many entries are written, of {@code period.to() -
   *     period.from()}
   * @throws Refused when the ledger has no such log, or the period does not fit one pack
   * @throws StorageFailure when the log cannot be read
   * @throws IOException when {@code out} cannot be written
   */
  public void write(Period period, OutputStream out, LongConsumer progress)
      throws Refused, IOException {
    requireOne(period);
    new Build(period, Optional.empty(), ledger.reader(period.log()), progress).write(out);
  }

  /** One pack in the making. */
  private final class Build {
    private final Period period;
    private final Optional<PackPart> part;
    private final LogSource log;
    private final LongConsumer progress;
    private final ResidencyAttestation attestation;
    private final Attester.Attested attested;
    private final NoteSigner logSigner;
    private final SortedMap<String, Payload> payload = new TreeMap<>();

    Build(Period period, Optional<PackPart> part, LogSource log, LongConsumer progress)
        throws Refused {
      this.period = period;
      this.part = part;
      this.log = log;
      this.progress = progress;
      this.attested = attester.attest(period);
      this.attestation = attested.attestation();
      this.logSigner = signer.signerFor(log.origin());
    }

    void write(OutputStream out) throws Refused, IOException {
      entries();
      start();
      anchor(PackLayout.ANCHOR_AFTER, period.after());
      if (period.before().isPresent()) {
        anchor(PackLayout.ANCHOR_BEFORE, period.before().get());
      }
      policies();
      put(PackLayout.ATTESTATION, attested.envelope().toJson().jcs());
      trust();
      put(PackLayout.REPORT, ReportPage.of(attestation, registryAtEnd()));
      byte[] readme = ReadmePage.of(attestation.scope(), List.of(logSigner.key(), anchorsKey()));
      PackWriter.Contents contents =
          new PackWriter.Contents(log.origin(), period.from(), period.to(), part, readme, payload);
      PackWriter.write(contents, logSigner, out);
    }

    private void entries() {
      payload.put(
          PackLayout.ENTRIES,
          out -> {
            AtomicLong written = new AtomicLong();
            read(
                () ->
                    log.bytes(
                        period.from(),
                        period.to(),
                        unchecked(
                            entry -> {
                              out.write(entry);
                              out.write('\n');
                              progress.accept(written.incrementAndGet());
                            })));
          });
      payload.put(
          PackLayout.EVENTS_CSV,
          out -> {
            out.write(EventsCsv.header());
            read(
                () ->
                    log.entries(
                        period.from(),
                        period.to(),
                        unchecked(entry -> out.write(EventsCsv.row(entry, decode(entry))))));
          });
    }

    /** What ties the first entry to everything before it. */
    private void start() throws Refused {
      long from = period.from();
      Optional<LastBefore> last = Optional.empty();
      if (from > 0) {
        Hash leaf = log.entry(from - 1).leafHash();
        last = Optional.of(LastBefore.of(leaf, log.inclusion(from - 1, from)));
        put(PackLayout.BIRTH_ENTRY, log.entry(0).bytes());
        put(PackLayout.BIRTH_PROOF, proof(0).bytes());
        if (attestation.carried().isPresent()) {
          put(PackLayout.ENTRY_BEFORE, log.entry(from - 1).bytes());
        }
      }
      put(PackLayout.FRONTIER, PackLayout.frontierJson(log.frontier(from), last));
    }

    private TlogProof proof(long index) throws Refused {
      SignedNote checkpoint = period.after().checkpoint();
      return new TlogProof(index, log.inclusion(index, period.to()).path(), checkpoint);
    }

    private void anchor(String folder, AnchorReceipt receipt) throws Refused {
      // Both anchors are proven in the anchors log as it was right after the later one.
      long size = period.after().entry().index() + 1;
      TlogProof proof = anchors.proof(receipt.entry().index(), size);
      put(folder + PackLayout.ANCHOR_ENTRY, receipt.entry().bytes());
      put(folder + PackLayout.ANCHOR_PROOF, proof.bytes());
      put(folder + PackLayout.ANCHOR_LEAF, receipt.leafJson().jcs());
      put(folder + PackLayout.ANCHOR_CHECKPOINT, receipt.checkpoint().bytes());
    }

    private void policies() throws Refused {
      OptionalLong index = log.policyBefore(period.to());
      for (int left = SOURCES; index.isPresent(); left--) {
        Entry entry = log.entry(index.getAsLong());
        if (!(EventCodec.decode(entry.eventBytes()) instanceof PolicyAdoption adoption)) {
          throw new Refused("entry " + entry.index() + " adopts no policy");
        }
        if (left > 0) {
          payload.put(PackLayout.policySource(entry.index()), Payload.of(adoption.source()));
        }
        put(PackLayout.registry(adoption.registry()), registry(adoption.registry()).jcs());
        if (entry.index() < period.from()) {
          put(PackLayout.policyEntry(entry.index()), entry.bytes());
          put(PackLayout.policyProof(entry.index()), proof(entry.index()).bytes());
          return;
        }
        index = log.policyBefore(entry.index());
      }
    }

    /** The registry of the policy in force at the end. */
    private Optional<Registry> registryAtEnd() throws Refused {
      OptionalLong last = log.policyBefore(period.to());
      return last.isPresent()
              && EventCodec.decode(log.entry(last.getAsLong()).eventBytes())
                  instanceof PolicyAdoption adoption
          ? Optional.of(registry(adoption.registry()))
          : Optional.empty();
    }

    private Registry registry(Hash sha256) throws Refused {
      return Registry.edition(sha256)
          .orElseThrow(() -> new Refused("this program has no registry " + sha256));
    }

    private void trust() {
      VerifierKey own = logSigner.key();
      put(PackLayout.KEYS, PackLayout.keysJson(List.of(own), List.of(anchorsKey())));
      put(PackLayout.TRUST_POLICY, trustPolicy());
      payload.put(PackLayout.LOG_KEY_PEM, Payload.of(PackLayout.pem(own)));
    }

    private byte[] trustPolicy() {
      return PackLayout.trustPolicy(logSigner.key(), anchorsKey());
    }

    private VerifierKey anchorsKey() {
      return signer.signerFor(ledger.settings().origin(LogName.ANCHORS)).key();
    }

    private void put(String name, byte[] bytes) {
      payload.put(name, Payload.of(bytes));
    }

    private interface Writer<T> {
      void write(T entry) throws IOException;
    }

    private interface Reading {
      void run() throws Refused;
    }

    private static <T> Consumer<T> unchecked(Writer<T> writer) {
      return entry -> {
        try {
          writer.write(entry);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      };
    }

    private void read(Reading reading) throws IOException {
      try {
        reading.run();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      } catch (Refused e) {
        throw new StorageFailure("cannot read " + period.log() + ": " + e.getMessage(), e);
      }
    }

    private Event decode(Entry entry) {
      try {
        return EventCodec.decode(entry.eventBytes());
      } catch (Refused e) {
        throw new StorageFailure("entry " + entry.index() + " is damaged: " + e.getMessage(), e);
      }
    }
  }
}
