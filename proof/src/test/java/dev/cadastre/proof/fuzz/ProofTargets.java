package dev.cadastre.proof.fuzz;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.policy.PolicyRefused;
import dev.cadastre.fuzz.FuzzSuite;
import dev.cadastre.fuzz.FuzzTarget;
import dev.cadastre.proof.note.NoteRefused;
import dev.cadastre.proof.pack.PackDecoders;
import dev.cadastre.proof.pack.format.PackRefused;
import dev.cadastre.proof.tlog.ProofRefused;
import java.util.List;
import java.util.stream.Stream;

/** Every decoder of {@code proof}. */
public final class ProofTargets implements FuzzSuite {
  @Override
  public List<FuzzTarget> targets() {
    return Stream.of(notes(), tree(), events(), reports(), packs()).flatMap(List::stream).toList();
  }

  private static List<FuzzTarget> notes() {
    return List.of(
        FuzzTarget.of("vkey", () -> NoteDecoders::vkey)
            .seeds(Seeds.vectors("vkeys", "vkey", Seeds::utf8))
            .allows(Refused.class, NoteRefused.class),
        FuzzTarget.of("checkpoint", () -> NoteDecoders::checkpoint)
            .seeds(Seeds.vectors("checkpoints", "text", Seeds::base64))
            .allows(Refused.class, NoteRefused.class),
        FuzzTarget.of("note", () -> new NoteDecoders.Notes()::decode)
            .seeds(
                () ->
                    Stream.of("notes", "cosignatures")
                        .flatMap(file -> unchecked(Seeds.vectors(file, "note", Seeds::base64)))
                        .toList())
            .allows(NoteRefused.class)
            .runs(3_000),
        FuzzTarget.of("cosignature", () -> new NoteDecoders.Subtrees()::decode)
            .seeds(Seeds.vectors("subtree-cosignatures", "cosignature", Seeds::hex))
            .allows(NoteRefused.class)
            .runs(2_000),
        FuzzTarget.of("trust-policy", () -> new NoteDecoders.Policies()::decode)
            .seeds(Seeds.vectors("policies", "policy", Seeds::base64))
            .allows(NoteRefused.class)
            .runs(2_000),
        FuzzTarget.of("tlog-proof", () -> new NoteDecoders.Proofs()::decode)
            .seeds(Seeds.vectors("tlog-proofs", "proof", Seeds::base64))
            .allows(Refused.class, NoteRefused.class, ProofRefused.class)
            .runs(3_000));
  }

  private static Stream<byte[]> unchecked(java.util.concurrent.Callable<List<byte[]>> seeds) {
    try {
      return seeds.call().stream();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<FuzzTarget> tree() {
    return List.of(
        FuzzTarget.of("entry-bundle", () -> TreeDecoders::bundle)
            .seeds(Seeds.vectors("entry-bundles", "bundle", Seeds::hex))
            .allows(ProofRefused.class),
        FuzzTarget.of("tile-path", () -> TreeDecoders::tilePath)
            .seeds(Seeds.vectors("tile-paths", "path", Seeds::utf8))
            .allows(Refused.class, ProofRefused.class),
        FuzzTarget.of("tree-proof", () -> TreeDecoders::proof)
            .seeds(TreeDecoders::proofs)
            .allows(Refused.class));
  }

  private static List<FuzzTarget> events() {
    return List.of(
        FuzzTarget.of("json", () -> EventDecoders::json)
            .seeds(Seeds.vectors("jcs", "json", Seeds::base64))
            .allows(Refused.class)
            .instruments("com.fasterxml.jackson.core.**")
            .json(),
        FuzzTarget.of("entry", () -> EventDecoders::entry)
            .seeds(Seeds.vectors("entries", "entry", Seeds::hex))
            .allows(Refused.class),
        FuzzTarget.of("event", () -> new EventDecoders.Events()::decode)
            .seeds(Seeds.vectors("events", "event", Seeds::utf8))
            .allows(Refused.class)
            .json(),
        FuzzTarget.of("disclosure", () -> EventDecoders::disclosure)
            .seeds(Seeds.vectors("disclosures", "encoded", Seeds::utf8))
            .allows(Refused.class));
  }

  private static List<FuzzTarget> reports() {
    return List.of(
        FuzzTarget.of("attestation", () -> ReportDecoders::attestation)
            .seeds(ReportDecoders::attestations)
            .allows(Refused.class)
            .json()
            .bytesMax(8_192),
        FuzzTarget.of("attestation-fold", () -> ReportDecoders::fold)
            .seeds(ReportDecoders::logs)
            .allows(Refused.class)
            .bytesMax(8_192),
        FuzzTarget.of("residency-policy", () -> new PolicyDecoders.Policies()::decode)
            .seeds(Seeds.vectors("residency-policies", "policy", Seeds::utf8))
            .allows(Refused.class, PolicyRefused.class)
            .json(),
        FuzzTarget.of("policy-cases", () -> new PolicyDecoders.Cases()::decode)
            .seeds(PolicyDecoders::cases)
            .allows(Refused.class, PolicyRefused.class)
            .json(),
        FuzzTarget.of("registry", () -> PolicyDecoders::registry)
            .seeds(PolicyDecoders::registries)
            .allows(Refused.class)
            .json());
  }

  private static List<FuzzTarget> packs() {
    return List.of(
        FuzzTarget.of("zip", () -> PackDecoders::zip)
            .seeds(PackDecoders::zips)
            .allows(PackRefused.class)
            .bytesMax(1 << 16),
        FuzzTarget.of("pack", () -> new PackDecoders.Replaced()::decode)
            .seeds(PackDecoders.Replaced::seeds)
            .allows(PackRefused.class)
            .bytesMax(1 << 16)
            .runs(300));
  }
}
