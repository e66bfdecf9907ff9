package dev.cadastre.ledger.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDirectoryTest {
  @TempDir Path dir;

  @Test
  void itAndItsParentAreTheirOwnersAloneThoughTheParentWasNot() throws IOException {
    Path parent = dir.resolve("scratch");
    Files.createDirectory(
        parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    try (ScratchDirectory scratch = ScratchDirectory.in(parent)) {
      assertEquals("rwx------", permissions(parent));
      assertEquals("rwx------", permissions(scratch.path()));
      OwnerOnly.makeFile(scratch.path().resolve("a.zip")).close();
      assertEquals("rw-------", permissions(scratch.path().resolve("a.zip")));
    }
    try (ScratchDirectory again = ScratchDirectory.in(dir.resolve("another"))) {
      assertEquals("rwx------", permissions(dir.resolve("another")));
    }
  }

  @Test
  void whatADeadProcessLeftIsCleared() throws IOException {
    Path left = dir.resolve("0-left");
    Files.createDirectory(left);
    ScratchDirectory.in(dir).close();
    assertFalse(Files.exists(left));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
