package dev.cadastre.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fuzzes the targets of a module, in JVMs of their own: libFuzzer, which chooses the inputs, can be
 * started once in a process. Ordinarily a run is short, begins from the seeds alone and takes the
 * same random numbers each time; since a JVM needs longer to start and to instrument than a target
 * for its inputs, there is one JVM a processor, and its targets share it. System properties make
 * another of it, in which each target has a JVM of its own:
 *
 * <ul>
 *   <li>{@code cadastre.fuzz.seconds}: fuzz each target so long, with other random numbers each
 *       time, and go on from what earlier runs found worth keeping
 *   <li>{@code cadastre.fuzz.target}: fuzz only the target of that name
 *   <li>{@code cadastre.fuzz.jobs}: how many JVMs at once, by default one a processor
 * </ul>
 */
public final class FuzzRuns {
  static final String LOG = "log.txt";

  /** In a run's folder, which is that of its first target: what long runs found worth keeping. */
  private static final String CORPUS = "corpus";

  /** The same of a short run, which begins without. */
  private static final String FRESH = "fresh";

  private static final String INPUT_SECONDS_MAX = "10";
  private static final long START_SECONDS = 300;
  private static final int SECONDS = Integer.getInteger("cadastre.fuzz.seconds", 0);
  private static final int JOBS =
      Integer.getInteger("cadastre.fuzz.jobs", Runtime.getRuntime().availableProcessors());

  /** They watch interpreters of SQL, LDAP and the like, of which no decoder has one. */
  private static final String DETECTORS =
      Stream.of(
              "ClojureLangHooks BigDecimal Deserialization ExpressionLanguageInjection",
              "FilePathTraversal LdapInjection NamingContextLookup OsCommandInjection",
              "ReflectiveCall RegexInjection RegexRoadblocks ScriptEngineInjection",
              "ServerSideRequestForgery SqlInjection TemplateInjection UnsafeSanitizer",
              "XPathInjection XmlParserSsrfGuidance")
          .flatMap(line -> Stream.of(line.split(" ", -1)))
          .map(name -> "com.code_intelligence.jazzer.sanitizers." + name)
          .collect(Collectors.joining(":"));

  private final Map<String, Future<Map<String, FuzzReport>>> running = new LinkedHashMap<>();

  private FuzzRuns() {}

  /** Begins to fuzz. */
  public static FuzzRuns start(FuzzSuite suite) {
    return start(suite, SECONDS == 0 ? JOBS : Integer.MAX_VALUE);
  }

  /** Begins to fuzz, with as many JVMs in all as given, or one a target. */
  static FuzzRuns start(FuzzSuite suite, int machines) {
    String only = System.getProperty("cadastre.fuzz.target", "");
    List<FuzzTarget> targets =
        suite.targets().stream().filter(one -> only.isEmpty() || only.equals(one.name())).toList();
    FuzzRuns runs = new FuzzRuns();
    ExecutorService jobs = Executors.newFixedThreadPool(JOBS);
    int groups = Math.min(machines, targets.size());
    for (int i = 0; i < groups; i++) {
      List<FuzzTarget> group = every(groups, i, targets);
      Future<Map<String, FuzzReport>> reports = jobs.submit(() -> run(suite, group));
      group.forEach(target -> runs.running.put(target.name(), reports));
    }
    jobs.shutdown();
    return runs;
  }

  /** Neighbours are alike, also in what they cost: so they go to different groups. */
  private static List<FuzzTarget> every(int nth, int first, List<FuzzTarget> targets) {
    return IntStream.range(0, targets.size())
        .filter(i -> i % nth == first)
        .mapToObj(targets::get)
        .toList();
  }

  /** The targets that are being fuzzed. */
  public Set<String> names() {
    return running.keySet();
  }

