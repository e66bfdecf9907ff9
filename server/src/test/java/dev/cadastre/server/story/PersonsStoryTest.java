package dev.cadastre.server.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cli.Session;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who did it, where that is a person: found, resolved, and unlinked for good. */
class PersonsStoryTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories: {"*": {default: {allow: [DE]}}}
      keys: {allow: [DE]}
      """;

  private static final LogName BANK = new LogName("bank");
  private static final String OFFICER = "maria@bank.example";
  private static final double MONTH = 31 * 86_400.0;
  private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1";

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void beginInAFolderThatHasSiblings() {
    folder = temporary.resolve("cell");
  }

  private static long disables(Story story, double seconds, String who) throws Exception {
    return story.happens(
        "ledger.key.lifecycle",
        seconds,
        "ledger.key.id",
        KEY,
        "ledger.key.operation",
        "disable",
        "audit.actor.type",
        "user",
        "audit.actor.id",
        who);
  }

  @Test
  void theOfficerIsOnePersonWithinAMonthAndAnAuditorFindsAndResolvesHer() throws Exception {
    try (Story story = Story.of(folder, POLICY)) {
      final long first = disables(story, 0, OFFICER);
      final long again = disables(story, 1, " Maria@Bank.example");
      final long other = disables(story, 2, "otto@bank.example");
      final long later = disables(story, MONTH, OFFICER);
      long machine =
          story.happens(
              "ledger.data.access",
              MONTH + 1,
              "audit.actor.id",
              "batch",
              "audit.actor.type",
              "service");
      String her = story.record(first).person();
      assertTrue(her.matches("2026-03\\.1\\.[A-Za-z0-9_-]{22}"), her);
      assertEquals(her, story.record(again).person());
      assertNotEquals(her, story.record(other).person());
      assertTrue(story.record(later).person().startsWith("2026-04.1."));
      assertEquals("", story.record(machine).person());
      story.attested();
      String found = story.api(Role.AUDITOR, "events?actor=" + OFFICER).body();
      for (long index : new long[] {first, again, later}) {
        assertTrue(found.contains("\"index\":" + index + ","), found);
      }
      assertTrue(!found.contains("\"index\":" + other + ","), found);
      String unseen = story.api(Role.VIEWER, "events?actor=" + OFFICER).body();
      assertTrue(unseen.contains("\"events\":[]"), unseen);
      assertTrue(story.api(Role.VIEWER, "keys?id=" + KEY).body().contains(her), "who disabled it");
      assertEquals(403, story.api(Role.VIEWER, "persons/" + her).statusCode());
      long before = story.cell().ledger().reader(BANK).size();
      HttpResponse<String> resolved = story.api(Role.AUDITOR, "persons/" + her);
      assertTrue(resolved.body().contains("aria@"), resolved.body());
      StringBuilder noted = new StringBuilder();
      for (long i = before; i < story.cell().ledger().reader(BANK).size(); i++) {
        noted.append(story.record(i).attributes().asMap());
      }
      assertTrue(
          noted.indexOf("portal.person.resolve") > 0 && noted.indexOf(her) > 0, noted::toString);
    }
  }

  @Test
  void aPolicyTurnsThemOff() throws Exception {
    try (Story story = Story.of(folder, POLICY + "privacy: {pseudonyms: off}\n")) {
      assertEquals("", story.record(disables(story, 0, OFFICER)).person());
    }
  }

  @Test
  void aDestroyedKeyUnlinksAndFsckKnowsOneThatCameBack() throws Exception {
    String her;
    try (Story story = Story.of(folder, POLICY)) {
      her = story.record(disables(story, 0, OFFICER)).person();
      story.cell().ledger().pseudonyms(BANK, OFFICER).forEach(one -> assertEquals(her, one));
    }
    Session session = new Session(() -> Instant.parse("2026-03-02T12:00:00Z"));
    String data = folder.toString();
    assertEquals("2026-03.1  linked to persons", run(session, 0, "list", "bank", data));
    Path copy =
        Files.copy(
            folder.resolve("vault.db"),
            folder.resolveSibling("vault.copy"),
            StandardCopyOption.REPLACE_EXISTING);
    assertTrue(run(session, 2, "destroy", "bank", "2026-02", data).contains("no pseudonyms of"));
    run(session, 0, "destroy", "bank", "2026-03", data);
    run(session, 0, "destroy", "bank", "2026-03", data);
    assertEquals("2026-03.1  destroyed", run(session, 0, "list", "bank", data));
    assertEquals(0, session.run("fsck", "--data", data).exitCode());
    Path backup = folder.resolveSibling("backup");
    Path restored = folder.resolveSibling("restored");
    assertEquals(0, session.run("backup", "--to", backup.toString(), "--data", data).exitCode());
    assertEquals(
        0,
        session
            .run("restore", "--from", backup.toString(), "--data", restored.toString())
            .exitCode());
    assertEquals("2026-03.1  destroyed", run(session, 0, "list", "bank", restored.toString()));
    Files.copy(copy, folder.resolve("vault.db"), StandardCopyOption.REPLACE_EXISTING);
    Session.Ran fsck = session.run("fsck", "--data", data);
    assertTrue(
        (fsck.out() + fsck.err()).contains("the key of pseudonyms 2026-03.1 is there, though"),
        fsck.out() + fsck.err());
  }

  private static String run(Session session, int exitCode, String... command) {
    String[] line = new String[command.length + 2];
    line[0] = "persons";
    System.arraycopy(command, 0, line, 1, command.length - 1);
    line[command.length] = "--data";
    line[command.length + 1] = command[command.length - 1];
    Session.Ran ran = session.run(line);
    assertEquals(exitCode, ran.exitCode(), ran.out() + ran.err());
    return (ran.out() + ran.err()).strip();
  }
}
