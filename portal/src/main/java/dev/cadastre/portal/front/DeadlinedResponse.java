package dev.cadastre.portal.front;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of whoever takes an answer too slowly, for each holds a thread. A write is
 * at most what is buffered, some 32 KiB, so a deadline for each is a least rate that small answers
 * of a busy server never fall below.
 */
final class DeadlinedResponse extends Response.Wrapper {
  private final Duration writeMax;

  DeadlinedResponse(Request request, Response wrapped, Duration writeMax) {
    super(request, wrapped);
    this.writeMax = writeMax;
  }

  @Override
  public void write(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
    Scheduler.Task deadline =
        getRequest()
            .getComponents()
            .getScheduler()
            .schedule(this::close, writeMax.toMillis(), TimeUnit.MILLISECONDS);
    super.write(last, bytes, Callback.from(deadline::cancel, callback));
  }

  private void close() {
    getRequest().getConnectionMetaData().getConnection().getEndPoint().close();
  }
}
