package dev.cadastre.anchors;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.ledger.log.LogSource;
import dev.cadastre.ledger.model.StorageFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Reads a log's entries in order and decodes them on all processors. What is in memory at a time is
 * bounded in bytes, however long the stretch.
 */
public final class DecodedEntries {
  private static final int CHUNK_ENTRIES = 1024;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** Not the common pool: who waits for an append is answered there. */
  private static final Executor DECODERS = new ForkJoinPool(PROCESSORS);

  private final LogSource log;
  private final Sink sink;
  private final Deque<CompletableFuture<List<Decoded>>> ahead = new ArrayDeque<>();
  private List<byte[]> chunk = new ArrayList<>();
  private int chunkBytes;

  /** An entry and what it says. */
  public record Decoded(long index, long receivedNs, Event event) {}

  /** Takes entries in the order of the log. */
  public interface Sink {
    void take(Decoded entry) throws Refused;
  }

  private DecodedEntries(LogSource log, Sink sink) {
    this.log = log;
    this.sink = sink;
  }

  /**
   * Hands over the entries from (inclusive) to (exclusive).
   *
   * @throws Refused if the log does not reach that far, or the sink refuses
   * @throws StorageFailure if an entry is damaged
   */
  public static void forEach(LogSource log, long from, long to, Sink sink) throws Refused {
    DecodedEntries reading = new DecodedEntries(log, sink);
    try {
      log.bytes(from, to, reading::read);
      reading.send();
      reading.handOver(0);
    } catch (SinkRefused refused) {
      throw refused.cause;
    }
  }

  /** Carries a refusal out of a consumer that may not throw it. */
  private static final class SinkRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Refused cause;

    SinkRefused(Refused cause) {
      super(cause);
      this.cause = cause;
    }
  }

  private void read(byte[] entry) {
    chunk.add(entry);
    chunkBytes += entry.length;
    if (chunk.size() >= CHUNK_ENTRIES || chunkBytes >= CHUNK_BYTES) {
      send();
      try {
        handOver(PROCESSORS);
      } catch (Refused refused) {
        throw new SinkRefused(refused);
      }
    }
  }

  private void send() {
    List<byte[]> full = chunk;
    ahead.add(CompletableFuture.supplyAsync(() -> decode(full), DECODERS));
    chunk = new ArrayList<>();
    chunkBytes = 0;
  }

  private void handOver(int mayWait) throws Refused {
    while (ahead.size() > mayWait) {
      for (Decoded entry : decoded(ahead.remove())) {
        sink.take(entry);
      }
    }
  }

  private static List<Decoded> decoded(CompletableFuture<List<Decoded>> chunk) {
    try {
      return chunk.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof StorageFailure failure) {
        throw failure;
      }
      throw failed;
    }
  }

  private List<Decoded> decode(List<byte[]> entries) {
    List<Decoded> decoded = new ArrayList<>(entries.size());
    for (byte[] bytes : entries) {
      try {
        Entry entry = Entry.parse(bytes);
        decoded.add(
            new Decoded(entry.index(), entry.received(), EventCodec.decode(entry.eventBytes())));
      } catch (Refused damage) {
        throw new StorageFailure(
            "log " + log.log() + " holds a damaged entry: " + damage.getMessage(), damage);
      }
    }
    return decoded;
  }
}
