package dev.cadastre.proof.pack;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.proof.anchor.AnchorReceipt;
import dev.cadastre.proof.anchor.AnchorTree;
import dev.cadastre.proof.anchor.BlindedLeaf;
import dev.cadastre.proof.attestation.AnchorPoint;
import dev.cadastre.proof.attestation.AttestationFold;
import dev.cadastre.proof.attestation.AttestationScope;
import dev.cadastre.proof.attestation.Dsse;
import dev.cadastre.proof.attestation.PolicyUse;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.detect.DetectorsState;
import dev.cadastre.proof.note.NoteSigner;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.pack.PackWriter.Payload;
import dev.cadastre.proof.pack.format.EventsCsv;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackLayout.LastBefore;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackPart;
import dev.cadastre.proof.pack.format.PackRefused;
import dev.cadastre.proof.report.ReadmePage;
import dev.cadastre.proof.report.ReportPage;
import dev.cadastre.proof.tlog.InclusionProof;
import dev.cadastre.proof.tlog.TlogProof;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A pack of a synthetic log, file by file, so that tests can tamper with it and wrap it up again.
 */
public final class SyntheticPack {
  public static final String ORIGIN = "example.com/eu-de/bank";
  public static final String ANCHORS = "example.com/eu-de/anchors";
  public final SyntheticLog log;
  final SyntheticLog anchors;
  final long from;
  final long to;
  public final SortedMap<String, byte[]> payload = new TreeMap<>();
  byte[] readme = new byte[0];
  public Optional<PackPart> part = Optional.empty();
  public boolean withState = true;
  private final Map<Long, Anchored> made = new TreeMap<>();

  private static final Map<String, SyntheticPack> BUILT = new ConcurrentHashMap<>();

  private interface Builder {
    SyntheticPack build() throws Refused;
  }

  /**
   * Building costs a registry and several signatures; tests get copies of one pack of each kind.
   */
  private static SyntheticPack copy(String kind, Builder builder) throws Refused {
    SyntheticPack built = BUILT.get(kind);
    if (built == null) {
      built = builder.build();
      BUILT.put(kind, built);
    }
    SyntheticPack copy = new SyntheticPack(built.log, built.anchors, built.from, built.to);
    copy.payload.putAll(built.payload);
    copy.readme = built.readme;
    return copy;
  }

  private record Anchored(AnchorReceipt receipt, long entry) {}

  private long anchorsEarlierNs;
  private boolean incomplete;
  private Optional<AnchorEvent.TakenBackTree> takenBack = Optional.empty();

  private SyntheticPack(SyntheticLog log, SyntheticLog anchors, long from, long to) {
    this.log = log;
    this.anchors = anchors;
    this.from = from;
    this.to = to;
  }

  /** Entries 0 to 11 of a log of 14 entries: no anchor before. */
  public static SyntheticPack fromBirth() throws Refused {
    return copy("birth", () -> build(0, 12, "bank", "anchors"));
  }

  /** Entries 6 to 11 of a log of 14 entries, between two anchors. */
  public static SyntheticPack betweenAnchors() throws Refused {
    return copy("anchors", () -> build(6, 12, "bank", "anchors"));
  }

  /** No entry at all between two anchors at size 6. */
  public static SyntheticPack empty() throws Refused {
    return copy("empty", () -> build(6, 6, "bank", "anchors"));
  }

  /** The same pack by someone with other keys. */
  public static SyntheticPack forged() throws Refused {
    return copy("forged", () -> build(6, 12, "mallory", "mallory's anchors"));
  }

  /** Entries 6 to 11 of a log whose keeper wrote something else at one place, and stands by it. */
  public static SyntheticPack lying(long at, SyntheticLog.Author author) throws Refused {
    SyntheticLog log = SyntheticLog.born(ORIGIN, "bank");
    log.authorAt(at, author);
    return build(6, 12, log, SyntheticLog.born(ANCHORS, "anchors"));
  }

  /**
   * Entries {@code [from, to)} of a log that has adopted policies in entries 1 and 9, each end at
   * an anchor.
   */
  public static SyntheticPack of(SyntheticLog log, long from, long to) throws Refused {
    SyntheticPack pack = new SyntheticPack(log, SyntheticLog.born(ANCHORS, "anchors"), from, to);
    pack.fill();
    return pack;
  }

