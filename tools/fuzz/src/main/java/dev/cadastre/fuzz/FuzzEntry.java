package dev.cadastre.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What starts Jazzer, and what it calls, in a JVM that fuzzes one target. */
public final class FuzzEntry {
  /** In the target's folder: seeds that the target makes itself. */
  static final String SEEDS = "seeds";

  /** In the target's folder, at the end: how many inputs were taken, and how many refused. */
  static final String ANSWERS = "answers";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static @Nullable FuzzEntry entry;

  private final FuzzTarget target;
  private final FuzzTarget.Decoder decoder;
  private final Path folder;
  private long taken;
  private long refused;

  private FuzzEntry(FuzzTarget target, Path folder) throws Exception {
    this.target = target;
    this.decoder = target.open();
    this.folder = folder;
  }

  /**
   * Starts Jazzer, with its own jar as the whole class path as far as it can see: it would read
   * every class of ours and of all libraries in search of some to hook, which takes longer than a
   * short run.
   */
  public static void main(String[] arguments) throws Exception {
    URL jar = Jazzer.class.getProtectionDomain().getCodeSource().getLocation();
    System.setProperty("java.class.path", Path.of(jar.toURI()).toString());
    Jazzer.main(arguments);
  }

  /**
   * Called by Jazzer first.
   *
   * @param arguments class of the suite, name of the target, the target's folder
   */
  public static void fuzzerInitialize(String[] arguments) throws Exception {
    FuzzTarget target = find(arguments[0], arguments[1]);
    entry = new FuzzEntry(target, Path.of(arguments[2]));
    int number = 0;
    for (byte[] seed : target.seeds()) {
      Files.write(entry.folder.resolve(SEEDS).resolve("seed-" + number++), seed);
    }
  }

  private static FuzzTarget find(String suite, String name) throws ReflectiveOperationException {
    var constructor = Class.forName(suite).getDeclaredConstructor();
    constructor.setAccessible(true);
    List<FuzzTarget> targets = ((FuzzSuite) constructor.newInstance()).targets();
    return targets.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /** Called with each input; what it throws is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Throwable {
    FuzzEntry running = entry;
    if (running == null) {
      throw new IllegalStateException("an input before the target");
    }
    running.decode(input);
    if (running.target.isJson()) {
      byte[] mended = JsonMender.mend(input);
      if (!Arrays.equals(input, mended)) {
        running.decode(mended);
      }
    }
  }

  /** Called last. */
  public static void fuzzerTearDown() throws IOException {
    FuzzEntry ending = entry;
    if (ending != null) {
      Files.writeString(ending.folder.resolve(ANSWERS), ending.taken + " " + ending.refused);
    }
  }

  private void decode(byte[] input) throws Throwable {
    byte[] before = input.clone();
    long allowed = FuzzTarget.allocatedMax(input.length);
    // The first time, classes may be loaded and instrumented on the way.
    if (allocated(input) > allowed) {
      long again = allocated(input);
      if (again > allowed) {
        throw new AssertionError(
            again + " bytes of memory for an input of " + input.length + ", more than " + allowed);
      }
    }
    if (!Arrays.equals(before, input)) {
      throw new AssertionError("the decoder changed its input");
    }
  }

  private long allocated(byte[] input) throws Throwable {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      decoder.decode(input);
      taken++;
    } catch (Throwable thrown) {
      if (!target.allows(thrown)) {
        throw thrown;
      }
      refused++;
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
