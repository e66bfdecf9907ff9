package dev.cadastre.proof.pack;

import dev.cadastre.proof.Hash;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.attestation.AttestationFold;
import dev.cadastre.proof.attestation.PolicyUse;
import dev.cadastre.proof.attestation.Scope;
import dev.cadastre.proof.entry.Entry;
import dev.cadastre.proof.event.Birth;
import dev.cadastre.proof.event.EventCodec;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.tlog.TlogProof;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Verifies an evidence pack offline and from its bytes alone. Every check is made that can be made,
 * so a report names all that is wrong; the pack holds only if none failed.
 */
public final class PackVerifier {
  private final PackReader pack;
  private final Optional<TrustPolicy> trust;
  private final CheckList checks = new CheckList();
  private OptionalLong firstWrong = OptionalLong.empty();

  private PackVerifier(PackReader pack, Optional<TrustPolicy> trust) {
    this.pack = pack;
    this.trust = trust;
  }

  /**
   * Verifies a pack.
   *
   * @param trust whom the reader trusts; without it the pack's own keys are used and reported for
   *     comparison
   * @throws java.io.UncheckedIOException if the file can no longer be read
   */
  public static VerificationReport verify(PackReader pack, Optional<TrustPolicy> trust) {
    return new PackVerifier(pack, trust).run();
  }

  private VerificationReport run() {
    checks.ok(Checks.ARCHIVE, pack.names().size() + " files");
    checks.step(Checks.FILES, () -> new PackManifest(pack).verify());
    Optional<PackKeys> keys =
        checks.value(Checks.KEYS, () -> PackKeys.read(pack), found -> found.origin());
    checks.stepIf(Checks.SIGNATURE, keys, this::signature);
    Optional<PackAnchor> after =
        checks.valueIf(
            Checks.ANCHOR_AFTER,
            keys,
            known -> PackAnchor.verify(pack, PackLayout.ANCHOR_AFTER, known),
            PackAnchor::describe);
    Optional<Optional<PackAnchor>> before = before(keys, after);
    Optional<PackStart> start = start(before);
    if (keys.isPresent() && after.isPresent() && start.isPresent() && before.isPresent()) {
      checks.step(Checks.BIRTH, () -> birth(keys.get(), after.get(), start.get()));
      entries(keys.get(), before.get(), after.get(), start.get());
    } else {
      Stream.of(
              Checks.BIRTH,
              Checks.ENTRIES,
              Checks.COMPLETENESS,
              Checks.EVENTS,
              Checks.POLICIES,
              Checks.VERDICTS,
              Checks.ATTESTATION,
              Checks.TABLE)
          .forEach(kind -> checks.skip(kind, "needs keys, anchors and start"));
    }
    trust(keys, after);
    long from = start.map(PackStart::from).orElse(0L);
    long to = after.map(anchor -> anchor.checkpoint().size()).orElse(0L);
    return new VerificationReport(
        checks.inOrder(), keys.map(PackKeys::origin), from, to, firstWrong);
  }

  private String signature(PackKeys keys) throws Refused {
    SignedNote note = SignedNote.parse(pack.bytes(PackLayout.SIGNATURE));
    Hash list = Hash.sha256(pack.bytes(PackLayout.TAG_MANIFEST));
    if (!note.text().equals(PackLayout.signedText(keys.origin(), list))) {
      throw new PackRefused(
          "expected a signature over this pack's list of files, found one over another");
    }
    return "signed by " + note.verify(keys.log()).get(0);
  }

  /** Empty if it could not be verified; an empty anchor if the pack begins with the log. */
  private Optional<Optional<PackAnchor>> before(
      Optional<PackKeys> keys, Optional<PackAnchor> after) {
    if (pack.names().stream().noneMatch(name -> name.startsWith(PackLayout.ANCHOR_BEFORE))) {
      checks.skip(Checks.ANCHOR_BEFORE, "the pack begins with the log");
      return Optional.of(Optional.empty());
    }
    if (keys.isEmpty() || after.isEmpty()) {
      checks.skip(Checks.ANCHOR_BEFORE, "needs keys and the anchor after");
      return Optional.empty();
    }
    return checks
        .value(
            Checks.ANCHOR_BEFORE,
            () -> {
              PackAnchor before = PackAnchor.verify(pack, PackLayout.ANCHOR_BEFORE, keys.get());
              after.get().requireAfter(before);
              return before;
            },
            PackAnchor::describe)
        .map(Optional::of);
  }

