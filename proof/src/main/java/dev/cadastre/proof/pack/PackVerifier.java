package dev.cadastre.proof.pack;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.proof.note.NoteSignature;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackPart;
import dev.cadastre.proof.pack.format.PackRefused;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies an evidence pack offline and from its bytes alone. Every check is made that can be made,
 * so a report names all that is wrong; the pack holds only if none failed.
 */
public final class PackVerifier {
  private final PackReader pack;
  private final Optional<TrustPolicy> trust;
  private final CheckList checks = new CheckList();
  private Optional<PackSpan> span = Optional.empty();

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
    Optional<PackAnchor> after = after(keys);
    Optional<Optional<PackAnchor>> before = before(keys, after);
    Optional<PackFrontier> start = start(before);
    if (keys.isPresent() && after.isPresent() && start.isPresent() && before.isPresent()) {
      long last = after.get().checkpoint().size();
      Optional<Optional<PackPart>> part =
          checks.quiet(Checks.FILES, () -> part(keys.get(), start.get().from(), last));
      Optional<PackBirth> birth =
          checks.value(
              Checks.BIRTH,
              () -> birth(keys.get(), before.get(), after.get(), start.get().from()),
              PackBirth::describe);
      EntriesVerifier entries =
          new EntriesVerifier(
              pack, checks, keys.get(), birth, before.get(), after.get(), start.get());
      entries.run();
      span = part.flatMap(place -> span(keys.get(), place, entries));
    }
    trust(keys, after);
    long from = start.map(PackFrontier::from).orElse(0L);
    long to = after.map(anchor -> anchor.checkpoint().size()).orElse(0L);
    checks.skipRest("needs keys, anchors and start");
    return new VerificationReport(
        checks.inOrder(), keys.map(PackKeys::origin), from, to, checks.firstWrongEntry(), span);
  }

  private static Optional<PackSpan> span(
      PackKeys keys, Optional<PackPart> part, EntriesVerifier entries) {
    return entries
        .start()
        .flatMap(start -> entries.end().map(end -> new PackSpan(keys.all(), part, start, end)));
  }

  private String signature(PackKeys keys) throws Refused {
    SignedNote note = SignedNote.parse(pack.bytes(PackLayout.SIGNATURE));
    Hash list = Hash.sha256(pack.bytes(PackLayout.TAG_MANIFEST));
    if (!note.text().equals(PackLayout.signedText(keys.origin(), list))) {
      throw new PackRefused(
          "expected a signature over this pack's list of files, found one over another");
    }
    for (NoteSignature signature : note.signatures()) {
      if (keys.log().stream().noneMatch(key -> key.isNamedBy(signature))) {
        throw new PackRefused(
            "expected signatures of the log's keys alone, found one of "
                + Encodings.quote(signature.name()));
      }
    }
    if (Set.copyOf(note.signatures()).size() < note.signatures().size()) {
      throw new PackRefused("expected each signature once, found one again");
    }
    return "signed by " + note.verify(keys.log()).get(0);
  }

  private Optional<PackAnchor> after(Optional<PackKeys> keys) {
    if (keys.isEmpty()) {
      checks.skip(Checks.ANCHOR_AFTER, "needs a check that failed");
      return Optional.empty();
    }
    return told(
        Checks.ANCHOR_AFTER, () -> PackAnchor.verify(pack, PackLayout.ANCHOR_AFTER, keys.get()));
  }

  /** An anchor that says more than which logs it commits to is noted. */
  private Optional<PackAnchor> told(Checks kind, CheckList.Step<PackAnchor> step) {
    Optional<PackAnchor> anchor = checks.quiet(kind, step);
    anchor.ifPresent(
        found -> {
          if (found.remark().isEmpty()) {
            checks.ok(kind, found.describe());
          } else {
            checks.note(kind, found.describe());
          }
        });
    return anchor;
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
    return told(
            Checks.ANCHOR_BEFORE,
            () -> {
              PackAnchor before = PackAnchor.verify(pack, PackLayout.ANCHOR_BEFORE, keys.get());
              after.get().requireAfter(before);
              return before;
            })
        .map(Optional::of);
  }

  private Optional<PackFrontier> start(Optional<Optional<PackAnchor>> before) {
    return checks.valueIf(
        Checks.START,
        before,
        anchor -> {
          PackFrontier start = PackFrontier.read(pack);
          start.requireAt(anchor);
          return start;
        },
        found ->
            found.from() == 0
                ? "with the log's birth"
                : "at entry " + found.from() + ", where the anchor before ends");
  }

  private PackBirth birth(PackKeys keys, Optional<PackAnchor> before, PackAnchor after, long from)
      throws Refused {
    PackBirth birth = PackBirth.read(pack, from, after.note());
    birth.require(keys, before);
    return birth;
  }

  /** Checks that the pack says of itself what it holds; the place in a set that it names. */
  private Optional<PackPart> part(PackKeys keys, long from, long to) throws Refused {
    byte[] found = pack.bytes(PackLayout.BAG_INFO);
    Optional<PackPart> part = PackPart.in(Encodings.utf8(found));
    if (part.isPresent()) {
      part.get().require(from, to);
    }
    if (!Arrays.equals(PackLayout.bagInfo(keys.origin(), from, to, part), found)) {
      throw new PackRefused(
          "expected "
              + PackLayout.BAG_INFO
              + " to name this log and these entries, found it otherwise");
    }
    return part;
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
}
