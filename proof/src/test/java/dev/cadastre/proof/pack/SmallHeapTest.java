package dev.cadastre.proof.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.attestation.Dsse;
import dev.cadastre.proof.cli.VerifyMain;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackLimits;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Envelopes as large as a file may be, in a Java of little memory: refused in words. */
class SmallHeapTest {
  private static final String HEAP = "-Xmx64m";
  private static final int MOST = PackLimits.STANDARD.maxHeldBytes();

  /** Bytes of an envelope that is taken apart to say where it differs. */
  private static final int COMPARED = 4 << 20;

  @TempDir private Path folder;

  @Test
  void aGoodPackVerifies() throws Exception {
    Result result = verify(SyntheticPack.betweenAnchors());
    assertEquals(0, result.code(), result.said());
  }

  @Test
  void aHugePayloadIsRefused() throws Exception {
    assertRefused(envelope(new byte[MOST / 4 * 3 - 3_000], "[]"));
    assertRefused(envelope(many(COMPARED / 4 * 3 - 3_000), "[]"));
  }

  @Test
  void hugeSignaturesAroundTheRightPayloadAreRefused() throws Exception {
    byte[] good = SyntheticPack.betweenAnchors().payload.get(PackLayout.ATTESTATION);
    byte[] payload = utf8(Dsse.fromJson(Json.parseObject(good)).payload());
    int room = MOST - envelope(payload, "").length - 100;
    for (String signatures :
        List.of(
            "[{\"keyid\":\"\",\"sig\":\"" + "A".repeat(room) + "\"}]",
            "[" + "{\"keyid\":\"\",\"sig\":\"AA\"},".repeat(room / 26 - 1) + "{}]")) {
      assertRefused(envelope(payload, signatures));
    }
  }

  private void assertRefused(byte[] envelope) throws Exception {
    assertTrue(envelope.length <= MOST, () -> envelope.length + " bytes");
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    pack.payload.put(PackLayout.ATTESTATION, envelope);
    Result result = verify(pack);
    String last = result.said().lines().reduce((one, other) -> other).orElse("");
    assertEquals(1, result.code(), result.said());
    assertTrue(last.startsWith("refused: Attestation: expected "), last);
  }

  private record Result(int code, String said) {}

  private Result verify(SyntheticPack pack) throws Exception {
    Path zip = Files.write(folder.resolve("pack.zip"), pack.zip());
    Path said = folder.resolve("said.txt");
    int code =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                VerifyMain.class.getName(),
                zip.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();
    return new Result(code, Files.readString(said));
  }

  private static byte[] envelope(byte[] payload, String signatures) {
    return utf8(
        "{\"payload\":\""
            + Base64.getEncoder().encodeToString(payload)
            + "\",\"payloadType\":\""
            + Dsse.PAYLOAD_TYPE
            + "\",\"signatures\":"
            + signatures
            + "}");
  }

  /** A document of as many values as there is room for. */
  private static byte[] many(int length) {
    byte[] text = new byte[length];
    Arrays.fill(text, (byte) '1');
    for (int i = 0; i < length; i += 2) {
      text[i] = (byte) (i == 0 ? '[' : ',');
    }
    text[length - 1] = ']';
    return text;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
