package dev.cadastre.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another Java process with this one's class path. What it says on standard error goes to a file.
 */
final class JavaProcess implements AutoCloseable {
  private static final long PATIENCE_S = 120;
  private static final List<String> SHARED =
      List.of(
          "-XX:SharedArchiveFile=",
          "-Xlog:cds",
          "--enable-native-access=",
          "--sun-misc-unsafe-memory-access=");

  private final Process process;
  private final BufferedReader out;

  private JavaProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a main class; {@code options} are java's own. */
  static JavaProcess start(
      Path errors, List<String> options, String mainClass, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(options);
    command.addAll(asHere());
    command.addAll(List.of("-cp", classPath(), mainClass));
    command.addAll(arguments);
    return new JavaProcess(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start());
  }

  /** The product's, and behind it the jars that this class came from, if they lie apart. */
  private static String classPath() {
    String tools = System.getProperty("cadastre.tools", "");
    String product = System.getProperty("java.class.path");
    return tools.isEmpty() ? product : product + File.pathSeparator + tools + File.separator + "*";
  }

  /** What the launcher gives every java of the product: its archive of classes, for one. */
  private static List<String> asHere() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(one -> SHARED.stream().anyMatch(one::startsWith))
        .toList();
  }

  /**
   * The next line it prints.
   *
   * @throws IOException if it ends first
   */
  String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the process " + process.info().commandLine().orElse("") + " ended");
    }
    return line;
  }

  /** All that it prints until it ends. */
  List<String> lines() {
    return out.lines().toList();
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGTERM; waits for its end. */
  void terminate() throws IOException {
    process.destroy();
    end();
  }

  /** SIGKILL; waits for its end. */
  void kill() throws IOException {
    process.destroyForcibly();
    end();
  }

  /** Waits for its end and returns the exit code. */
  int end() throws IOException {
    try {
      if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        throw new IOException("a process did not end within " + PATIENCE_S + " s");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a process", e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    out.close();
  }
}
