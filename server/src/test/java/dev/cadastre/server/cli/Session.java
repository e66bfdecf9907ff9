package dev.cadastre.server.cli;

import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.Variables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** Runs command lines in this process, as a shell would, and keeps what they print. */
public final class Session {
  private final InstantSource clock;

  public Session(InstantSource clock) {
    this.clock = clock;
  }

  /** How one command ended. */
  public record Ran(int exitCode, String out, String err) {
    /** The lines on standard error. */
    long errorLines() {
      return err.lines().count();
    }
  }

  public Ran run(String... args) {
    return runWith(new byte[0], args);
  }

  /** Runs a command with something piped into it. */
  Ran runWith(byte[] in, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ProcessContext host =
        new ProcessContext(
            Variables.NONE,
            new ByteArrayInputStream(in),
            stream(out),
            stream(err),
            clock,
            () -> new CountDownLatch(1));
    int exitCode = Cadastre.run(host, args);
    return new Ran(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** A policy that allows the EU alone. */
  static Path policy() {
    return Path.of(System.getProperty("cadastre.root"), "portal/src/test/resources/policy.yaml");
  }
}
