package dev.cadastre.proof.pack;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.inventory.Lookup;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.proof.attestation.PolicyUse;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import dev.cadastre.proof.tlog.TlogProof;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The policies of a pack: which one is in force as the entries go by, and whether the judge says
 * what they say.
 */
final class PackPolicies {
  private record InForce(
      long index, Policy policy, Optional<Inventory> inventory, Registry registry) {}

  private final PackReader pack;
  private final String tenant;
  private final Set<String> used = new HashSet<>();
  private Optional<InForce> inForce = Optional.empty();
  private Optional<PolicyUse> first = Optional.empty();
  private Optional<PolicyAdoption> firstAdoption = Optional.empty();
  private Optional<String> wrongFile = Optional.empty();
  private long firstReceivedNs;
  private int adoptions;

  private PackPolicies(PackReader pack, String origin) {
    this.pack = pack;
    this.tenant = origin.substring(origin.lastIndexOf('/') + 1);
  }

  /**
   * Reads the policy in force before the first entry, if the pack has one, and verifies that it is
   * in the log.
   *
   * @param origin of the log, which ends in the tenant's name
   * @param from index of the pack's first entry
   * @param anchored the log's signed checkpoint that the closing anchor commits to
   * @param birth the log's birth; empty if it does not hold
   * @param before the anchor that the pack begins at
   */
  static PackPolicies before(
      PackReader pack,
      String origin,
      long from,
      SignedNote anchored,
      Optional<PackBirth> birth,
      Optional<PackAnchor> before)
      throws Refused {
    PackPolicies policies = new PackPolicies(pack, origin);
    List<String> entries =
        policies.names().stream().filter(name -> name.endsWith(".entry.json")).toList();
    if (entries.size() > 1) {
      throw new PackRefused(
          "expected the one policy in force before entry " + from + ", found " + entries.size());
    }
    if (entries.size() == 1) {
      Entry entry = policies.readFirst(entries.get(0), from, anchored);
      requireBetween(birth.map(PackBirth::entry), entry, before);
    }
    return policies;
  }

  private static void requireBetween(
      Optional<Entry> birth, Entry entry, Optional<PackAnchor> before) throws PackRefused {
    boolean follows =
        birth.isEmpty()
            || birth.get().received() <= entry.received()
                && (entry.index() > 1 || entry.prev().equals(birth.get().leafHash()));
    if (!follows || before.filter(anchor -> !anchor.isNoOlderThan(entry)).isPresent()) {
      throw new PackRefused(
          "expected the policy of entry "
              + entry.index()
              + " to follow the log's birth and precede the anchor before, found it elsewhere");
    }
  }

  private Entry readFirst(String name, long from, SignedNote anchored) throws Refused {
    Entry entry = Entry.parse(pack.bytes(name));
    long index = entry.index();
    if (!name.equals(PackLayout.policyEntry(index)) || index >= from) {
      throw new PackRefused(
          "expected a policy adopted before entry "
              + from
              + " in "
              + name
              + ", found entry "
              + index);
    }
    used.add(name);
    used.add(PackLayout.policyProof(index));
    TlogProof proof = TlogProof.parse(pack.bytes(PackLayout.policyProof(index)));
    if (!proof.checkpoint().equals(anchored)) {
      throw new PackRefused(
          "expected the policy's proof under the anchored checkpoint, found another");
    }
    PackAnchor.requireEntry(entry, proof);
    if (!(EventCodec.decode(entry.eventBytes()) instanceof PolicyAdoption adoption)) {
      throw new PackRefused("expected a policy in entry " + index + ", found another event");
    }
    long previous = adoption.previous().orElse(1);
    if (previous < 1 || adoption.previous().isPresent() && previous >= index) {
      throw new PackRefused(
          "expected an earlier adoption that entry "
              + index
              + " replaces, found entry "
              + previous);
    }
    first = Optional.of(PolicyUse.of(index, adoption));
    firstAdoption = Optional.of(adoption);
    enforce(index, adoption);
    if (wrongFile.isPresent()) {
      throw new PackRefused(wrongFile.get());
    }
    firstReceivedNs = entry.received();
    return entry;
  }