  /**
   * Waits for the end of fuzzing a target and says what was done.
   *
   * @throws AssertionError if an input had an answer that it should not have
   */
  public String await(String name) throws Exception {
    try {
      FuzzReport report = Optional.ofNullable(running.get(name)).orElseThrow().get().get(name);
      return Optional.ofNullable(report).orElseThrow().requireReal().toString();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError finding) {
        throw finding;
      }
      throw e;
    }
  }

  /** Half of a long run goes by branches alone, which is several times as fast. */
  private static Map<String, FuzzReport> run(FuzzSuite suite, List<FuzzTarget> targets)
      throws IOException, InterruptedException {
    if (SECONDS == 0) {
      return run(suite, targets, 0, true);
    }
    Map<String, FuzzReport> both =
        new HashMap<>(run(suite, targets, Math.max(1, SECONDS / 2), true));
    run(suite, targets, Math.max(1, SECONDS - SECONDS / 2), false)
        .forEach((name, report) -> both.merge(name, report, FuzzReport::and));
    return both;
  }

  private static Map<String, FuzzReport> run(
      FuzzSuite suite, List<FuzzTarget> targets, int seconds, boolean branchesAlone)
      throws IOException, InterruptedException {
    Path folder = Path.of("target", "fuzz", targets.get(0).name()).toAbsolutePath();
    clear(folder.resolve(FRESH));
    clear(folder.resolve(FuzzEntry.SEEDS));
    Files.createDirectories(folder.resolve(seconds == 0 ? FRESH : CORPUS));
    Files.createDirectories(folder.resolve(FuzzEntry.SEEDS));
    Files.deleteIfExists(folder.resolve(FuzzEntry.ANSWERS));
    List<String> command = command(suite, targets, folder, seconds);
    if (branchesAlone) {
      command.add("--trace=cov");
    }
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(LOG).toFile())
            .start();
    try {
      if (!process.waitFor(seconds + START_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(names(targets) + " hangs; see " + folder.resolve(LOG));
      }
    } finally {
      process.destroyForcibly();
    }
    long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    return FuzzReport.read(targets, folder, process.exitValue(), took);
  }

  private static String names(List<FuzzTarget> targets) {
    return targets.stream().map(FuzzTarget::name).collect(Collectors.joining(" "));
  }

  /** Where inputs lie that every run tries first: what was found once, and seeds in files. */
  static Path kept(FuzzTarget target) {
    return Path.of("src", "test", "resources", "fuzz", target.name()).toAbsolutePath();
  }

  /** An input of the target of that number, in a JVM that several targets share. */
  static byte[] addressed(int target, byte[] content) {
    byte[] input = new byte[content.length + 1];
    input[0] = (byte) target;
    System.arraycopy(content, 0, input, 1, content.length);
    return input;
  }

  /** Which of so many targets an input that is not empty is for. */
  static int addressee(byte[] input, int targets) {
    return Byte.toUnsignedInt(input[0]) % targets;
  }

  /** What that target is fed. */
  static byte[] content(byte[] input) {
    return Arrays.copyOfRange(input, 1, input.length);
  }

  private static List<String> command(
      FuzzSuite suite, List<FuzzTarget> targets, Path folder, int seconds) {
    List<String> command = java(seconds);
    command.add(FuzzEntry.class.getName());
    command.add("--target_class=" + FuzzEntry.class.getName());
    command.add(
        "--target_args=" + suite.getClass().getName() + ' ' + folder + ' ' + names(targets));
    String instrumented =
        targets.stream()
            .flatMap(target -> target.instrumented(seconds > 0).stream())
            .distinct()
            .collect(Collectors.joining(":"));
    command.add("--instrumentation_includes=" + instrumented);
    command.add("--instrumentation_excludes=dev.cadastre.fuzz.Fuzz*:dev.cadastre.fuzz.JsonMender");
    command.add("--custom_hook_includes=" + instrumented);
    command.add("--disabled_hooks=" + DETECTORS);
    command.add("--reproducer_path=" + folder);
    if (seconds == 0) {
      command.add("-seed=1");
      command.add("-runs=" + targets.stream().mapToInt(FuzzTarget::runs).sum());
    } else {
      command.add("-max_total_time=" + seconds);
    }
    command.add(
        "-max_len=" + (targets.stream().mapToInt(FuzzTarget::bytesMax).max().orElseThrow() + 1));
    command.add("-timeout=" + INPUT_SECONDS_MAX);
    command.add("-rss_limit_mb=0"); // the heap is bounded instead
    command.add("-print_final_stats=1");
    command.add("-artifact_prefix=" + folder + File.separator);
    command.add(folder.resolve(seconds == 0 ? FRESH : CORPUS).toString());
    command.add(folder.resolve(FuzzEntry.SEEDS).toString());
    return command;
  }

  private static List<String> java(int seconds) {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.add("-Xmx512m");
    java.add("-XX:+UseSerialGC");
    java.add("-XX:+EnableDynamicAgentLoading");
    java.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= 24) {
      java.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (seconds == 0) {
      java.add("-XX:TieredStopAtLevel=1"); // no time to optimise
    }
    java.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off"); // a million warnings tell nothing
    java.add("-Dcadastre.root=" + System.getProperty("cadastre.root", ".."));
    java.add("-cp");
    java.add(System.getProperty("java.class.path"));
    return java;
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