  private Optional<PackStart> start(Optional<Optional<PackAnchor>> before) {
    return checks.valueIf(
        Checks.START,
        before,
        anchor -> {
          PackStart start = PackStart.read(pack);
          start.requireAt(anchor);
          return start;
        },
        found ->
            found.from() == 0
                ? "with the log's birth"
                : "at entry " + found.from() + ", where the anchor before ends");
  }

  private String birth(PackKeys keys, PackAnchor after, PackStart start) throws Refused {
    Entry entry = start.from() == 0 ? firstEntry() : provenBirth(after);
    if (entry.index() != 0 || !(EventCodec.decode(entry.eventBytes()) instanceof Birth birth)) {
      throw new PackRefused("expected the log's birth in entry 0, found another entry");
    }
    if (!birth.origin().equals(keys.origin())) {
      throw new PackRefused(
          "expected the birth of " + keys.origin() + ", found that of " + birth.origin());
    }
    for (VerifierKey key : keys.log()) {
      if (!birth.keys().contains(key.format())) {
        throw new PackRefused("expected the keys that the log was born with, found " + key);
      }
    }
    byte[] info = PackLayout.bagInfo(keys.origin(), start.from(), after.checkpoint().size());
    if (!Arrays.equals(info, pack.bytes(PackLayout.BAG_INFO))) {
      throw new PackRefused(
          "expected "
              + PackLayout.BAG_INFO
              + " to name this log and these entries, found it otherwise");
    }
    return birth.origin() + " in cell " + birth.cell();
  }

  private Entry firstEntry() throws Refused {
    if (pack.has(PackLayout.BIRTH_ENTRY) || pack.has(PackLayout.BIRTH_PROOF)) {
      throw new PackRefused("expected the log's birth among the entries alone, found it twice");
    }
    try (LineReader lines = new LineReader(pack, PackLayout.ENTRIES)) {
      return Entry.parse(
          lines.next().orElseThrow(() -> new PackRefused("expected entry 0, found no entry")));
    }
  }

  private Entry provenBirth(PackAnchor after) throws Refused {
    Entry entry = Entry.parse(pack.bytes(PackLayout.BIRTH_ENTRY));
    TlogProof proof = TlogProof.parse(pack.bytes(PackLayout.BIRTH_PROOF));
    if (!proof.checkpoint().equals(after.note())) {
      throw new PackRefused(
          "expected the birth's proof under the anchored checkpoint, found another");
    }
    PackAnchor.requireEntry(entry, proof);
    return entry;
  }

  private void entries(
      PackKeys keys, Optional<PackAnchor> before, PackAnchor after, PackStart start) {
    Optional<PackPolicies> policies =
        checks.quiet(Checks.POLICIES, () -> PackPolicies.before(pack, start.from(), after.note()));
    Optional<PolicyUse> first = policies.flatMap(PackPolicies::first);
    long to = after.checkpoint().size();
    EntriesPass pass =
        new EntriesPass(
            pack,
            start,
            to,
            policies,
            entry ->
                new AttestationFold(scope(keys, before, after, start, first, entry.received())));
    if (checks.quiet(Checks.ENTRIES, () -> ran(pass)).isEmpty()) {
      skipContent("the entries cannot be read");
      return;
    }
    boolean rootHolds = chain(pass, start, after);
    content(pass, policies);
    attestation(pass, keys, rootHolds);
  }

  private static EntriesPass ran(EntriesPass pass) throws Refused {
    pass.run();
    return pass;
  }

  private static Scope scope(
      PackKeys keys,
      Optional<PackAnchor> before,
      PackAnchor after,
      PackStart start,
      Optional<PolicyUse> policy,
      long firstReceivedNs) {
    return new Scope(
        keys.origin(),
        start.from(),
        after.checkpoint().size(),
        start.frontier().root(),
        after.checkpoint().root(),
        before.map(anchor -> anchor.point().timeNs()).orElse(firstReceivedNs),
        after.point().timeNs(),
        before.map(PackAnchor::point),
        Optional.of(after.point()),
        policy);
  }

