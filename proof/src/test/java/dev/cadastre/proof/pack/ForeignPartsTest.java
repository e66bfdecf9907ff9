package dev.cadastre.proof.pack;

import static dev.cadastre.proof.pack.Reports.assertFailed;
import static dev.cadastre.proof.pack.Reports.assertOnlyFailed;
import static dev.cadastre.proof.pack.Reports.status;
import static dev.cadastre.proof.pack.Reports.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Refused;
import dev.cadastre.proof.pack.format.PackLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Keys, signatures and anchors of another pack in place of its own. */
class ForeignPartsTest {
  @Test
  void signatureLinesOfOthersAreRefused() throws Exception {
    SortedMap<String, byte[]> files = SyntheticPack.unzip(SyntheticPack.betweenAnchors().zip());
    String note = new String(files.get(PackLayout.SIGNATURE), StandardCharsets.UTF_8);
    String line = note.substring(note.lastIndexOf("\n\n") + 2);
    for (String more : List.of("\u2014 hidden.example " + "A".repeat(60_000) + "\n", line)) {
      files.put(PackLayout.SIGNATURE, (note + more).getBytes(StandardCharsets.UTF_8));
      assertOnlyFailed(verify(SyntheticPack.zip(files)), "signature");
    }
  }

  @Test
  void foreignKeyOverAGoodPackFailsTheSignature() throws Refused {
    assertOnlyFailed(
        verify(SyntheticPack.betweenAnchors().zip(SyntheticPack.forged().log.signer)), "signature");
  }

  @Test
  void foreignKeysPutInPlaceOfTheRealOnesFailWhateverTheySign() throws Refused {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    SyntheticPack forged = SyntheticPack.forged();
    for (String name : List.of(PackLayout.KEYS, PackLayout.TRUST_POLICY, PackLayout.LOG_KEY_PEM)) {
      pack.payload.put(name, forged.payload.get(name));
    }
    VerificationReport report = verify(pack.zip(forged.log.signer));
    assertEquals("ok", status(report, "signature"));
    assertOnlyFailed(report, "anchor-after");
  }

  @Test
  void signatureOfAnotherPackIsRefused() throws Exception {
    SortedMap<String, byte[]> one = SyntheticPack.unzip(SyntheticPack.betweenAnchors().zip());
    SortedMap<String, byte[]> other = SyntheticPack.unzip(SyntheticPack.fromBirth().zip());
    one.put(PackLayout.SIGNATURE, other.get(PackLayout.SIGNATURE));
    assertOnlyFailed(verify(SyntheticPack.zip(one)), "signature");
  }

  @Test
  void anchorsOfAnotherPeriodAreRefused() throws Refused {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    swapFolders(pack, name -> name.replace(PackLayout.ANCHOR_AFTER, PackLayout.ANCHOR_BEFORE));
    assertFailed(verify(pack.zip()), "anchor-before");
    SyntheticPack late = SyntheticPack.betweenAnchors();
    late.payload.keySet().removeIf(name -> name.startsWith(PackLayout.ANCHOR_BEFORE));
    assertFailed(verify(late.zip()), "start");
  }

  private static void swapFolders(SyntheticPack pack, UnaryOperator<String> rename) {
    for (String name : List.copyOf(pack.payload.keySet())) {
      if (name.startsWith(PackLayout.ANCHOR_AFTER)) {
        pack.payload.put(rename.apply(name), pack.payload.get(name));
      }
    }
  }
}
