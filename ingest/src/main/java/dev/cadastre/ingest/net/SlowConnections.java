package dev.cadastre.ingest.net;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose request never begins: those that take longer for its headers, or for the
 * handshake of TLS, than anybody needs. To Jetty's idle timeout each byte is a sign of life, so a
 * byte every few seconds would keep a connection forever. Bodies have deadlines of their own.
 */
public final class SlowConnections extends AbstractLifeCycle implements Connection.Listener {
  private static final int LOOKS_PER_DEADLINE = 4;

  private final Scheduler scheduler;
  private final Duration headersMax;
  private final Map<Connection, Seen> open = new ConcurrentHashMap<>();

  /**
   * What was seen of a connection when it was last not in the middle of a request's headers.
   *
   * @param requests how many had begun
   * @param bytes how many had come
   * @param nanos when that was
   */
  private record Seen(long requests, long bytes, long nanos) {
    static Seen of(Connection connection) {
      return new Seen(connection.getMessagesIn(), connection.getBytesIn(), System.nanoTime());
    }

    boolean inHeaders(Connection connection) {
      boolean answering = connection.getMessagesIn() > connection.getMessagesOut();
      boolean began = connection.getMessagesIn() > requests;
      boolean silentAfterAnswer = requests > 0 && connection.getBytesIn() == bytes;
      return !answering && !began && !silentAfterAnswer;
    }
  }

  private SlowConnections(Scheduler scheduler, Duration headersMax) {
    this.scheduler = scheduler;
    this.headersMax = headersMax;
  }

  /**
   * Bounds the connections of a connector that is not started yet.
   *
   * @param headersMax how long a request's headers may take, and a new connection until they came
   */
  public static void bound(ServerConnector connector, Duration headersMax) {
    connector.addBean(new SlowConnections(connector.getScheduler(), headersMax));
  }

  @Override
  public void onOpened(Connection connection) {
    open.put(connection, Seen.of(connection));
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  @Override
  protected void doStart() {
    lookLater();
  }

  private void lookLater() {
    long pause = headersMax.dividedBy(LOOKS_PER_DEADLINE).toMillis();
    scheduler.schedule(this::look, pause, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (isStopping() || isStopped()) {
      return;
    }
    open.forEach(this::look);
    lookLater();
  }

  private void look(Connection connection, Seen seen) {
    if (!seen.inHeaders(connection)) {
      open.replace(connection, seen, Seen.of(connection));
    } else if (System.nanoTime() - seen.nanos > headersMax.toNanos()) {
      connection.getEndPoint().close();
    }
  }
}
