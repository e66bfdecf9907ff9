package dev.cadastre.server.cli;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code cadastre serve} in a process of its own, on any free ports. */
final class ServerProcess implements AutoCloseable {
  private static final long PATIENCE_S = 60;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final BufferedReader out;
  private final String ready;
  private final Json.Obj serverJson;

  private ServerProcess(Path data, List<String> options) throws IOException, Refused {
    process = start(data, options);
    out = process.inputReader(StandardCharsets.UTF_8);
    ready = String.valueOf(out.readLine());
    if (!ready.startsWith("ready ")) {
      close();
      throw new AssertionError("expected a line 'ready', found: " + ready);
    }
    serverJson = Json.parseObject(Files.readAllBytes(data.resolve("server.json")));
  }

  static ServerProcess on(Path data, String... options) throws IOException, Refused {
    return new ServerProcess(data, List.of(options));
  }

  private static Process start(Path data, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-XX:TieredStopAtLevel=1"); // no time to optimise
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.cadastre.server.Main");
    command.addAll(List.of("serve", "--data", data.toString()));
    command.addAll(List.of("--portal-port", "0"));
    command.addAll(List.of("--otlp-http-port", "0", "--otlp-grpc-port", "0"));
    command.addAll(options);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The line it printed. */
  String ready() {
    return ready;
  }

  /** What it wrote to {@code server.json}. */
  Json.Obj serverJson() {
    return serverJson;
  }

  long pid() {
    return process.pid();
  }

  HttpResponse<String> get(String base, String path)
      throws IOException, InterruptedException, Refused {
    URI uri = URI.create(serverJson.str(base) + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends OTLP/JSON logs. */
  HttpResponse<String> postLogs(String token, String json)
      throws IOException, InterruptedException, Refused {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(serverJson.str("otlpHttp") + "/v1/logs"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** SIGTERM; returns the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    exitCode();
  }

  private int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      throw new AssertionError("the server did not end within " + PATIENCE_S + " s");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    out.close();
  }
}
