package dev.cadastre.proof.pack;

import dev.cadastre.proof.pack.format.PackLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/** Finished packs for tests of other packages. */
public final class TestPacks {
  private TestPacks() {}

  public static byte[] good() throws Exception {
    return SyntheticPack.betweenAnchors().zip();
  }

  /** Two packs of one set, entries 0 to 11. */
  public static List<byte[]> set() throws Exception {
    return SyntheticPack.set(CarriedStateTest.log(), 6, 12).stream()
        .map(SyntheticPack::zip)
        .toList();
  }

  public static byte[] trustPolicy() throws Exception {
    return SyntheticPack.betweenAnchors().payload.get(PackLayout.TRUST_POLICY);
  }

  /** Entry 8 edited, everything else as it was. */
  public static byte[] editedEntry() throws Exception {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    SortedMap<String, byte[]> files = SyntheticPack.unzip(pack.zip());
    List<byte[]> lines = pack.lines();
    String entry = new String(lines.get(2), StandardCharsets.UTF_8);
    lines.set(2, entry.replace("data.access", "data.acceSs").getBytes(StandardCharsets.UTF_8));
    pack.setLines(lines);
    files.put(PackLayout.ENTRIES, pack.payload.get(PackLayout.ENTRIES));
    return SyntheticPack.zip(files);
  }
}
