package dev.cadastre.bench;

import dev.cadastre.bench.load.Measurements;
import dev.cadastre.bench.load.SampleAttributes;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.proof.chain.ChainChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How fast entries are verified, by the code that verifies packs: parse, chain, tree. One thread.
 */
public final class VerifyBench {
  private static final long FIRST_TIME_NS = 1_772_366_400_000_000_000L;

  private VerifyBench() {}

  /** Measures so many runs over so many entries. */
  public static BenchResults run(int entries, int runs, Consumer<String> progress) throws Refused {
    progress.accept("making a log of " + entries + " entries");
    List<byte[]> log = log(entries);
    double[] perSecond = new double[runs];
    for (int run = -1; run < runs; run++) {
      long begin = System.nanoTime();
      ChainChecker checker = ChainChecker.fromBirth();
      for (byte[] entry : log) {
        checker.add(Entry.parse(entry));
      }
      Hash root = checker.root();
      perSecond[Math.max(0, run)] = entries / ((System.nanoTime() - begin) / 1e9);
      progress.accept((run < 0 ? "warmed up, root " : "verified, root ") + root);
    }
    int bytes = log.stream().mapToInt(entry -> entry.length).sum() / entries;
    return new BenchResults()
        .add(
            "entries_per_s",
            new Measurements(perSecond),
            "one thread, " + bytes + " bytes an entry");
  }

  private static List<byte[]> log(int entries) throws Refused {
    List<byte[]> log = new ArrayList<>(entries);
    Hash prev = Hash.ZERO;
    for (int i = 0; i < entries; i++) {
      byte[] entry = EntryFrame.seal(event(i), i, prev, FIRST_TIME_NS + i);
      prev = Merkle.leafHash(entry);
      log.add(entry);
    }
    return log;
  }

  private static byte[] event(int i) throws Refused {
    return EventCodec.encode(
        RecordEvent.builder(Kind.DATA_ACCESS, "token/01020304")
            .id(String.format(Locale.ROOT, "%016d", i))
            .time(FIRST_TIME_NS + i)
            .attributes(SampleAttributes.of(i))
            .build());
  }
}
