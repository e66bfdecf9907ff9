package dev.cadastre.bench.load;

import dev.cadastre.formats.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The load generator, a process of its own: what it costs is not the server's. Prints one JSON
 * object when all is answered.
 */
public final class LoadMain {
  private LoadMain() {}

  /** Arguments: {@code flood|paced URL TOKEN FIRST_ID EVENTS CONNECTIONS PER_REQUEST_OR_SECOND}. */
  public static void main(String[] args) throws Exception {
    URI server = URI.create(args[1]);
    Load load =
        new Load(
            server,
            args[2],
            Long.parseLong(args[3]),
            Long.parseLong(args[4]),
            Integer.parseInt(args[5]),
            Integer.parseInt(args[6]));
    Json.Obj answer = args[0].equals("paced") ? load.paced() : load.flood();
    System.out.println(new String(answer.jcs(), StandardCharsets.UTF_8));
  }

  /** Runs one task a connection and waits for all. */
  public static void onEach(int connections, Task task) throws InterruptedException, IOException {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int number = i;
        running.add(threads.submit(() -> runUnchecked(task, number)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a connection failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void runUnchecked(Task task, int number) {
    try {
      task.run(number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What one connection does. */
  public interface Task {
    void run(int number) throws IOException;
  }
}
