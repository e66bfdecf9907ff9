package dev.cadastre.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
import java.util.stream.Stream;

/**
 * Fuzzes the targets of a module, each in a JVM of its own: libFuzzer, which chooses the inputs,
 * can be started once in a process. Ordinarily a run is short, begins from the seeds alone and
 * takes the same random numbers each time. System properties make another of it:
 *
 * <ul>
 *   <li>{@code cadastre.fuzz.seconds}: fuzz each target so long, with other random numbers each
 *       time, and go on from what earlier runs found worth keeping
 *   <li>{@code cadastre.fuzz.target}: fuzz only the target of that name
 *   <li>{@code cadastre.fuzz.jobs}: how many targets at once, by default one a processor
 * </ul>
 */
public final class FuzzRuns {
  static final String LOG = "log.txt";

  /** In the target's folder: what long runs found worth keeping. */
  private static final String CORPUS = "corpus";

  /** The same of a short run, which begins without. */
  private static final String FRESH = "fresh";

  private static final String INPUT_SECONDS_MAX = "10";
  private static final long START_SECONDS = 300;

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

  private final Map<String, Future<FuzzReport>> running = new LinkedHashMap<>();

  private FuzzRuns() {}

  /** Begins to fuzz. */
  public static FuzzRuns start(FuzzSuite suite) {
    FuzzRuns runs = new FuzzRuns();
    int processors = Runtime.getRuntime().availableProcessors();
    ExecutorService jobs =
        Executors.newFixedThreadPool(Integer.getInteger("cadastre.fuzz.jobs", processors));
    String only = System.getProperty("cadastre.fuzz.target", "");
    for (FuzzTarget target : suite.targets()) {
      if (only.isEmpty() || only.equals(target.name())) {
        runs.running.put(target.name(), jobs.submit(() -> run(suite, target)));
      }
    }
    jobs.shutdown();
    return runs;
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
      return Optional.ofNullable(running.get(name)).orElseThrow().get().toString();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError finding) {
        throw finding;
      }
      throw e;
    }
  }

  /** Half of a long run goes by branches alone, which is several times as fast. */
  private static FuzzReport run(FuzzSuite suite, FuzzTarget target)
      throws IOException, InterruptedException {
    int seconds = Integer.getInteger("cadastre.fuzz.seconds", 0);
    if (seconds == 0) {
      return run(suite, target, 0, true);
    }
    FuzzReport first = run(suite, target, Math.max(1, seconds / 2), true);
    return first.and(run(suite, target, Math.max(1, seconds - seconds / 2), false));
  }

  private static FuzzReport run(
      FuzzSuite suite, FuzzTarget target, int seconds, boolean branchesAlone)
      throws IOException, InterruptedException {
    Path folder = Path.of("target", "fuzz", target.name()).toAbsolutePath();
    clear(folder.resolve(FRESH));
    clear(folder.resolve(FuzzEntry.SEEDS));
    Files.createDirectories(folder.resolve(seconds == 0 ? FRESH : CORPUS));
    Files.createDirectories(folder.resolve(FuzzEntry.SEEDS));
    Files.deleteIfExists(folder.resolve(FuzzEntry.ANSWERS));
    List<String> command = command(suite, target, folder, seconds);
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
        throw new AssertionError("target " + target.name() + " hangs; see " + folder.resolve(LOG));
      }
    } finally {
      process.destroyForcibly();
    }
    long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    return FuzzReport.read(target, folder, process.exitValue(), took);
  }

  /** Where inputs lie that every run tries first: what was found once, and seeds in files. */
  static Path kept(FuzzTarget target) {
    return Path.of("src", "test", "resources", "fuzz", target.name()).toAbsolutePath();
  }

  private static List<String> command(
      FuzzSuite suite, FuzzTarget target, Path folder, int seconds) {
    List<String> command = java(seconds);
    command.add(FuzzEntry.class.getName());
    command.add("--target_class=" + FuzzEntry.class.getName());
    command.add("--target_args=" + suite.getClass().getName() + ' ' + target.name() + ' ' + folder);
    String instrumented = String.join(":", target.instrumented(seconds > 0));
    command.add("--instrumentation_includes=" + instrumented);
    command.add("--instrumentation_excludes=dev.cadastre.fuzz.Fuzz*:dev.cadastre.fuzz.JsonMender");
    command.add("--custom_hook_includes=" + instrumented);
    command.add("--disabled_hooks=" + DETECTORS);
    command.add("--reproducer_path=" + folder);
    if (seconds == 0) {
      command.add("-seed=1");
      command.add("-runs=" + target.runs());
    } else {
      command.add("-max_total_time=" + seconds);
    }
    command.add("-max_len=" + target.bytesMax());
    command.add("-timeout=" + INPUT_SECONDS_MAX);
    command.add("-rss_limit_mb=0"); // the heap is bounded instead
    command.add("-print_final_stats=1");
    command.add("-artifact_prefix=" + folder + File.separator);
    command.add(folder.resolve(seconds == 0 ? FRESH : CORPUS).toString());
    command.add(folder.resolve(FuzzEntry.SEEDS).toString());
    if (Files.isDirectory(kept(target))) {
      command.add(kept(target).toString());
    }
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
