package dev.cadastre.bench;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A cell as users run it: {@code cadastre serve} in a process of its own. */
final class ServedCell implements AutoCloseable {
  private static final String MAIN = "dev.cadastre.server.Main";

  /** Short runs: no time to optimise. */
  private static final List<String> SHORT_RUN =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final String POLICY =
      """
      version: 1
      tenant: %s
      categories:
        customer-data:
          default: {allow: [EU]}
        "*":
          default: {allow: [EU]}
      """;

  private final Path data;
  private final JavaProcess process;
  private final Json.Obj server;

  private ServedCell(Path data, JavaProcess process) throws IOException, Refused {
    this.data = data;
    this.process = process;
    String ready = process.line();
    if (!ready.startsWith("ready")) {
      throw new IOException("expected a line 'ready', found: " + ready);
    }
    this.server = Json.parseObject(Files.readAllBytes(data.resolve("server.json")));
  }

  /** Makes the cell and a tenant. */
  static void provision(Path data, String tenant) throws IOException {
    Path policy = Files.createTempFile(data.getParent(), "policy", ".yaml");
    Files.writeString(policy, String.format(Locale.ROOT, POLICY, tenant));
    run(data, "tenant", "add", tenant, "--policy", policy.toString());
  }

  /** A new token of the role for the tenant. */
  static String token(Path data, String tenant, String role) throws IOException {
    return run(data, "token", "issue", "--tenant", tenant, "--role", role);
  }

  /** A new token of the role for all tenants. */
  static String token(Path data, String role) throws IOException {
    return run(data, "token", "issue", "--all-tenants", "--role", role);
  }

  /** Runs a command on the directory to its end and returns the first line it printed. */
  static String run(Path data, String... command) throws IOException {
    Ran ran = ran(data, command);
    if (ran.exitCode != 0) {
      throw new IOException(String.join(" ", command) + " exited with " + ran.exitCode);
    }
    return ran.lines.isEmpty() ? "" : ran.lines.get(0);
  }

  /** How a command ended, and what it printed. */
  record Ran(int exitCode, List<String> lines) {}

  /** Runs a command that reads whole logs on the directory to its end. */
  static Ran ranOnAll(Path data, String... command) throws IOException {
    return ran(data, List.of("-XX:+UseParallelGC"), command);
  }

  /** Runs a command on the directory to its end. */
  static Ran ran(Path data, String... command) throws IOException {
    return ran(data, SHORT_RUN, command);
  }

  private static Ran ran(Path data, List<String> options, String... command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--data", data.toString()));
    try (JavaProcess process = JavaProcess.start(errors(data), options, MAIN, arguments)) {
      List<String> lines = process.lines();
      return new Ran(process.end(), lines);
    }
  }

  /** Serves on free ports with a heap of so many MiB. */
  static ServedCell start(Path data, int heapMiB) throws IOException, Refused {
    return start(data, heapMiB, List.of());
  }

  /** The same, interpreted: as on a machine many times slower. */
  static ServedCell startSlow(Path data, int heapMiB) throws IOException, Refused {
    return start(data, heapMiB, List.of("-Xint"));
  }

  private static ServedCell start(Path data, int heapMiB, List<String> more)
      throws IOException, Refused {
    List<String> arguments = new ArrayList<>(List.of("serve", "--data", data.toString()));
    for (String port : List.of("--portal-port", "--otlp-http-port", "--otlp-grpc-port")) {
      arguments.addAll(List.of(port, "0"));
    }
    List<String> options = new ArrayList<>(more);
    options.addAll(List.of("-Xmx" + heapMiB + "m", "-XX:+UseParallelGC", "-XX:NewRatio=1"));
    return new ServedCell(data, JavaProcess.start(errors(data), options, MAIN, arguments));
  }

  private static Path errors(Path data) {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  URI otlpHttp() throws Refused {
    return URI.create(server.str("otlpHttp"));
  }

  URI otlpGrpc() throws Refused {
    return URI.create(server.str("otlpGrpc"));
  }

  URI portal() throws Refused {
    return URI.create(server.str("portal"));
  }

  /** Most memory that it ever held, in MiB; 0 on a system that does not tell. */
  long memoryMaxMiB() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
      }
    }
    return 0;
  }

  /** What it said on standard error so far. */
  String log() throws IOException {
    return Files.readString(errors(data), StandardCharsets.UTF_8);
  }

  /** Ends it in order. */
  void stop() throws IOException {
    process.terminate();
  }

  /** Ends it as a power cut would. */
  void kill() throws IOException {
    process.kill();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
