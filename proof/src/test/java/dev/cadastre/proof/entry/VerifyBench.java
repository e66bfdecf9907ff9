package dev.cadastre.proof.entry;

import dev.cadastre.proof.Hash;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.tlog.Merkle;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What it costs to verify an entry offline: frame, chain, leaf hash, tree. In processor time of
 * this thread, because the machine may be busy with other things.
 */
final class VerifyBench {
  private static final int EVENT_BYTES = 260;

  private VerifyBench() {}

  /** Arguments: entries a run, runs. */
  public static void main(String[] args) throws Refused {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<byte[]> entries = entries(Integer.parseInt(args[0]));
    out.println(entries.get(entries.size() - 1).length + " bytes an entry");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int run = 0; run < Integer.parseInt(args[1]); run++) {
      long before = threads.getCurrentThreadCpuTime();
      ChainChecker chain = ChainChecker.fromBirth();
      for (byte[] entry : entries) {
        chain.add(Entry.parse(entry));
      }
      Hash root = chain.root();
      double ns = (threads.getCurrentThreadCpuTime() - before) / (double) entries.size();
      out.printf(Locale.ROOT, "%.0f ns an entry, %.0f k/s, root %s%n", ns, 1e6 / ns, root);
    }
  }

  private static List<byte[]> entries(int count) {
    List<byte[]> entries = new ArrayList<>(count);
    Hash prev = Hash.ZERO;
    for (int i = 0; i < count; i++) {
      String head = "{\"id\":\"" + i + "\",\"text\":\"";
      String event = head + "x".repeat(EVENT_BYTES - head.length()) + "\"}";
      byte[] utf8 = event.getBytes(StandardCharsets.UTF_8);
      byte[] entry = EntryFrame.seal(utf8, i, prev, 1_772_366_400_000_000_000L + i);
      prev = Merkle.leafHash(entry);
      entries.add(entry);
    }
    return entries;
  }
}
