package dev.cadastre.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A decoder that reads what strangers send, and how to tell that it answered as it should. Copies
 * are made by the methods that are named like a property.
 */
public final class FuzzTarget {
  private static final int RUNS = 5_000;
  private static final int BYTES_MAX = 4_096;
  private static final int ALLOCATED_PER_BYTE = 2_000;

  private final String name;
  private final Callable<Decoder> opening;
  private Callable<List<byte[]>> seeds = List::of;
  private List<Class<? extends Exception>> allowed = List.of();
  private List<String> instrumented = List.of();
  private int runs = RUNS;
  private int bytesMax = BYTES_MAX;
  private boolean json;

  private FuzzTarget(String name, Callable<Decoder> opening) {
    this.name = name;
    this.opening = opening;
  }

  private FuzzTarget(FuzzTarget other) {
    this(other.name, other.opening);
    this.seeds = other.seeds;
    this.allowed = other.allowed;
    this.instrumented = other.instrumented;
    this.runs = other.runs;
    this.bytesMax = other.bytesMax;
    this.json = other.json;
  }

  /** Reads one input and checks whatever must hold of what was read. */
  @FunctionalInterface
  public interface Decoder {
    /**
     * Returns if the input is what the decoder takes.
     *
     * @param input not to be changed; the caller looks
     * @throws Throwable one of the allowed exceptions if the input is refused, anything else if the
     *     decoder is wrong
     */
    void decode(byte[] input) throws Throwable;
  }

  /**
   * A target that allows no exception at all.
   *
   * @param name of lower-case letters, digits and hyphens
   * @param opening makes the decoder, in the JVM that fuzzes it
   */
  public static FuzzTarget of(String name, Callable<Decoder> opening) {
    return new FuzzTarget(name, opening);
  }

  /** Inputs to begin with, beside those in {@code src/test/resources/fuzz/NAME}. */
  public FuzzTarget seeds(Callable<List<byte[]>> given) {
    FuzzTarget copy = new FuzzTarget(this);
    copy.seeds = given;
    return copy;
  }

  /** Exceptions that are an answer; others, their subclasses included, are findings. */
  @SafeVarargs
  public final FuzzTarget allows(Class<? extends Exception>... exceptions) {
    FuzzTarget copy = new FuzzTarget(this);
    copy.allowed = List.of(exceptions);
    return copy;
  }

  /**
   * Packages of libraries whose branches guide a long run as well, such as {@code org.a.**}. A
   * short one would only just have instrumented them.
   */
  public FuzzTarget instruments(String... packages) {
    FuzzTarget copy = new FuzzTarget(this);
    copy.instrumented = List.of(packages);
    return copy;
  }

  /** How many inputs {@code ./check} tries: what takes about a second. */
  public FuzzTarget runs(int inputs) {
    FuzzTarget copy = new FuzzTarget(this);
    copy.runs = inputs;
    return copy;
  }

  /** No input is longer. */
  public FuzzTarget bytesMax(int bytes) {
    FuzzTarget copy = new FuzzTarget(this);
    copy.bytesMax = bytes;
    return copy;
  }

  /** Each input is tried a second time, made into well-formed JSON by {@link JsonMender}. */
  public FuzzTarget json() {
    FuzzTarget copy = new FuzzTarget(this);
    copy.json = true;
    return copy;
  }

  public String name() {
    return name;
  }

  Decoder open() throws Exception {
    return opening.call();
  }

  List<byte[]> seeds() throws Exception {
    return seeds.call();
  }

  boolean allows(Throwable thrown) {
    return allowed.stream().anyMatch(one -> one == thrown.getClass());
  }

  /** Simple names, as the docs write them. */
  List<String> allowed() {
    return allowed.stream().<String>map(Class::getSimpleName).toList();
  }

  List<String> instrumented(boolean longRun) {
    List<String> all = new ArrayList<>(List.of("dev.cadastre.**"));
    all.addAll(longRun ? instrumented : List.of());
    return all;
  }

  int runs() {
    return runs;
  }

  int bytesMax() {
    return bytesMax;
  }

  boolean isJson() {
    return json;
  }

  /** How many bytes of memory a decoder may ask for in all, for an input of that length. */
  static long allocatedMax(int length) {
    return (16L << 20) + (long) ALLOCATED_PER_BYTE * length;
  }
}
