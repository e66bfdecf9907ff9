package dev.cadastre.proof.pack.format;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.tlog.Frontier;
import dev.cadastre.proof.tlog.InclusionProof;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where everything lies in an evidence pack, and the small files that writer and verifier must
 * agree on to the byte. docs/formats/pack.md describes it for strangers.
 */
public final class PackLayout {
  public static final String BAGIT = "bagit.txt";
  public static final String BAG_INFO = "bag-info.txt";
  public static final String MANIFEST = "manifest-sha256.txt";
  public static final String TAG_MANIFEST = "tagmanifest-sha256.txt";
  public static final String SIGNATURE = "signature.note";
  public static final String README = "README.html";

  /** Everything below is payload. */
  public static final String DATA = "data/";

  /** Exact entry bytes, each followed by a line feed: entries from (inclusive) to (exclusive). */
  public static final String ENTRIES = "data/entries/entries.ndjson";

  /** The same entries as a table, see {@link EventsCsv}. */
  public static final String EVENTS_CSV = "data/entries/events.csv";

  public static final String FRONTIER = "data/proofs/frontier.json";
  public static final String BIRTH_ENTRY = "data/proofs/birth.entry.json";
  public static final String BIRTH_PROOF = "data/proofs/birth.tlog-proof";

  /** The last entry before the pack, which may carry over what was known of keys. */
  public static final String ENTRY_BEFORE = "data/proofs/before.entry.json";

  /** The anchor that closes the period. */
  public static final String ANCHOR_AFTER = "data/anchors/after/";

  /** The anchor before the period; absent if the pack begins at entry 0. */
  public static final String ANCHOR_BEFORE = "data/anchors/before/";

  /** In either anchor folder: the anchor's entry in the anchors log. */
  public static final String ANCHOR_ENTRY = "entry.json";

  /** In either anchor folder: the tlog-proof of that entry. */
  public static final String ANCHOR_PROOF = "proof.tlog-proof";

  /** In either anchor folder: {@code {"leaves":n,"path":[hex],"position":i,"salt":hex}}. */
  public static final String ANCHOR_LEAF = "leaf.json";

  /** In either anchor folder: the log's signed checkpoint that was anchored. */
  public static final String ANCHOR_CHECKPOINT = "checkpoint";

  public static final String ATTESTATION = "data/attestation/residency.dsse.json";
  public static final String REPORT = "data/report/attestation.html";
  public static final String KEYS = "data/trust/keys.json";
  public static final String TRUST_POLICY = "data/trust/policy.txt";

  /** The log's public key as openssl reads it. */
  public static final String LOG_KEY_PEM = "data/trust/log-key.pem";

  public static final String BAGIT_TEXT =
      "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
  public static final String POLICIES = "data/policy/";

  /** Files that every pack has. */
  public static final Set<String> REQUIRED =
      Set.of(
          BAGIT,
          BAG_INFO,
          MANIFEST,
          TAG_MANIFEST,
          SIGNATURE,
          README,
          ENTRIES,
          EVENTS_CSV,
          FRONTIER,
          ANCHOR_AFTER + ANCHOR_ENTRY,
          ANCHOR_AFTER + ANCHOR_PROOF,
          ANCHOR_AFTER + ANCHOR_LEAF,
          ANCHOR_AFTER + ANCHOR_CHECKPOINT,
          ATTESTATION,
          REPORT,
          KEYS,
          TRUST_POLICY,
          LOG_KEY_PEM);

  /** Files that grow with the entries; writer and verifier hold no other. */
  public static final Set<String> STREAMED = Set.of(ENTRIES, EVENTS_CSV);

  private static final Set<String> OPTIONAL =
      Set.of(
          BIRTH_ENTRY,
          BIRTH_PROOF,
          ENTRY_BEFORE,
          ANCHOR_BEFORE + ANCHOR_ENTRY,
          ANCHOR_BEFORE + ANCHOR_PROOF,
          ANCHOR_BEFORE + ANCHOR_LEAF,
          ANCHOR_BEFORE + ANCHOR_CHECKPOINT);

  private static final Pattern POLICY_FILE =
      Pattern.compile(
          Pattern.quote(POLICIES)
              + "([0-9]{1,16}\\.(entry\\.json|tlog-proof|yaml)|registry-[0-9a-f]{64}\\.json)");

  private static final byte[] ED25519_SPKI_HEAD =
      HexFormat.of().parseHex("302a300506032b6570032100");
  private static final String SIGNED_HEADER = "cadastre-pack/v1";

