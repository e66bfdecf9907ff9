package dev.cadastre.proof.pack;

import static dev.cadastre.proof.pack.Reports.assertFailed;
import static dev.cadastre.proof.pack.Reports.assertOnlyFailed;
import static dev.cadastre.proof.pack.Reports.status;
import static dev.cadastre.proof.pack.Reports.text;
import static dev.cadastre.proof.pack.Reports.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.pack.format.PackLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Every file, altered by an outsider and by the keeper: refused by the check that it concerns. */
class TamperedFilesTest {
  @Test
  void everyFileAlteredRemovedOrAddedIsRefusedByAnOutsider() throws Exception {
    SortedMap<String, byte[]> good = SyntheticPack.unzip(SyntheticPack.betweenAnchors().zip());
    for (String name : good.keySet()) {
      SortedMap<String, byte[]> altered = new java.util.TreeMap<>(good);
      altered.put(name, flipped(good.get(name)));
      assertFailed(
          verify(SyntheticPack.zip(altered)),
          name.equals(PackLayout.SIGNATURE) ? "signature" : "files");
      altered.remove(name);
      assertFailed(verify(SyntheticPack.zip(altered)), "files");
    }
    for (String name :
        List.of(
            "extra.txt",
            "data/extra.txt",
            "data/policy/7.yaml",
            "data/policy/x.yaml",
            "data/anchors/before/more")) {
      SortedMap<String, byte[]> added = new java.util.TreeMap<>(good);
      added.put(name, new byte[] {1});
      assertFailed(verify(SyntheticPack.zip(added)), "files");
    }
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    flipped[flipped.length / 2] ^= 1;
    return flipped;
  }

  @Test
  void everyPayloadFileAlteredByTheKeeperIsRefusedByTheCheckItConcerns() throws Exception {
    SyntheticPack good = SyntheticPack.betweenAnchors();
    for (String name : good.payload.keySet()) {
      SyntheticPack pack = SyntheticPack.betweenAnchors();
      pack.payload.put(name, flipped(pack.payload.get(name)));
      VerificationReport report = verify(pack.zip());
      assertEquals("ok", status(report, "files"), name);
      assertEquals(
          concerned(name), report.firstFailure().orElseThrow().id(), name + "\n" + text(report));
    }
  }

  private static String concerned(String name) {
    if (name.startsWith(PackLayout.ANCHOR_AFTER)) {
      return "anchor-after";
    }
    if (name.startsWith(PackLayout.ANCHOR_BEFORE)) {
      return "anchor-before";
    }
    if (name.startsWith("data/policy/")) {
      return "policies";
    }
    if (name.startsWith("data/trust/")) {
      return "keys";
    }
    return switch (name) {
      case PackLayout.BIRTH_ENTRY, PackLayout.BIRTH_PROOF -> "birth";
      case PackLayout.FRONTIER -> "start";
      case PackLayout.ENTRIES -> "entries";
      case PackLayout.EVENTS_CSV -> "table";
      case PackLayout.ATTESTATION -> "attestation";
      case PackLayout.REPORT -> "report";
      default -> throw new AssertionError("no check for " + name);
    };
  }

  @Test
  void everyPayloadFileRemovedByTheKeeperIsRefused() throws Exception {
    for (String name : SyntheticPack.betweenAnchors().payload.keySet()) {
      // The texts of policies are extras: the entries hold the policies themselves.
      if (name.endsWith(".yaml")) {
        continue;
      }
      SyntheticPack pack = SyntheticPack.betweenAnchors();
      pack.payload.remove(name);
      assertFalse(verify(pack.zip()).verified(), name);
    }
  }

  @Test
  void leafJsonHasOneForm() throws Refused {
    for (String folder : List.of(PackLayout.ANCHOR_AFTER, PackLayout.ANCHOR_BEFORE)) {
      SyntheticPack pack = SyntheticPack.betweenAnchors();
      String name = folder + PackLayout.ANCHOR_LEAF;
      String text = new String(pack.payload.get(name), StandardCharsets.UTF_8);
      for (String other :
          List.of(
              " " + text,
              text + "\n",
              text.replace(":", ": "),
              text.replace("leaves", "\\u006ceaves"))) {
        pack.payload.put(name, other.getBytes(StandardCharsets.UTF_8));
        assertFailed(
            verify(pack.zip()), folder.contains("after") ? "anchor-after" : "anchor-before");
      }
    }
  }

