package dev.cadastre.server;

import dev.cadastre.server.cli.Cadastre;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.Variables;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The process: its clock, its streams, its signals and its exit code belong to this class alone.
 */
public final class Main {
  private static final int INTERRUPTED = 130;

  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicBoolean handlesSignals = new AtomicBoolean();
  private final AtomicInteger exitCode = new AtomicInteger(INTERRUPTED);

  private Main() {}

  public static void main(String[] args) {
    System.exit(new Main().run(args));
  }

  private int run(String[] args) {
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    try {
      exitCode.set(
          Cadastre.run(
              new ProcessContext(
                  new Variables(System.getenv()),
                  System.in,
                  out,
                  err,
                  InstantSource.system(),
                  this::stopRequests),
              args));
      return exitCode.get();
    } finally {
      out.flush();
      err.flush();
      finished.countDown();
    }
  }

  /** From the first call on, SIGTERM and SIGINT open the latch instead of ending the process. */
  private CountDownLatch stopRequests() {
    if (handlesSignals.compareAndSet(false, true)) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    }
    return stopRequested;
  }

  /** Waits for the command to end in order, and replaces the exit code that the signal implies. */
  private void stop() {
    stopRequested.countDown();
    try {
      finished.await();
    } catch (InterruptedException stillRunning) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode.get());
  }

  /** The platform's charset is not asked: what we print is UTF-8, as JSON and origins are. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