  private TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>(pack.names());
    names.removeIf(name -> !name.startsWith(PackLayout.POLICIES));
    return names;
  }

  /** Index of the adoption of the policy that was adopted last. */
  OptionalLong last() {
    return inForce.isPresent() ? OptionalLong.of(inForce.get().index()) : OptionalLong.empty();
  }

  /** The registry of the policy that was adopted last. */
  Optional<Registry> registry() {
    return inForce.map(InForce::registry);
  }

  /** The policy in force before the first entry. */
  Optional<PolicyUse> first() {
    return first;
  }

  /** When it was adopted, 0 if there is none. */
  long firstReceivedNs() {
    return firstReceivedNs;
  }

  /** Its adoption. */
  Optional<PolicyAdoption> firstAdoption() {
    return firstAdoption;
  }

  /** Takes a policy that the log adopted at {@code index}. */
  void adopt(long index, PolicyAdoption adoption) throws Refused {
    boolean follows =
        inForce.isPresent()
            ? adoption.previous().isPresent()
                && adoption.previous().getAsLong() == inForce.get().index()
            : adoption.previous().isEmpty();
    if (!follows) {
      throw new PackRefused("adopts a policy but does not name the one that it replaces");
    }
    enforce(index, adoption);
  }

  private void enforce(long index, PolicyAdoption adoption) throws Refused {
    if (adoption.judge() != Judge.VERSION) {
      throw new PackRefused(
          "names judge version "
              + adoption.judge()
              + ", but this verifier has version "
              + Judge.VERSION);
    }
    Policy policy = Policy.fromJson(adoption.policy());
    if (!policy.sha256().equals(adoption.sha256())) {
      throw new PackRefused("adopts a policy whose digest is not " + adoption.sha256());
    }
    if (!policy.tenant().equals(tenant)) {
      throw new PackRefused(
          "adopts a policy of tenant "
              + Encodings.quote(policy.tenant())
              + " in the log of "
              + tenant);
    }
    Optional<Inventory> inventory = Inventory.of(adoption);
    Optional<Registry> registry = files(index, adoption);
    if (registry.isPresent()) {
      requireKnown(policy, inventory, registry.get());
    }
    inForce = registry.map(places -> new InForce(index, policy, inventory, places));
    adoptions++;
  }

  /** The registry of an adoption; empty if a file that comes with it is another. */
  private Optional<Registry> files(long index, PolicyAdoption adoption) {
    try {
      requireSource(index, adoption);
      return Optional.of(registry(adoption.registry()));
    } catch (Refused e) {
      wrongFile = Optional.of(e.getMessage());
      return Optional.empty();
    }
  }

  /** What is wrong with a file that comes with a policy; the log itself may be right. */
  Optional<String> wrongFile() {
    return wrongFile;
  }

  private static void requireKnown(Policy policy, Optional<Inventory> inventory, Registry registry)
      throws PackRefused {
    try {
      policy.requireKnown(registry);
      if (inventory.isPresent()) {
        inventory.get().requireKnown(registry);
      }
    } catch (Refused e) {
      throw new PackRefused("adopts a policy that its registry does not fit: " + e.getMessage(), e);
    }
  }

  private void requireSource(long index, PolicyAdoption adoption) throws Refused {
    String name = PackLayout.policySource(index);
    used.add(name);
    if (pack.has(name) && !Encodings.utf8(pack.bytes(name)).equals(adoption.source())) {
      throw new PackRefused(
          "expected the text of the policy that entry "
              + index
              + " adopts in "
              + name
              + ", found another");
    }
  }

  private Registry registry(Hash sha256) throws Refused {
    String name = PackLayout.registry(sha256);
    used.add(name);
    byte[] bytes = pack.bytes(name);
    if (!Hash.sha256(bytes).equals(sha256)) {
      throw new PackRefused(
          "expected the place registry of digest " + sha256 + ", found another under its name");
    }
    return Registry.parse(bytes);
  }

  /**
   * Judges a record again and compares.
   *
   * @param receivedNs as its entry says
   */
  void judge(RecordEvent event, long receivedNs) throws Refused {
    requireDeclared(event);
    Optional<Verdict> expected =
        event.kind().judged()
            ? inForce.map(
                policy ->
                    Judge.judge(
                        event, policy.policy(), policy.registry(), policy.index(), receivedNs))
            : Optional.empty();
    if (!event.verdict().equals(expected)) {
      throw new PackRefused(
          "carries "
              + words(event.verdict(), expected)
              + ", but the judge says "
              + words(expected, event.verdict()));
    }
  }

  /** Looks up again what the record does not say. */
  private void requireDeclared(RecordEvent event) throws PackRefused {
    RecordEvent expected =
        inForce
            .map(rules -> Lookup.completed(event, rules.inventory(), rules.registry()))
            .orElseGet(() -> Lookup.plain(event));
    if (!expected.locations().equals(event.locations())
        || !expected.custody().equals(event.custody())) {
      throw new PackRefused(
          "carries as declared what the inventory in force does not declare, or leaves out what it"
              + " does");
    }
  }

  private static String words(Optional<Verdict> verdict, Optional<Verdict> other) {
    if (verdict.isEmpty()) {
      return "no verdict";
    }
    Verdict one = verdict.get();
    List<Finding> findings = one.findings();
    List<Finding> others = other.map(Verdict::findings).orElse(List.of());
    int at = 0;
    while (at < findings.size() && at < others.size() && findings.get(at).equals(others.get(at))) {
      at++;
    }
    String differing =
        findings.equals(others) ? "" : at < findings.size() ? "; " + words(findings.get(at)) : "";
    return "the verdict "
        + one.outcome().wire()
        + " by policy "
        + one.policy()
        + " with "
        + findings.size()
        + " findings"
        + differing;
  }

  private static String words(Finding finding) {
    return "at hop "
        + finding.hop().wire()
        + " "
        + finding.outcome().wire()
        + " by rule "
        + Encodings.quote(finding.rule());
  }

  /** Checks that the pack has no policy file that nothing in the log names. */
  String finish() throws PackRefused {
    for (String name : names()) {
      if (!used.contains(name)) {
        throw new PackRefused(
            "expected only policies and registries that the log names, found " + name);
      }
    }
    return switch (adoptions) {
      case 0 -> "the log adopted none up to the end of the period";
      case 1 -> "one policy, with the registry that it names";
      default -> adoptions + " policies in turn, with the registries that they name";
    };
  }
}
