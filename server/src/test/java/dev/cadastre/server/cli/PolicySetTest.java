package dev.cadastre.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySetTest {
  private final Session session = new Session(() -> Instant.parse("2026-03-01T12:00:00Z"));

  @TempDir private Path directory;

  @Test
  void aChangeIsPrintedInWords() throws IOException {
    run(
        List.of(
            "tenant",
            "add",
            "bank",
            "--policy",
            policy("[DE]"),
            "--name",
            "l.test",
            "--cell",
            "eu"));
    assertEquals(
        List.of("policy of bank adopted as entry 2", "  data.storage: allow + FR"),
        run(List.of("policy", "set", "bank", policy("[DE, FR]"), "--author", "Maria")));
    assertEquals(
        List.of("policy of bank adopted as entry 3", "it says the same as the one before"),
        run(List.of("policy", "set", "bank", policy("[FR, DE]"))));
  }

  private String policy(String places) throws IOException {
    return Files.writeString(
            directory.resolve("p.yaml"),
            "version: 1\ntenant: bank\ncategories: {data: {storage: {allow: " + places + "}}}\n")
        .toString();
  }

  private List<String> run(List<String> command) {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of("--data", directory.resolve("cell").toString()));
    Session.Ran ran = session.run(line.toArray(String[]::new));
    assertEquals(0, ran.exitCode(), ran.err());
    return ran.out().lines().toList();
  }
}
