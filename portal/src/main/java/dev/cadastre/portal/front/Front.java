package dev.cadastre.portal.front;

import java.io.IOException;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers each request once its body is there, on one of Jetty's threads, of which {@link
 * #IO_THREADS} are always left to take bytes. So slow senders hold connections and no threads, and
 * whatever keeps all others busy, health is answered, on threads of its own: an orchestrator must
 * not restart a cell because its pages are slow.
 */
public final class Front extends Handler.Wrapper implements AutoCloseable {
  /** Threads that the server needs beside those that answer. */
  public static final int IO_THREADS = 16;

  private static final Set<String> HEALTH = Set.of("/healthz", "/readyz");
  private static final int HEALTH_THREADS = 2;
  private static final int HEALTH_WAITING = 256;
  private static final String SHORTLY_S = "5";

  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private final FrontLimits limits;
  private final Slots slots;
  private final Workers health;

  public Front(FrontLimits limits) {
    this.limits = limits;
    this.slots = new Slots(limits.requestsMax(), limits.waitingMax());
    this.health = new Workers("portal-health", HEALTH_THREADS, HEALTH_WAITING);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    new WholeBody(
            request,
            limits,
            body -> take(new CheckedRequest(request, body), response, callback),
            status -> refuse(request, response, callback, status))
        .read();
    return true;
  }

  private void take(Request request, Response response, Callback callback) {
    Runnable answer = () -> answer(request, response, callback);
    boolean ofHealth = HEALTH.contains(Request.getPathInContext(request));
    if (!(ofHealth ? health.take(answer) : slots.take(answer))) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, SHORTLY_S);
      Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
    }
  }

  private void answer(Request request, Response response, Callback callback) {
    try {
      Response deadlined = new DeadlinedResponse(request, response, limits.writeMax());
      if (!super.handle(request, deadlined, callback)) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (IOException gone) {
      Response.writeError(request, response, callback, gone);
    } catch (Exception | Error failure) {
      LOG.error("a request broke off", failure);
      Response.writeError(request, response, callback, failure);
    }
  }

  /** What is left of the body would be taken for the next request. */
  private static void refuse(Request request, Response response, Callback callback, int status) {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    Response.writeError(request, response, callback, status);
  }

  @Override
  public void close() {
    health.close();
  }
}
