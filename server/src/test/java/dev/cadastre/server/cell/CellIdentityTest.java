package dev.cadastre.server.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellIdentityTest {
  @TempDir private Path data;

  private CellIdentity settle(String name, String cell) throws Exception {
    return CellIdentity.settle(data, Optional.ofNullable(name), Optional.ofNullable(cell));
  }

  @Test
  void aNewDirectoryTakesTheNamesGivenOrTheUsualOnes() throws Exception {
    assertEquals(Optional.empty(), CellIdentity.of(data));
    assertEquals(new CellIdentity("ledger.test", "local"), settle("ledger.test", null));
    assertEquals(new CellIdentity("ledger.test", "local"), settle(null, null));
    assertEquals(Optional.of(new CellIdentity("ledger.test", "local")), CellIdentity.of(data));
  }

  @Test
  void aDirectoryKeepsItsNames() throws Exception {
    settle("ledger.test", "eu");
    String message =
        String.valueOf(assertThrows(Refused.class, () -> settle("ledger.test", "us")).getMessage());
    assertTrue(message.contains("belongs to the cell eu for good, and cannot become us"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ledger", "a/b", "a b", "-a", "a+b", "é"})
  void aNameThatAnOriginCannotHoldIsRefused(String name) {
    assertThrows(Refused.class, () -> settle(name, null));
    assertThrows(Refused.class, () -> settle(null, name));
  }

  @Test
  void aDamagedIdentityIsNamed() throws Exception {
    Files.writeString(data.resolve("cell.json"), "{\"name\":1}");
    String message =
        String.valueOf(assertThrows(Refused.class, () -> CellIdentity.of(data)).getMessage());
    assertTrue(message.startsWith(data.resolve("cell.json") + " is damaged: "), message);
  }
}