  /** Likewise, with anchors in a log that somebody keeps otherwise. */
  public static SyntheticPack of(SyntheticLog log, SyntheticLog anchors, long from, long to)
      throws Refused {
    SyntheticPack pack = new SyntheticPack(log, anchors, from, to);
    pack.fill();
    return pack;
  }

  /**
   * Packs of a log that together hold its entries up to the last size, cut at anchors at the
   * others.
   */
  public static List<SyntheticPack> set(SyntheticLog log, long... sizes) throws Refused {
    SyntheticLog anchors = SyntheticLog.born(ANCHORS, "anchors");
    Map<Long, Anchored> made = new TreeMap<>();
    List<SyntheticPack> packs = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      SyntheticPack pack = new SyntheticPack(log, anchors, i == 0 ? 0 : sizes[i - 1], sizes[i]);
      pack.made.putAll(made);
      pack.part = Optional.of(new PackPart(i + 1, sizes.length, 0, sizes[sizes.length - 1]));
      pack.fill();
      made.putAll(pack.made);
      packs.add(pack);
    }
    return packs;
  }

  private static SyntheticPack build(long from, long to, String logSeed, String anchorsSeed)
      throws Refused {
    return build(
        from, to, SyntheticLog.born(ORIGIN, logSeed), SyntheticLog.born(ANCHORS, anchorsSeed));
  }

  private static SyntheticPack build(long from, long to, SyntheticLog log, SyntheticLog anchors)
      throws Refused {
    log.adopt("EU");
    for (int i = 2; i < 9; i++) {
      log.append(
          log.access(i % 3 == 0 ? "aws:us-east-1" : "aws:eu-central-1", "=cmd|' /C calc'!A" + i));
    }
    log.adopt("DE");
    for (int i = 10; i < 14; i++) {
      log.append(log.access("aws:eu-west-1", "human, \"quoted\"\r\nuser"));
    }
    SyntheticPack pack = new SyntheticPack(log, anchors, from, to);
    pack.fill();
    return pack;
  }

  /** The same pack with anchors that say more than which logs they commit to. */
  public SyntheticPack saying(boolean leftOut, boolean back) throws Refused {
    SyntheticPack pack = new SyntheticPack(log, SyntheticLog.born(ANCHORS, "anchors"), from, to);
    pack.incomplete = leftOut;
    pack.takenBack =
        back
            ? Optional.of(new AnchorEvent.TakenBackTree(AnchorEvent.MIN_LEAVES, Hash.ZERO))
            : Optional.empty();
    pack.fill();
    return pack;
  }

  /** Likewise, each anchor made so much earlier than it could have been. */
  public static SyntheticPack of(SyntheticLog log, long from, long to, long anchorsEarlierNs)
      throws Refused {
    SyntheticPack pack = new SyntheticPack(log, SyntheticLog.born(ANCHORS, "anchors"), from, to);
    pack.anchorsEarlierNs = anchorsEarlierNs;
    pack.fill();
    return pack;
  }

  private void fill() throws Refused {
    Random random = new Random(1);
    Optional<Anchored> before = from == 0 ? Optional.empty() : Optional.of(anchorBefore(random));
    Anchored after = newAnchor(to, random);
    made.put(to, after);
    SignedNote anchorsLog = anchors.signed(anchors.entries.size());
    before.ifPresent(anchored -> put(PackLayout.ANCHOR_BEFORE, anchored, anchorsLog));
    put(PackLayout.ANCHOR_AFTER, after, anchorsLog);
    entries();
    start();
    policies(after.receipt().checkpoint());
    attestation(before.map(Anchored::receipt), after.receipt());
    keys();
  }

  /** The anchor before, which the pack before may have made. */
  private Anchored anchorBefore(Random random) throws Refused {
    if (!made.containsKey(from)) {
      made.put(from, newAnchor(from, random));
    }
    return made.get(from);
  }

  private Anchored newAnchor(long size, Random random) throws Refused {
    BlindedLeaf leaf =
        new BlindedLeaf(Hash.sha256(new byte[] {(byte) size}), log.checkpoint(size).text());
    AnchorTree tree = AnchorTree.build(List.of(leaf), random);
    long index = anchors.entries.size();
    OptionalLong previous = index == 1 ? OptionalLong.empty() : OptionalLong.of(index - 1);
    long time = SyntheticLog.T0 + size * 1_000_000_000L - anchorsEarlierNs;
    String date = AnchorEvent.day(time).toString();
    anchors.append(
        new AnchorEvent(date, tree.size(), previous, tree.root(), time, incomplete, takenBack));
    AnchorReceipt receipt =
        new AnchorReceipt(anchors.entry(index), leaf.salt(), tree.proof(0), log.signed(size));
    return new Anchored(receipt, index);
  }

  private void put(String folder, Anchored anchored, SignedNote anchorsLog) {
    InclusionProof proof = anchors.inclusion(anchored.entry(), anchors.entries.size());
    payload.put(folder + PackLayout.ANCHOR_ENTRY, anchored.receipt().entry().bytes());
    payload.put(
        folder + PackLayout.ANCHOR_PROOF,
        new TlogProof(proof.index(), proof.path(), anchorsLog).bytes());
    payload.put(folder + PackLayout.ANCHOR_LEAF, anchored.receipt().leafJson().jcs());
    payload.put(folder + PackLayout.ANCHOR_CHECKPOINT, anchored.receipt().checkpoint().bytes());
  }

  private void entries() throws Refused {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (byte[] entry : log.entries.subList((int) from, (int) to)) {
      lines.writeBytes(entry);
      lines.write('\n');
    }
    payload.put(PackLayout.ENTRIES, lines.toByteArray());
    table();
  }

  /** Writes the table that the entries file gives, as an attacker would who knows the format. */
  void table() throws Refused {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    rows.writeBytes(EventsCsv.header());
    for (byte[] line : lines()) {
      Entry entry = Entry.parse(line);
      rows.writeBytes(EventsCsv.row(entry, log.events.get((int) entry.index())));
    }
    payload.put(PackLayout.EVENTS_CSV, rows.toByteArray());
  }

  private void start() {
    Optional<LastBefore> last = Optional.empty();
    if (from > 0) {
      last =
          Optional.of(LastBefore.of(log.leaves.get((int) from - 1), log.inclusion(from - 1, from)));
      payload.put(PackLayout.BIRTH_ENTRY, log.entries.get(0));
      payload.put(PackLayout.BIRTH_PROOF, proof(0, log.signed(to)));
      if (stateBefore().isPresent()) {
        payload.put(PackLayout.ENTRY_BEFORE, log.entries.get((int) from - 1));
      }
    }
    payload.put(PackLayout.FRONTIER, PackLayout.frontierJson(log.frontier(from), last));
  }

  private Optional<DetectorsState> stateBefore() {
    try {
      return from == 0 || !withState
          ? Optional.empty()
          : DetectorsState.in(EventCodec.read(log.entry(from - 1).eventBytes()));
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  byte[] proof(long index, SignedNote checkpoint) {
    return new TlogProof(index, log.inclusion(index, to).path(), checkpoint).bytes();
  }

  private void policies(SignedNote checkpoint) throws Refused {
    long first = from > 9 ? 9 : 1;
    if (from > 1) {
      payload.put(PackLayout.policyEntry(first), log.entries.get((int) first));
      payload.put(PackLayout.policyProof(first), proof(first, checkpoint));
    }
    for (long index : List.of(1L, 9L)) {
      if (index >= first && index < to) {
        payload.put(
            PackLayout.policySource(index),
            adoption(index).source().getBytes(StandardCharsets.UTF_8));
      }
    }
    payload.put(PackLayout.registry(Registry.standard().sha256()), Registry.standard().jcs());
  }

  private PolicyAdoption adoption(long index) throws Refused {
    return (PolicyAdoption) EventCodec.decode(log.entry(index).eventBytes());
  }

  /** Makes the attestation anew, as someone does who leaves something out. */
  public void attestAgain() throws Refused {
    payload.remove(PackLayout.ENTRY_BEFORE);
    attestation(Optional.ofNullable(made.get(from)).map(Anchored::receipt), made.get(to).receipt());
  }

  private void attestation(Optional<AnchorReceipt> before, AnchorReceipt after) throws Refused {
    long inForce = from > 9 ? 9 : 1;
    Optional<AnchorPoint> first =
        before.isPresent() ? Optional.of(point(before.get())) : Optional.empty();
    AnchorPoint last = point(after);
    PolicyAdoption adoption = adoption(inForce);
    AttestationScope scope =
        new AttestationScope(
            ORIGIN,
            from,
            to,
            log.frontier(from).root(),
            log.frontier(to).root(),
            first.map(AnchorPoint::timeNs).orElse(log.entry(from).received()),
            last.timeNs(),
            first,
            Optional.of(last),
            from > 1 ? Optional.of(PolicyUse.of(inForce, adoption)) : Optional.empty());
    AttestationFold fold =
        new AttestationFold(
            scope, from > 1 ? Optional.of(adoption) : Optional.empty(), stateBefore());
    for (long index = from; index < to; index++) {
      fold.add(index, log.entry(index).received(), log.events.get((int) index));
    }
    attest(fold.result());
  }

  /** Puts in an attestation and the pages that it gives, as an honest writer does. */
  void attest(ResidencyAttestation said) {
    Dsse dsse = Dsse.sign(said.statement(), log.signer);
    payload.put(PackLayout.ATTESTATION, dsse.toJson().jcs());
    Optional<Registry> registry =
        said.policies().isEmpty() ? Optional.empty() : Optional.of(Registry.standard());
    payload.put(PackLayout.REPORT, ReportPage.of(said, registry));
    readme = ReadmePage.of(said.scope(), List.of(log.signer.key(), anchors.signer.key()));
  }

  private static AnchorPoint point(AnchorReceipt receipt) throws Refused {
    return AnchorPoint.of(receipt.entry().index(), receipt.anchor());
  }

  private void keys() {
    payload.put(
        PackLayout.KEYS,
        PackLayout.keysJson(List.of(log.signer.key()), List.of(anchors.signer.key())));
    payload.put(
        PackLayout.TRUST_POLICY, PackLayout.trustPolicy(log.signer.key(), anchors.signer.key()));
    payload.put(PackLayout.LOG_KEY_PEM, PackLayout.pem(log.signer.key()));
  }

  /** The lines of the entries file. */
  public List<byte[]> lines() {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    byte[] file = payload.get(PackLayout.ENTRIES);
    for (int i = 0; i < file.length; i++) {
      if (file[i] == '\n') {
        lines.add(java.util.Arrays.copyOfRange(file, start, i));
        start = i + 1;
      }
    }
    return lines;
  }

  public void setLines(List<byte[]> lines) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      file.writeBytes(line);
      file.write('\n');
    }
    payload.put(PackLayout.ENTRIES, file.toByteArray());
  }

  /** Wrapped as its maker would: manifests and signature fit. */
  public byte[] zip() {
    return zip(log.signer);
  }

  /** Wrapped by whoever holds {@code signer}. */
  public byte[] zip(NoteSigner signer) {
    SortedMap<String, Payload> files = new TreeMap<>();
    payload.forEach((name, bytes) -> files.put(name, Payload.of(bytes)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PackWriter.write(contents(files), signer, out);
    } catch (IOException | PackRefused e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private PackWriter.Contents contents(SortedMap<String, Payload> files) {
    return new PackWriter.Contents(ORIGIN, from, to, part, readme, files);
  }

  /** Written under other limits than the standard ones. */
  public byte[] zip(PackLimits limits) throws IOException, PackRefused {
    SortedMap<String, Payload> files = new TreeMap<>();
    payload.forEach((name, bytes) -> files.put(name, Payload.of(bytes)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PackWriter.write(contents(files), log.signer, out, limits);
    return out.toByteArray();
  }

  /** All files of a pack. */
  public static SortedMap<String, byte[]> unzip(byte[] zip) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new java.io.ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  /** Files as they are, whatever the manifests say. */
  public static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