  /** Reports on chain and root; whether both hold. */
  private boolean chain(EntriesPass pass, PackStart start, PackAnchor after) {
    boolean root = pass.broken().isEmpty() && pass.chain().root().equals(after.checkpoint().root());
    Optional<WrongEntry> named = root ? Optional.empty() : find(start, after);
    long from = start.from();
    long to = pass.chain().size();
    if (pass.broken().isPresent()) {
      WrongEntry wrong = named.orElse(pass.broken().get());
      fail(Checks.ENTRIES, wrong);
      checks.skip(Checks.COMPLETENESS, "the entries do not hold");
      return false;
    }
    checks.ok(
        Checks.ENTRIES,
        from == to ? "none in this period" : (to - from) + " entries, " + from + " to " + (to - 1));
    if (root) {
      checks.ok(Checks.COMPLETENESS, "root " + after.checkpoint().root() + " at size " + to);
    } else if (named.isPresent()) {
      fail(Checks.COMPLETENESS, named.get());
    } else {
      checks.fail(
          Checks.COMPLETENESS,
          "the entries form a chain, but not the one that was anchored: one of them was changed and all after it rewritten");
    }
    return root;
  }

  private Optional<WrongEntry> find(PackStart start, PackAnchor after) {
    try {
      return new WrongEntryFinder(pack, start, after.checkpoint()).find();
    } catch (PackRefused e) {
      return Optional.empty();
    }
  }

  private void content(EntriesPass pass, Optional<PackPolicies> policies) {
    String unreached = "not all entries could be read";
    if (pass.undecodable().isPresent()) {
      fail(Checks.EVENTS, pass.undecodable().get());
    } else if (pass.broken().isPresent()) {
      checks.skip(Checks.EVENTS, unreached);
    } else {
      checks.ok(Checks.EVENTS, "every event reads in one way");
    }
    if (policies.isPresent() && pass.wrongPolicy().isPresent()) {
      fail(Checks.POLICIES, pass.wrongPolicy().get());
    } else if (policies.isPresent() && pass.whole()) {
      checks.step(Checks.POLICIES, policies.get()::finish);
    } else {
      checks.skip(Checks.POLICIES, unreached);
    }
    if (pass.wrongVerdict().isPresent()) {
      fail(Checks.VERDICTS, pass.wrongVerdict().get());
    } else if (policies.isEmpty() || pass.wrongPolicy().isPresent()) {
      checks.skip(Checks.VERDICTS, "the policies do not hold");
    } else if (!pass.whole()) {
      checks.skip(Checks.VERDICTS, unreached);
    } else {
      checks.ok(Checks.VERDICTS, pass.judged() + " verdicts, all as the judge says");
    }
  }

  private void attestation(EntriesPass pass, PackKeys keys, boolean rootHolds) {
    if (!pass.whole() || !rootHolds || pass.fold().isEmpty()) {
      checks.skip(Checks.ATTESTATION, "the entries do not hold");
      checks.skip(Checks.TABLE, "the entries do not hold");
      return;
    }
    checks.step(
        Checks.ATTESTATION, () -> PackAttestation.verify(pack, keys, pass.fold().get().result()));
    if (pass.tableDifference().isPresent()) {
      checks.fail(Checks.TABLE, pass.tableDifference().get());
    } else {
      checks.ok(Checks.TABLE, "one row an entry");
    }
  }

  private void skipContent(String why) {
    Stream.of(
            Checks.COMPLETENESS,
            Checks.EVENTS,
            Checks.POLICIES,
            Checks.VERDICTS,
            Checks.ATTESTATION,
            Checks.TABLE)
        .forEach(kind -> checks.skip(kind, why));
  }

  private void trust(Optional<PackKeys> keys, Optional<PackAnchor> after) {
    if (keys.isEmpty() || after.isEmpty()) {
      checks.skip(Checks.TRUST, "needs keys and anchors");
    } else if (trust.isEmpty()) {
      checks.note(Checks.TRUST, PackTrust.compareYourself(keys.get()));
    } else {
      checks.step(Checks.TRUST, () -> PackTrust.verify(keys.get(), after.get(), trust.get()));
    }
  }

  private void fail(Checks kind, WrongEntry wrong) {
    checks.fail(kind, wrong.describe());
    if (firstWrong.isEmpty() || wrong.index() < firstWrong.getAsLong()) {
      firstWrong = OptionalLong.of(wrong.index());
    }
  }
}
