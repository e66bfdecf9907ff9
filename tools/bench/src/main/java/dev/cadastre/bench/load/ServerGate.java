package dev.cadastre.bench.load;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Tells senders where the server is, and lets them wait while it is down. */
public final class ServerGate {
  private @Nullable Server server;
  private boolean finishing;

  /** Where a running server takes OTLP. */
  public record Server(URI http, URI grpc) {}

  public synchronized void open(Server running) {
    server = running;
    notifyAll();
  }

  public synchronized void shut() {
    server = null;
  }

  /** From now on no sender begins a request; each still gets the answer it waits for. */
  public synchronized void finish() {
    finishing = true;
  }

  synchronized boolean finishing() {
    return finishing;
  }

  /** The running server; waits until there is one. */
  synchronized Server pass() throws InterruptedException {
    while (server == null) {
      wait();
    }
    return server;
  }
}
