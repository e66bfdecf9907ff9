package dev.cadastre.portal.front;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads a request's body to its end without holding a thread while it waits for more. What is too
 * large is read on and thrown away, within bounds: a connection that ends before may take the
 * answer along (RFC 9112 section 9.6).
 */
final class WholeBody {
  private static final int BAD_REQUEST = 400;
  private static final int TIMED_OUT = 408;
  private static final int TOO_LARGE = 413;
  private static final int DISCARDED_MAX = 4 << 20;

  private final Request request;
  private final FrontLimits limits;
  private final Consumer<byte[]> read;
  private final Refuser refuser;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long began = System.nanoTime();
  private long length;

  /** Told why a body was not read, as an HTTP status. */
  interface Refuser {
    void refuse(int status);
  }

  /**
   * @param read given the body, on a thread that it may hold
   * @param refuser called instead of it
   */
  WholeBody(Request request, FrontLimits limits, Consumer<byte[]> read, Refuser refuser) {
    this.request = request;
    this.limits = limits;
    this.read = read;
    this.refuser = refuser;
  }

  void read() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        // Such calls of one request come one after the other, and an answer may wait for another.
        request.demand(() -> request.getComponents().getExecutor().execute(this::read));
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        boolean late = chunk.getFailure() instanceof TimeoutException;
        refuser.refuse(late ? TIMED_OUT : BAD_REQUEST);
        return;
      }
      keep(chunk.getByteBuffer());
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        end();
        return;
      }
      if (length > DISCARDED_MAX) {
        refuser.refuse(TOO_LARGE);
        return;
      }
      if (System.nanoTime() - began > limits.bodyMax().toNanos()) {
        refuser.refuse(TIMED_OUT);
        return;
      }
    }
  }

  private void keep(ByteBuffer more) {
    length += more.remaining();
    if (length <= limits.bodyBytesMax()) {
      byte[] copy = new byte[more.remaining()];
      more.get(copy);
      bytes.writeBytes(copy);
    }
  }

  private void end() {
    if (length > limits.bodyBytesMax()) {
      refuser.refuse(TOO_LARGE);
    } else {
      read.accept(bytes.toByteArray());
    }
  }
}
