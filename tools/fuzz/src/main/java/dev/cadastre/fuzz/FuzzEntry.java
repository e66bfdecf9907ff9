package dev.cadastre.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What starts Jazzer, and what it calls, in a JVM that fuzzes one target or several in turn. Of
 * several, the first byte of an input says which one it is for.
 */
public final class FuzzEntry {
  /** In a run's folder: seeds that the targets make themselves. */
  static final String SEEDS = "seeds";

  /** In a run's folder, at the end: a line a target, of its name and what became of its inputs. */
  static final String ANSWERS = "answers";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final List<FuzzEntry> ENTRIES = new ArrayList<>();

  private static @Nullable Path folder;

  private final FuzzTarget target;
  private final FuzzTarget.Decoder decoder;

  /** How many inputs it still takes, so that a slow target does not take the time of the others. */
  private long left;

  private long taken;
  private long refused;

  private FuzzEntry(FuzzTarget target) throws Exception {
    this.target = target;
    this.decoder = target.open();
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
   * @param arguments class of the suite, the run's folder, names of the targets
   */
  public static void fuzzerInitialize(String[] arguments) throws Exception {
    Path seeds = Path.of(arguments[1], SEEDS);
    List<String> names = List.of(arguments).subList(2, arguments.length);
    for (String name : names) {
      FuzzEntry entry = new FuzzEntry(find(arguments[0], name));
      int number = 0;
      for (byte[] seed : seeds(entry.target)) {
        Files.write(
            seeds.resolve(name + '-' + number++),
            names.size() == 1 ? seed : FuzzRuns.addressed(ENTRIES.size(), seed));
      }
      entry.left = names.size() == 1 ? Long.MAX_VALUE : number + entry.target.runs();
      ENTRIES.add(entry);
    }
    folder = Path.of(arguments[1]);
  }

  private static List<byte[]> seeds(FuzzTarget target) throws Exception {
    List<byte[]> all = new ArrayList<>(target.seeds());
    Path kept = FuzzRuns.kept(target);
    if (Files.isDirectory(kept)) {
      try (Stream<Path> files = Files.list(kept)) {
        for (Path file : files.sorted().toList()) {
          all.add(Files.readAllBytes(file));
        }
      }
    }
    return all;
  }

  private static FuzzTarget find(String suite, String name) throws ReflectiveOperationException {
    var constructor = Class.forName(suite).getDeclaredConstructor();
    constructor.setAccessible(true);
    List<FuzzTarget> targets = ((FuzzSuite) constructor.newInstance()).targets();
    return targets.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /** Called with each input; what it throws is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Throwable {
    if (ENTRIES.isEmpty()) {
      throw new IllegalStateException("an input before the target");
    }
    if (ENTRIES.size() == 1) {
      ENTRIES.get(0).tryTwice(input);
    } else if (input.length > 0) {
      ENTRIES.get(FuzzRuns.addressee(input, ENTRIES.size())).tryTwice(FuzzRuns.content(input));
    }
  }

  private void tryTwice(byte[] input) throws Throwable {
    if (left-- <= 0 || input.length > target.bytesMax()) {
      return;
    }
    decode(input);
    if (target.isJson()) {
      byte[] mended = JsonMender.mend(input);
      if (!Arrays.equals(input, mended)) {
        decode(mended);
      }
    }
  }

  /** Called last. */
  public static void fuzzerTearDown() throws IOException {
    if (folder != null) {
      Files.write(
          folder.resolve(ANSWERS),
          ENTRIES.stream()
              .map(entry -> entry.target.name() + ' ' + entry.taken + ' ' + entry.refused)
              .toList());
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
