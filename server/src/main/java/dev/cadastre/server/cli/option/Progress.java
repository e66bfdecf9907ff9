package dev.cadastre.server.cli.option;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Says on standard error how far work has come, each time another tenth of much work is done. */
public final class Progress implements LongConsumer {
  /** Less than this is done before anyone could read about it. */
  private static final long MUCH = 100_000;

  private final PrintStream err;
  private final String unit;
  private final long total;
  private long tenthsSaid;

  public Progress(PrintStream err, String unit, long total) {
    this.err = err;
    this.unit = unit;
    this.total = total;
  }

  @Override
  public void accept(long done) {
    long tenths = total < MUCH ? 0 : done * 10 / total;
    if (tenths > tenthsSaid) {
      tenthsSaid = tenths;
      err.printf(Locale.ROOT, "cadastre: %,d of %,d %s%n", done, total, unit);
    }
  }
}