  private static String page(SyntheticPack pack) {
    return new String(pack.payload.get(PackLayout.REPORT), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aReportThatLiesIsRefusedThoughItsKeeperSignedIt() throws Refused {
    String good = page(SyntheticPack.betweenAnchors());
    String violated = "3 of 5 judged events broke the policy.";
    assertTrue(good.contains(violated), good);
    for (String lie :
        List.of(
            good.replace(violated, "Every judged event kept to the policy."),
            good.replace("</main>", "<script>document.title='clean'</script></main>"),
            good.replace("</main>", "<img src=x onerror=alert(1)></main>"),
            good.replace("default-src 'none'; ", ""),
            good + "\n",
            "")) {
      SyntheticPack pack = SyntheticPack.betweenAnchors();
      pack.payload.put(PackLayout.REPORT, utf8(lie));
      VerificationReport report = verify(pack.zip());
      assertOnlyFailed(report, "report");
      assertTrue(report.firstFailure().orElseThrow().detail().contains(PackLayout.REPORT));
    }
  }

  @Test
  void aReadmeThatLiesIsRefusedThoughItsKeeperSignedIt() throws Refused {
    String good = new String(SyntheticPack.betweenAnchors().readme, StandardCharsets.UTF_8);
    for (String lie :
        List.of(
            good.replace("Do not take them from this pack", "Take them from this pack"),
            good.replace("<p ", "<script>alert(1)</script><p "),
            good.replace("6", "5"),
            "")) {
      SyntheticPack pack = SyntheticPack.betweenAnchors();
      pack.readme = utf8(lie);
      VerificationReport report = verify(pack.zip());
      assertOnlyFailed(report, "report");
      assertTrue(report.firstFailure().orElseThrow().detail().contains(PackLayout.README));
    }
  }

  /** What the bag says of itself concerns its files, and not the log's birth. */
  @Test
  void aBagThatSaysItHoldsSomethingElseFailsItsFiles() throws Exception {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    String good =
        new String(
            PackLayout.bagInfo(SyntheticPack.ORIGIN, 6, 12, Optional.empty()),
            StandardCharsets.UTF_8);
    assertTrue(verify(withBagInfo(pack, good)).verified());
    for (String other :
        List.of(
            good.replace("bank", "bang"),
            good.replace("6 to 12", "6 to 13"),
            good.replace("Cadastre", "cadastre"),
            good + "Bag-Count: 1 of 2\n",
            good + "Bag-Count: 3 of 2\nBag-Group-Identifier: x entries 0 to 12 (exclusive)\n",
            good + "Bag-Count: 1 of 2\nBag-Group-Identifier: x entries 0 to 12 (exclusive)\n",
            "")) {
      VerificationReport report = verify(withBagInfo(pack, other));
      assertOnlyFailed(report, "files");
      assertEquals("ok", status(report, "birth"), other);
    }
  }

  /** The same pack, signed by its keeper. */
  private static byte[] withBagInfo(SyntheticPack pack, String text) throws Exception {
    SortedMap<String, byte[]> files = SyntheticPack.unzip(pack.zip());
    files.put(PackLayout.BAG_INFO, utf8(text));
    StringBuilder tags = new StringBuilder();
    for (String name :
        List.of(PackLayout.README, PackLayout.BAG_INFO, PackLayout.BAGIT, PackLayout.MANIFEST)) {
      tags.append(PackLayout.manifestLine(Hash.sha256(files.get(name)), name));
    }
    files.put(PackLayout.TAG_MANIFEST, utf8(tags.toString()));
    String signed = PackLayout.signedText(SyntheticPack.ORIGIN, Hash.sha256(utf8(tags.toString())));
    files.put(PackLayout.SIGNATURE, SignedNote.sign(signed, pack.log.signer).bytes());
    return SyntheticPack.zip(files);
  }
}
