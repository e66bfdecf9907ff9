package dev.cadastre.bench;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.proof.chain.ChainChecker;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.tlog.EntryBundle;
import dev.cadastre.proof.tlog.TileAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.Consumer;

/**
 * Follows a log as strangers do, by checkpoints and entry bundles. What was read before is proven
 * to be there still: the checkpoint's root must be that of all entries read.
 */
final class LogTail {
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String log;
  private final String token;
  private ChainChecker chain = ChainChecker.fromBirth();

  /**
   * @param token a viewer's
   */
  LogTail(String log, String token) {
    this.log = log;
    this.token = token;
  }

  /** How many entries were read. */
  long size() {
    return chain.size();
  }

  /**
   * Reads on to the log's present end.
   *
   * @return false if the log does not continue what was read before; nothing counts as read then
   * @throws IOException if the log's own entries do not make the root that it signs
   */
  boolean follow(URI portal, Consumer<Entry> entries) throws IOException, InterruptedException {
    boolean fromBirth = chain.size() == 0;
    try {
      Checkpoint end = Checkpoint.of(SignedNote.parse(get(portal, "checkpoint")));
      if (end.size() >= chain.size()) {
        read(portal, end.size(), entries);
      }
      if (end.size() == chain.size() && end.root().equals(chain.root())) {
        return true;
      }
      throw new Refused("expected the root of " + chain.size() + " entries, found " + end);
    } catch (Refused e) {
      chain = ChainChecker.fromBirth();
      if (fromBirth) {
        throw new IOException("log " + log + ": " + e.getMessage(), e);
      }
      return false;
    }
  }

  private void read(URI portal, long size, Consumer<Entry> entries)
      throws IOException, InterruptedException, Refused {
    while (chain.size() < size) {
      long bundle = chain.size() / TileAddress.FULL;
      int width = (int) Math.min(TileAddress.FULL, size - bundle * TileAddress.FULL);
      byte[] bytes = get(portal, TileAddress.entries(bundle, width).path());
      List<byte[]> all = EntryBundle.decode(bytes, width);
      for (byte[] one : all.subList((int) (chain.size() % TileAddress.FULL), width)) {
        Entry entry = Entry.parse(one);
        chain.add(entry);
        entries.accept(entry);
      }
    }
  }

  private byte[] get(URI portal, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(portal.resolve("/logs/" + log + "/" + path))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != OK) {
      throw new IOException(request.uri() + " was answered " + answer.statusCode());
    }
    return answer.body();
  }
}
