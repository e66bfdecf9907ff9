package dev.cadastre.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryCommandTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("cadastre.root"), "examples", "inventory");

  private final Session session = new Session(() -> Instant.parse("2026-03-01T12:00:00Z"));

  @TempDir private Path directory;

  @Test
  void anInventoryIsAdoptedShownAndAdoptedAgain() throws IOException {
    cell("tenant", "add", "bank", "--policy", example("bank.yaml"), "--name", "l", "--cell", "eu");
    String file = example("bank.inventory.yaml");
    List<String> adopted = cell("inventory", "adopt", "bank", file, "--author", "Maria");
    assertEquals("inventory of bank adopted as entry 2", adopted.get(0));
    assertTrue(
        adopted.contains("  inventory.keys.master-1: vault + hsm-frankfurt"), adopted::toString);
    List<String> shown = cell("inventory", "show", "bank");
    assertEquals("# in force by entry 2, adopted by \"Maria\"", shown.get(0));
    Path again = Files.writeString(directory.resolve("again.yaml"), String.join("\n", shown));
    assertEquals(
        List.of("inventory of bank adopted as entry 3", "it says the same as the one before"),
        cell("inventory", "adopt", "bank", again.toString()));
    assertEquals(
        List.of("policy of bank adopted as entry 4", "it says the same as the one before"),
        cell("policy", "set", "bank", example("bank.yaml")));
    assertEquals(
        List.of(
            file
                + " is an inventory of bank: 1 hosts, 2 keys, 1 services, 1 stores, 1 vaults;"
                + " 427 of 32768 bytes"),
        run(0, "inventory", "check", file).out().lines().toList());
    Path none = Files.writeString(directory.resolve("none.yaml"), "version: 1\ntenant: bank\n");
    cell("inventory", "adopt", "bank", none.toString());
    assertEquals(List.of("# no inventory is in force for bank"), cell("inventory", "show", "bank"));
    assertEquals(0, session.run("fsck", "--data", data()).exitCode());
  }

  @Test
  void whatIsWrongIsNamedWithLineAndColumnAndTheNearestWord() throws IOException {
    Path file = directory.resolve("i.yaml");
    String begin = "version: 1\ntenant: bank\nkeys:\n  k.1:\n    ";
    for (String[] wrong :
        new String[][] {
          {"custdy: byok", " line 5 column 5: keys.k.1: ", "did you mean \"custody\"?"},
          {"custody: customer-hold", " line 5 column 5: keys.k.1.custody: ", "\"customer-held\"?"},
          {"place: aws:eu-west-11", " line 5 column 5: keys.k.1.place: ", "\"aws:eu-west-1\"?"},
        }) {
      Files.writeString(file, begin + wrong[0] + "\n");
      String said = run(2, "inventory", "check", file.toString()).err();
      assertTrue(said.contains(file + wrong[1]) && said.contains(wrong[2]), said);
    }
  }

  @Test
  void theExampleInventorysCasesHold() {
    String out = run(0, "policy", "test", example("bank.yaml")).out();
    assertTrue(out.contains("6 cases: 6 ok"), out);
  }

  @Test
  void anInventoryOfAnotherTenantIsRefused() throws IOException {
    cell("tenant", "add", "shop", "--policy", shop(), "--name", "l", "--cell", "eu");
    Session.Ran ran =
        session.run("inventory", "adopt", "shop", example("bank.inventory.yaml"), "--data", data());
    assertTrue(ran.err().contains("expected an inventory of shop, found one of bank"), ran.err());
  }

  private String shop() throws IOException {
    String policy = "version: 1\ntenant: shop\ncategories: {\"*\": {default: {allow: [DE]}}}\n";
    return Files.writeString(directory.resolve("shop.yaml"), policy).toString();
  }

  private static String example(String name) {
    return EXAMPLE.resolve(name).toString();
  }

  private String data() {
    return directory.resolve("cell").toString();
  }

  private List<String> cell(String... command) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of("--data", data()));
    return run(0, line.toArray(String[]::new)).out().lines().toList();
  }

  private Session.Ran run(int exitCode, String... command) {
    Session.Ran ran = session.run(command);
    assertEquals(exitCode, ran.exitCode(), ran.out() + ran.err());
    return ran;
  }
}
