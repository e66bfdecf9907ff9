package dev.cadastre.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.Variables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where serve's settings come from: command line, environment, file, default, in that order. */
class ServeSourcesTest {
  private static final Map<String, String> ANY_PORTS =
      Map.of(
          "CADASTRE_PORTAL_PORT", "0",
          "CADASTRE_OTLP_HTTP_PORT", "0",
          "CADASTRE_OTLP_GRPC_PORT", "0");

  @TempDir private Path dir;

  /** Runs a command that is asked to stop at once. */
  private static Session.Ran run(Map<String, String> environment, List<String> args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ProcessContext host =
        new ProcessContext(
            new Variables(environment),
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InstantSource.system(),
            () -> new CountDownLatch(0));
    int exitCode = Cadastre.run(host, args.toArray(String[]::new));
    return new Session.Ran(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Session.Ran serve(Map<String, String> environment, String yaml, String... more)
      throws IOException {
    Path config = Files.writeString(dir.resolve("c.yaml"), yaml);
    List<String> args = new ArrayList<>(List.of("serve", "--config", config.toString()));
    args.addAll(List.of(more));
    return run(environment, args);
  }

  private static Map<String, String> with(String... pairs) {
    Map<String, String> all = new HashMap<>(ANY_PORTS);
    for (int i = 0; i < pairs.length; i += 2) {
      all.put(pairs[i], pairs[i + 1]);
    }
    return all;
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws Exception {
    Path data = dir.resolve("variable");
    int port = free();
    Session.Ran ran =
        serve(
            with(
                "CADASTRE_DATA",
                data.toString(),
                "CADASTRE_BIND",
                "127.0.0.2",
                "CADASTRE_OTLP_HTTP_PORT",
                "" + port),
            "data: " + dir.resolve("file") + "\nbind: 127.0.0.3\nports: {otlp-http: 1}\n");
    assertEquals(ExitCode.OK, ran.exitCode(), ran.err());
    assertTrue(ran.out().contains(" otlp-http=http://127.0.0.2:" + port + " "), ran.out());
    assertTrue(Files.isDirectory(data));
    assertFalse(Files.exists(dir.resolve("file")));
  }

  @Test
  void theCommandLineWinsOverTheEnvironment() throws Exception {
    Path data = dir.resolve("option");
    int port = free();
    Session.Ran ran =
        serve(
            with(
                "CADASTRE_DATA", dir.resolve("variable").toString(),
                "CADASTRE_BIND", "127.0.0.2",
                "CADASTRE_PORTAL_PORT", "1"),
            "",
            "--data",
            data.toString(),
            "--bind",
            "127.0.0.4",
            "--portal-port",
            "" + port);
    assertEquals(ExitCode.OK, ran.exitCode(), ran.err());
    assertTrue(ran.out().startsWith("ready portal=http://127.0.0.4:" + port + " "), ran.out());
    assertTrue(Files.isDirectory(data));
    assertFalse(Files.exists(dir.resolve("variable")));
  }

  @Test
  void aBlankVariableSaysNothing() throws Exception {
    Session.Ran ran =
        serve(
            with("CADASTRE_DATA", "", "CADASTRE_BIND", " "),
            "data: " + dir.resolve("file") + "\nbind: 127.0.0.3\n");
    assertEquals(ExitCode.OK, ran.exitCode(), ran.err());
    assertTrue(ran.out().startsWith("ready portal=http://127.0.0.3:"), ran.out());
  }

  @ParameterizedTest
  @CsvSource({
    "CADASTRE_PORTAL_PORT, http, 'http' is not a port from 0 to 65535",
    "CADASTRE_OTLP_HTTP_PORT, 65536, '65536' is not a port from 0 to 65535",
    "CADASTRE_OTLP_GRPC_PORT, -1, '-1' is not a port from 0 to 65535",
    "CADASTRE_BIND, 1.2.3.4.5, '1.2.3.4.5' is not an address of this machine",
  })
  void aVariableThatCannotBeMeantIsNamed(String name, String value, String what) throws Exception {
    Session.Ran ran = serve(with(name, value), "data: " + dir.resolve("file"));
    assertEquals(2, ran.exitCode());
    assertEquals(
        "cadastre: the environment variable " + name + ": " + what.replace("\"", "'") + "\n",
        ran.err());
    assertFalse(Files.exists(dir.resolve("file")), "nothing is made before the settings hold");
  }

  @Test
  void limitsOfATenantThatIsNotThereAreRefusedWithTheirLine() throws Exception {
    String data = dir.resolve("cell").toString();
    String yaml = "data: " + data + "\nlimits:\n  tenants:\n    bnak: {records-per-second: 5}\n";
    Session.Ran none = serve(ANY_PORTS, yaml);
    assertEquals(2, none.exitCode());
    assertEquals(
        "cadastre: "
            + dir.resolve("c.yaml")
            + " line 4 column 5: limits: there is no tenant bnak; there are none yet\n",
        none.err());
    List<String> add = List.of("tenant", "add", "bank", "--policy", Session.policy().toString());
    assertEquals(ExitCode.OK, run(Map.of("CADASTRE_DATA", data), add).exitCode());
    Session.Ran other = serve(ANY_PORTS, yaml);
    assertTrue(
        other
            .err()
            .endsWith(
                " line 4 column 5: limits: there is no tenant bnak; the tenants are [bank]\n"),
        other.err());
    Session.Ran right = serve(ANY_PORTS, yaml.replace("bnak", "bank"));
    assertEquals(ExitCode.OK, right.exitCode(), right.err());
  }

  @Test
  void aSenderOfATenantThatIsNotThereIsRefusedWithItsLine() throws Exception {
    String data = dir.resolve("cell").toString();
    List<String> add = List.of("tenant", "add", "bank", "--policy", Session.policy().toString());
    assertEquals(ExitCode.OK, run(Map.of("CADASTRE_DATA", data), add).exitCode());
    String yaml =
        "data: "
            + data
            + "\ntls: {certificate: c.pem, key: k.pem, client-certificates: optional}"
            + "\nspiffe-senders:"
            + "\n  \"spiffe://bank.example/ns/prod/**\": bank"
            + "\n  \"spiffe://bank.example/ns/prod/sa/v1.2\": bnak\n";
    Session.Ran ran = serve(ANY_PORTS, yaml);
    assertEquals(2, ran.exitCode());
    assertEquals(
        "cadastre: "
            + dir.resolve("c.yaml")
            + " line 5 column 3: spiffe-senders: there is no tenant bnak; the tenants are [bank]\n",
        ran.err());
  }
}
