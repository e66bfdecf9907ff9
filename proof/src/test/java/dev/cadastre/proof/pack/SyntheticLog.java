package dev.cadastre.proof.pack;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.Ed25519NoteSigner;
import dev.cadastre.proof.note.NoteRefused;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.tlog.Frontier;
import dev.cadastre.proof.tlog.FrontierBuilder;
import dev.cadastre.proof.tlog.InclusionProof;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A small log in memory, sealed like a real one but by other code: proofs come from plain
 * recursion.
 */
public final class SyntheticLog {
  public static final long T0 = 1_767_225_600_000_000_000L;

  final String origin;
  public final Ed25519NoteSigner signer;
  public final List<byte[]> entries = new ArrayList<>();
  public final List<Hash> leaves = new ArrayList<>();
  public final List<Event> events = new ArrayList<>();
  private final Map<Long, Long> received = new HashMap<>();
  private Hash beforeTheFirst = Hash.ZERO;
  private long liesAt = -1;
  private Author author = (log, index, event) -> event;
  private long policyIndex = -1;
  private Json.Obj policyJson = policy("bank", "EU");

  private SyntheticLog(String origin, Ed25519NoteSigner signer) {
    this.origin = origin;
    this.signer = signer;
  }

  public static SyntheticLog born(String origin, String seed) {
    return born(origin, seed, Map.of(), Hash.ZERO);
  }

  /**
   * Likewise, whose keeper lies of when entries were received, and of what comes before the first.
   *
   * @param received by index, Unix nanoseconds
   */
  public static SyntheticLog born(
      String origin, String seed, Map<Long, Long> received, Hash beforeTheFirst) {
    byte[] secret = Hash.sha256(seed.getBytes(StandardCharsets.UTF_8)).bytes();
    SyntheticLog log = new SyntheticLog(origin, new Ed25519NoteSigner(origin, secret));
    log.received.putAll(received);
    log.beforeTheFirst = beforeTheFirst;
    String cell = origin.split("/")[1];
    log.append(new Birth(cell, List.of(log.signer.key().format()), origin));
    return log;
  }

  /** Writes something else than the event at one place. */
  public interface Author {
    byte[] write(SyntheticLog log, long index, byte[] event) throws Refused;
  }

  public void authorAt(long index, Author author) {
    this.liesAt = index;
    this.author = author;
  }

  public long append(Event event) {
    byte[] bytes = EventCodec.encode(event);
    events.add(event);
    long soonest = event instanceof AnchorEvent anchor ? anchor.time() : 0;
    try {
      return append(entries.size() == liesAt ? author.write(this, liesAt, bytes) : bytes, soonest);
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  private long append(byte[] eventJcs, long soonestNs) {
    long index = entries.size();
    Hash prev = index == 0 ? beforeTheFirst : leaves.get((int) index - 1);
    long usual = Math.max(T0 + index * 1_000_000_000, soonestNs);
    byte[] entry = EntryFrame.seal(eventJcs, index, prev, received.getOrDefault(index, usual));
    entries.add(entry);
    leaves.add(Merkle.leafHash(entry));
    return index;
  }

  public void adopt(String allowed) {
    adopt(policy("bank", allowed), allowed);
  }

  public void adopt(Json.Obj policy, String allowed) {
    OptionalLong previous = policyIndex < 0 ? OptionalLong.empty() : OptionalLong.of(policyIndex);
    policyJson = policy;
    Hash registry = Registry.standard().sha256();
    policyIndex =
        append(
            new PolicyAdoption(
                "portal",
                Judge.VERSION,
                policyJson,
                previous,
                registry,
                "allow: " + allowed + "\n"));
  }

  static Json.Obj policy(String tenant, String allowed) {
    Json.Obj rule = Json.Obj.builder().put("allow", Json.strings(List.of(allowed))).build();
    Json.Obj any = Json.Obj.builder().put("default", rule).build();
    return Json.Obj.builder()
        .put("version", 1)
        .put("tenant", tenant)
        .put("title", "test")
        .put("categories", Json.Obj.builder().put("*", any).build())
        .build();
  }

  /** A record of a data access, judged by the policy in force. */
  public RecordEvent access(String place, String actor) {
    RecordEvent event =
        RecordEvent.builder(Kind.DATA_ACCESS, "token/1a2b3c4d")
            .name("data.access")
            .time(T0 + entries.size() * 1_000_000_000L - 5)
            .attributes(
                Attributes.of(
                    Map.of(
                        Names.AUDIT_ACTOR_TYPE, dev.cadastre.formats.value.Value.of(actor),
                        Names.DATA_CATEGORY, dev.cadastre.formats.value.Value.of("customer-data"))))
            .locations(Map.of(Hop.PROCESSING, new Location(place, Assurance.CLAIMED)))
            .build();
    return judged(event);
  }

  RecordEvent judged(RecordEvent event) {
    try {
      return policyIndex < 0
          ? event
          : event.withVerdict(
              Judge.judge(event, Policy.fromJson(policyJson), Registry.standard(), policyIndex, 0));
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  AnchorEvent lastAnchor() throws Refused {
    return (AnchorEvent) EventCodec.decode(entry(entries.size() - 1).eventBytes());
  }

  public Entry entry(long index) throws Refused {
    return Entry.parse(entries.get((int) index));
  }

  public Frontier frontier(long size) {
    FrontierBuilder tree = new FrontierBuilder();
    leaves.subList(0, (int) size).forEach(tree::append);
    return tree.frontier();
  }

  public Checkpoint checkpoint(long size) {
    return new Checkpoint(origin, size, frontier(size).root());
  }

  public SignedNote signed(long size) {
    try {
      return SignedNote.sign(checkpoint(size).text(), signer);
    } catch (NoteRefused e) {
      throw new AssertionError(e);
    }
  }

  public InclusionProof inclusion(long index, long size) {
    return new InclusionProof(index, size, path((int) index, leaves.subList(0, (int) size)));
  }

  private static List<Hash> path(int m, List<Hash> d) {
    if (d.size() == 1) {
      return List.of();
    }
    int k = Integer.highestOneBit(d.size() - 1);
    List<Hash> path =
        new ArrayList<>(m < k ? path(m, d.subList(0, k)) : path(m - k, d.subList(k, d.size())));
    path.add(root(m < k ? d.subList(k, d.size()) : d.subList(0, k)));
    return path;
  }

  private static Hash root(List<Hash> d) {
    FrontierBuilder tree = new FrontierBuilder();
    d.forEach(tree::append);
    return tree.root();
  }
}
