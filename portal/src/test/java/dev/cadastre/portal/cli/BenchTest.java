package dev.cadastre.portal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.proof.Refused;
import dev.cadastre.proof.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks that hold promises; figures depend on the machine and are not tested. */
class BenchTest {
  private final Session session = new Session(InstantSource.system());

  @TempDir private Path directory;

  @Test
  void nothingAcknowledgedIsLostDoubledOrMadeUpWhenTheServerIsKilled() throws Refused {
    Session.Ran ran =
        session.run("bench", "crash", "--rounds", "5", "--json", "--scratch", directory.toString());
    assertEquals(0, ran.exitCode(), ran.err() + ran.out());
    String last = ran.out().lines().reduce("", (before, line) -> line);
    Json.Obj figures = Json.parseObject(last.getBytes(StandardCharsets.UTF_8));
    assertEquals(5, figures.integer("rounds"), last);
    assertTrue(figures.integer("acked") > 0, last);
    for (String fault : new String[] {"missing", "duplicated", "invented", "fsck_failures"}) {
      assertEquals(0, figures.integer(fault), last + ran.err());
    }
  }
}
