package dev.cadastre.proof.pack;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.note.SignatureType;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys that came with a pack.
 *
 * @param log keys of the log, all named by its origin
 * @param anchors keys of the cell's anchors log, all named by its origin
 */
record PackKeys(List<VerifierKey> log, List<VerifierKey> anchors) {
  private static final String ANCHORS = "anchors";

  static PackKeys read(PackReader pack) throws Refused {
    byte[] bytes = pack.bytes(PackLayout.KEYS);
    Json.Obj json = Json.parseObject(bytes);
    PackKeys keys = new PackKeys(keys(json, "log"), keys(json, ANCHORS));
    if (!Arrays.equals(bytes, PackLayout.keysJson(keys.log, keys.anchors))) {
      throw new PackRefused(
          "expected " + PackLayout.KEYS + " in its canonical form, found it otherwise");
    }
    keys.requireCell();
    requireSame(pack, PackLayout.TRUST_POLICY, PackLayout.trustPolicy(keys.log, keys.anchors));
    requireSame(pack, PackLayout.LOG_KEY_PEM, PackLayout.pem(keys.log.get(0)));
    return keys;
  }

  /** Other spellings of the same keys must not name other keys. */
  private static void requireSame(PackReader pack, String name, byte[] expected)
      throws PackRefused {
    if (!Arrays.equals(pack.bytes(name), expected)) {
      throw new PackRefused(
          "expected " + name + " to give the keys of " + PackLayout.KEYS + ", found others");
    }
  }

  private static List<VerifierKey> keys(Json.Obj json, String member) throws Refused {
    List<VerifierKey> keys = new ArrayList<>();
    for (String vkey : json.strings(member)) {
      VerifierKey key = VerifierKey.parse(vkey);
      if (!keys.isEmpty() && !key.name().equals(keys.get(0).name())) {
        throw new PackRefused(
            "expected one log's keys as \"" + member + "\", found those of several");
      }
      if (keys.contains(key)) {
        throw new PackRefused("expected each key once as \"" + member + "\", found one again");
      }
      keys.add(key);
    }
    if (keys.stream().noneMatch(key -> key.type() == SignatureType.ED25519)) {
      throw new PackRefused("expected an Ed25519 key as \"" + member + "\", found none");
    }
    return List.copyOf(keys);
  }

  /** The anchors log is that of the log's own cell: {@code <ledger>/<cell>/anchors}. */
  private void requireCell() throws PackRefused {
    String origin = origin();
    String expected = origin.substring(0, origin.lastIndexOf('/') + 1) + ANCHORS;
    if (!anchorsOrigin().equals(expected)) {
      throw new PackRefused(
          "expected keys of "
              + Encodings.quote(expected)
              + ", found those of "
              + Encodings.quote(anchorsOrigin()));
    }
  }

  /** In the order of the pack's trust policy. */
  List<VerifierKey> listed() {
    return Stream.concat(log.stream(), anchors.stream()).toList();
  }

  /** The log's origin as its keys are named. */
  String origin() {
    return log.get(0).name();
  }

  String anchorsOrigin() {
    return anchors.get(0).name();
  }

  List<VerifierKey> all() {
    List<VerifierKey> all = new ArrayList<>(log);
    anchors.stream().filter(key -> !all.contains(key)).forEach(all::add);
    return all;
  }
}
