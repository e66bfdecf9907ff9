package dev.cadastre.bench.load;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A sender that does not do as it is asked: refused, it sends the same request again at once. One
 * request after the other on one connection, until it is told to stop.
 */
public final class Flooder implements Callable<Flooder> {
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final URI server;
  private final String token;
  private final Sent sent;
  private final PreparedRequest request;
  private final Signal signal;
  private @Nullable HttpConnection connection;
  private long attempts;
  private long refused;
  private long broken;

  /** Tells flooders to stop. */
  public static final class Signal {
    private volatile boolean stop;

    public void stop() {
      stop = true;
    }
  }

  public Flooder(URI server, String token, Sent sent, PreparedRequest request, Signal signal) {
    this.server = server;
    this.token = token;
    this.sent = sent;
    this.request = request;
    this.signal = signal;
  }

  @Override
  public Flooder call() {
    while (!signal.stop) {
      byte[] bytes = sent.next(request);
      while (!delivered(bytes) && !signal.stop) {
        broken++;
      }
    }
    hangUp();
    return this;
  }

  /** Whether the request was acknowledged, or it was time to stop; not if the connection broke. */
  private boolean delivered(byte[] bytes) {
    try {
      HttpConnection open = connection != null ? connection : new HttpConnection(server, token);
      connection = open;
      deliver(open, bytes);
      return true;
    } catch (IOException e) {
      hangUp();
      return false;
    }
  }

  private void hangUp() {
    HttpConnection open = connection;
    connection = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException alreadyBroken) {
      // It is not used again either way.
    }
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
  public long attempts() {
    return attempts;
  }

  /** Requests that were answered with a refusal that asks to retry. */
  public long refused() {
    return refused;
  }

  /** Connections that ended before an answer. */
  public long broken() {
    return broken;
  }
}
