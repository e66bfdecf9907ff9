package dev.cadastre.proof.pack;

import dev.cadastre.proof.attestation.AttestationFold;
import dev.cadastre.proof.attestation.AttestationScope;
import dev.cadastre.proof.attestation.PolicyUse;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.pack.format.PackRefused;
import java.util.Optional;
import java.util.OptionalLong;

/** The checks of a pack that rest on its entries, made once keys, anchors and start hold. */
final class EntriesVerifier {
  private static final String UNREACHED = "not all entries could be read";

  private final PackReader pack;
  private final CheckList checks;
  private final PackKeys keys;
  private final Optional<PackBirth> birth;
  private final Optional<PackAnchor> before;
  private final PackAnchor after;
  private final PackFrontier start;
  private Optional<PackSpan.End> firstEnd = Optional.empty();
  private Optional<PackSpan.End> lastEnd = Optional.empty();

  EntriesVerifier(
      PackReader pack,
      CheckList checks,
      PackKeys keys,
      Optional<PackBirth> birth,
      Optional<PackAnchor> before,
      PackAnchor after,
      PackFrontier start) {
    this.pack = pack;
    this.checks = checks;
    this.keys = keys;
    this.birth = birth;
    this.before = before;
    this.after = after;
    this.start = start;
  }

  void run() {
    Optional<PackPolicies> policies =
        checks.quiet(
            Checks.POLICIES,
            () ->
                PackPolicies.before(
                    pack, keys.origin(), start.from(), after.note(), birth, before));
    Optional<PolicyUse> first = policies.flatMap(PackPolicies::first);
    long sinceNs =
        Math.max(
            start.from() == 0 ? 0 : birth.map(born -> born.entry().received()).orElse(0L),
            policies.map(PackPolicies::firstReceivedNs).orElse(0L));
    Optional<PackState> state =
        checks.quiet(Checks.CARRIED, () -> PackState.read(pack, start, sinceNs, before));
    PackState known = state.orElse(PackState.unknown(start, sinceNs));
    EntriesPass pass =
        new EntriesPass(
            pack,
            start,
            after.checkpoint().size(),
            policies,
            known,
            receivedNs ->
                new AttestationFold(
                    scope(first, receivedNs),
                    policies.flatMap(PackPolicies::firstAdoption),
                    known.state()));
    if (checks.quiet(Checks.ENTRIES, pass::run).isEmpty()) {
      checks.skipRest("the entries do not hold");
    } else if (!chain(pass)) {
      events(pass);
      checks.skipRest("the entries are not those that were anchored");
    } else if (isLater(pass)) {
      checks.skipRest("the anchor after does not hold");
    } else {
      contents(pass, policies, state);
    }
  }

  /** What rests on entries that are those that were anchored. */
  private void contents(
      EntriesPass pass, Optional<PackPolicies> policies, Optional<PackState> state) {
    events(pass);
    policies(pass, policies);
    Optional<String> missing =
        !pass.policiesHold()
            ? Optional.of("the policies do not hold")
            : pass.whole() ? Optional.empty() : Optional.of(UNREACHED);
    carried(pass, state, missing);
    verdicts(pass, missing);
    attestation(pass, policies, state, missing);
    table(pass);
    if (missing.isEmpty()) {
      ends(pass, policies.orElseThrow(), state);
    }
  }

  /** Whether the anchor claims to be older than an entry that it commits to. */
  private boolean isLater(EntriesPass pass) {
    boolean later = Long.compareUnsigned(pass.lastReceivedNs(), after.point().timeNs()) > 0;
    if (later) {
      checks.fail(
          Checks.ANCHOR_AFTER,
          "expected an anchor made after the entries that it commits to, found one older than entry"
              + " "
              + (pass.chain().size() - 1));
    }
    return later;
  }

  /** Notes what is at both ends, if all between them holds. */
  private void ends(EntriesPass pass, PackPolicies policies, Optional<PackState> known) {
    Optional<PolicyUse> first = policies.first();
    firstEnd =
        Optional.of(
            new PackSpan.End(
                start.from(),
                start.frontier().root(),
                before.map(PackAnchor::leaf),
                first.isPresent() ? OptionalLong.of(first.get().index()) : OptionalLong.empty(),
                known.flatMap(PackState::state).isPresent()));
    lastEnd =
        Optional.of(
            new PackSpan.End(
                after.checkpoint().size(),
                after.checkpoint().root(),
                Optional.of(after.leaf()),
                policies.last(),
                pass.endsWithState()));
  }

  /** What is before the first entry; empty if not all entries hold. */
  Optional<PackSpan.End> start() {
    return firstEnd;
  }