  private PackLayout() {}

  /** The entry that adopted the policy in force at the start, if it was adopted before. */
  public static String policyEntry(long index) {
    return POLICIES + index + ".entry.json";
  }

  /** The tlog-proof of {@link #policyEntry(long)}. */
  public static String policyProof(long index) {
    return POLICIES + index + ".tlog-proof";
  }

  /** The source text of a policy adopted at {@code index}, for reading. */
  public static String policySource(long index) {
    return POLICIES + index + ".yaml";
  }

  /** The registry that a policy names. */
  public static String registry(Hash sha256) {
    return POLICIES + "registry-" + sha256.hex() + ".json";
  }

  /**
   * The last entry before the pack.
   *
   * @param leaf its leaf hash, which the pack's first entry names as its predecessor
   * @param path its inclusion path in the tree of the entries before the pack
   */
  public record LastBefore(Hash leaf, List<Hash> path) {
    public LastBefore {
      path = List.copyOf(path);
    }

    /** From the proof of leaf {@code size - 1} in the tree of {@code size} leaves. */
    public static LastBefore of(Hash leaf, InclusionProof proof) {
      return new LastBefore(leaf, proof.path());
    }
  }

  /**
   * The text of {@link #FRONTIER}.
   *
   * @param last present exactly if the frontier is not empty
   */
  public static byte[] frontierJson(Frontier frontier, Optional<LastBefore> last) {
    Json.Builder json =
        Json.Obj.builder()
            .put("hashes", Json.strings(frontier.hashes().stream().map(Hash::hex).toList()))
            .put("size", frontier.size());
    last.ifPresent(
        entry ->
            json.put(
                "last",
                Json.Obj.builder()
                    .put("leaf", entry.leaf().hex())
                    .put("path", Json.strings(entry.path().stream().map(Hash::hex).toList()))
                    .build()));
    return json.build().jcs();
  }

  /** The text of {@link #KEYS}: vkeys of the log and of the cell's anchors log. */
  public static byte[] keysJson(List<VerifierKey> log, List<VerifierKey> anchors) {
    return Json.Obj.builder().put("anchors", vkeys(anchors)).put("log", vkeys(log)).build().jcs();
  }

  private static Json.Arr vkeys(List<VerifierKey> keys) {
    return Json.strings(keys.stream().map(VerifierKey::format).toList());
  }

  /**
   * The text of {@link #TRUST_POLICY}: a C2SP tlog-policy that lists the log and the anchors log.
   */
  public static byte[] trustPolicy(VerifierKey log, VerifierKey anchors) {
    return trustPolicy(List.of(log), List.of(anchors));
  }

  public static byte[] trustPolicy(List<VerifierKey> log, List<VerifierKey> anchors) {
    List<VerifierKey> all = Stream.concat(log.stream(), anchors.stream()).toList();
    return TrustPolicy.format(all).getBytes(StandardCharsets.UTF_8);
  }

  /** The text of {@link #LOG_KEY_PEM}: SubjectPublicKeyInfo (RFC 8410) in PEM (RFC 7468). */
  public static byte[] pem(VerifierKey key) {
    byte[] publicKey = key.publicKey();
    byte[] der =
        ByteBuffer.allocate(ED25519_SPKI_HEAD.length + publicKey.length)
            .put(ED25519_SPKI_HEAD)
            .put(publicKey)
            .array();
    String base64 = Base64.getEncoder().encodeToString(der);
    String text = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether a file of this name has a place in a pack. */
  public static boolean isKnown(String name) {
    return REQUIRED.contains(name)
        || OPTIONAL.contains(name)
        || POLICY_FILE.matcher(name).matches();
  }

  /** The text of {@link #BAG_INFO}. */
  public static byte[] bagInfo(String origin, long from, long to, Optional<PackPart> part) {
    String text =
        "Bag-Software-Agent: Cadastre\n"
            + "External-Identifier: "
            + origin
            + "\n"
            + "External-Description: Entries "
            + from
            + " to "
            + to
            + " (exclusive) of the audit log\n"
            + part.map(one -> one.lines(origin)).orElse("");
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text that {@link #SIGNATURE} signs. */
  public static String signedText(String origin, Hash tagManifest) {
    return SIGNED_HEADER + "\n" + origin + "\n" + tagManifest.hex() + "\n";
  }

  /** A line of a manifest, as {@code sha256sum -c} reads it. */
  public static String manifestLine(Hash digest, String name) {
    return digest.hex() + "  " + name + "\n";
  }
}
