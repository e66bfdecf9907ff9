package dev.cadastre.ledger;

import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.Receipt;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Another process that appends to a log and says on its standard output what was acknowledged to
 * it.
 */
final class AppenderProcess {
  static final LogName LOG = new LogName("acme");
  static final LedgerSettings SETTINGS = new LedgerSettings("test.example", "eu-de");
  private static final int IN_FLIGHT = 8;

  private AppenderProcess() {}

  static Process start(Path directory, String name, int appends) throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AppenderProcess.class.getName(),
            directory.toString(),
            name,
            Integer.toString(appends))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Says {@code ready}, waits for a line, then makes appends of one to seven records, a few at a
   * time.
   */
  public static void main(String[] args) throws Exception {
    TestKeys keys = new TestKeys();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Ledger ledger =
        Ledger.open(
            SqliteStores.in(Path.of(args[0])),
            SignedHeadsFile.in(Path.of(args[0])),
            SETTINGS,
            InstantSource.system(),
            keys,
            keys)) {
      out.println("ready");
      System.in.read();
      Semaphore inFlight = new Semaphore(IN_FLIGHT);
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        inFlight.acquire();
        List<Draft> drafts = Drafts.plain(LOG, args[1] + "-" + i + "-", 1 + i % 7);
        CompletableFuture<AppendResult> answer = ledger.append(drafts);
        answer.whenComplete((result, failure) -> report(out, inFlight, result));
      }
      inFlight.acquire(IN_FLIGHT);
    }
  }

  private static void report(PrintStream out, Semaphore inFlight, AppendResult result) {
    StringBuilder lines = new StringBuilder();
    if (result instanceof AppendResult.Appended appended) {
      for (Receipt receipt : appended.receipts()) {
        String id = receipt.recordId().orElseThrow();
        lines
            .append("acked ")
            .append(id)
            .append(' ')
            .append(receipt.index())
            .append(' ')
            .append(receipt.leafHash())
            .append('\n');
      }
    } else {
      lines.append("failed ").append(result).append('\n');
    }
    out.print(lines);
    out.flush();
    inFlight.release();
  }
}
