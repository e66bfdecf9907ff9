package dev.cadastre.ingest.net;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
  @Test
  void serverIsRefusedBelowWhatItNeeds() {
    Refused refused = assertThrows(Refused.class, () -> new OpenFiles(511).requireEnough());
    assertTrue(String.valueOf(refused.getMessage()).contains("ulimit -n"), refused::toString);
    assertDoesNotThrow(() -> new OpenFiles(512).requireEnough());
  }

  @Test
  void threeServersLeaveTheCellItsOwnFiles() {
    assertEquals(85, new OpenFiles(512).connections(4_096));
    assertEquals(256, new OpenFiles(1_024).connections(4_096));
    assertEquals(4_096, new OpenFiles(1 << 20).connections(4_096));
    assertEquals(4_096, new OpenFiles(Long.MAX_VALUE).connections(4_096));
  }
}
