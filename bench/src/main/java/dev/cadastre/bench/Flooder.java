package dev.cadastre.bench;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;

/**
 * A sender that does not do as it is asked: refused, it sends the same request again at once. One
 * request after the other on one connection, until it is told to stop.
 */
final class Flooder implements Callable<Flooder> {
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final URI server;
  private final String token;
  private final Sent sent;
  private final PreparedRequest request;
  private final Signal signal;
  private long attempts;
  private long refused;
  private long broken;

  /** Tells flooders to stop. */
  static final class Signal {
    private volatile boolean stop;

    void stop() {
      stop = true;
    }
  }

  Flooder(URI server, String token, Sent sent, PreparedRequest request, Signal signal) {
    this.server = server;
    this.token = token;
    this.sent = sent;
    this.request = request;
    this.signal = signal;
  }

  @Override
  public Flooder call() {
    while (!signal.stop) {
      try (HttpConnection connection = new HttpConnection(server, token)) {
        while (!signal.stop) {
          deliver(connection, sent.next(request));
        }
      } catch (IOException e) {
        broken++;
      }
    }
    return this;
  }

  private void deliver(HttpConnection connection, byte[] bytes) throws IOException {
    while (!signal.stop) {
      attempts++;
      int status = connection.post(bytes);
      if (status == OK) {
        sent.acknowledge();
        return;
      }
      boolean retryable = (status == UNAVAILABLE || status == TOO_MANY) && connection.retryAfter();
      if (!retryable) {
        throw new WrongAnswer("a sound request was answered " + status + ", not to be retried");
      }
      refused++;
    }
  }

  /** Requests sent, again and again included. */
  long attempts() {
    return attempts;
  }

  /** Requests that were answered with a refusal that asks to retry. */
  long refused() {
    return refused;
  }

  /** Connections that ended before an answer. */
  long broken() {
    return broken;
  }
}