  /** What is behind the last entry; empty if not all entries hold. */
  Optional<PackSpan.End> end() {
    return lastEnd;
  }

  /**
   * What the attestation must speak of.
   *
   * @param firstReceivedNs when the first entry was received; matters only without an anchor before
   */
  private AttestationScope scope(Optional<PolicyUse> policy, long firstReceivedNs) {
    return new AttestationScope(
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
  private boolean chain(EntriesPass pass) {
    boolean anchored =
        pass.broken().isEmpty() && pass.chain().root().equals(after.checkpoint().root());
    Optional<WrongEntry> named = anchored ? Optional.empty() : find();
    if (pass.broken().isPresent()) {
      checks.fail(Checks.ENTRIES, named.orElse(pass.broken().get()));
      return false;
    }
    checks.ok(Checks.ENTRIES, range(start.from(), pass.chain().size()));
    if (anchored) {
      checks.ok(
          Checks.COMPLETENESS,
          "root " + after.checkpoint().root() + " at size " + after.checkpoint().size());
    } else if (named.isPresent()) {
      checks.fail(Checks.COMPLETENESS, named.get());
    } else {
      checks.fail(
          Checks.COMPLETENESS,
          "the entries form a chain, but not the one that was anchored: one was changed and all"
              + " after it rewritten");
    }
    return anchored;
  }

  private static String range(long from, long to) {
    return from == to
        ? "none in this period"
        : (to - from) + " entries, " + from + " to " + (to - 1);
  }

  private Optional<WrongEntry> find() {
    try {
      return new WrongEntryFinder(pack, start, after.checkpoint()).find();
    } catch (PackRefused e) {
      // A damaged table cannot name the entry; the broken chain still does.
      return Optional.empty();
    }
  }

  private void events(EntriesPass pass) {
    if (pass.undecodable().isPresent()) {
      checks.fail(Checks.EVENTS, pass.undecodable().get());
    } else if (pass.whole()) {
      checks.ok(Checks.EVENTS, "every event reads in one way");
    } else {
      checks.skip(Checks.EVENTS, UNREACHED);
    }
  }

  private void policies(EntriesPass pass, Optional<PackPolicies> policies) {
    if (pass.wrongPolicy().isPresent()) {
      checks.fail(Checks.POLICIES, pass.wrongPolicy().get());
    } else if (policies.flatMap(PackPolicies::wrongFile).isPresent()) {
      checks.fail(Checks.POLICIES, policies.flatMap(PackPolicies::wrongFile).get());
    } else if (policies.isPresent() && pass.whole()) {
      checks.step(Checks.POLICIES, policies.get()::finish);
    } else {
      checks.skip(Checks.POLICIES, UNREACHED);
    }
  }

  private void carried(EntriesPass pass, Optional<PackState> before, Optional<String> missing) {
    if (pass.wrongState().isPresent()) {
      checks.fail(Checks.CARRIED, pass.wrongState().get());
    } else if (missing.isPresent() || before.isEmpty()) {
      checks.skip(Checks.CARRIED, missing.orElse(UNREACHED));
    } else if (before.get().known()) {
      checks.ok(Checks.CARRIED, before.get().describe());
    } else {
      checks.note(Checks.CARRIED, before.get().describe());
    }
  }

  private void verdicts(EntriesPass pass, Optional<String> missing) {
    if (pass.wrongVerdict().isPresent()) {
      checks.fail(Checks.VERDICTS, pass.wrongVerdict().get());
    } else if (missing.isPresent()) {
      checks.skip(Checks.VERDICTS, missing.get());
    } else {
      checks.ok(Checks.VERDICTS, pass.judged() + " verdicts, all as the judge says");
    }
  }

  private void attestation(
      EntriesPass pass,
      Optional<PackPolicies> policies,
      Optional<PackState> before,
      Optional<String> missing) {
    if (missing.isPresent() || before.isEmpty()) {
      String why = missing.orElse("what was known of keys before does not hold");
      checks.skip(Checks.ATTESTATION, why);
      checks.skip(Checks.REPORT, why);
      return;
    }
    ResidencyAttestation said = pass.fold().result();
    checks.step(Checks.ATTESTATION, () -> PackAttestation.verify(pack, keys, said));
    checks.step(
        Checks.REPORT, () -> PackPages.verify(pack, keys, said, policies.orElseThrow().registry()));
  }

  private void table(EntriesPass pass) {
    if (!pass.whole()) {
      checks.skip(Checks.TABLE, UNREACHED);
    } else if (pass.tableDifference().isPresent()) {
      checks.fail(Checks.TABLE, pass.tableDifference().get());
    } else {
      checks.ok(Checks.TABLE, "one row an entry");
    }
  }
}
