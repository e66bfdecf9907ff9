package dev.cadastre.portal.web.front;

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
 * Takes requests on Jetty's few threads, which never wait, and gives each to a worker once its body
 * is there. So slow senders hold connections and no threads, and whatever keeps all workers busy,
 * health is answered: an orchestrator must not restart a cell because its pages are slow.
 */
public final class Front extends Handler.Wrapper implements AutoCloseable {
  private static final Set<String> HEALTH = Set.of("/healthz", "/readyz");
  private static final int HEALTH_THREADS = 2;
  private static final int HEALTH_WAITING = 256;
  private static final String SHORTLY_S = "5";

  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private final FrontLimits limits;
  private final Workers workers;
  private final Workers health;

  public Front(FrontLimits limits) {
    this.limits = limits;
    this.workers = new Workers("portal", limits.requestsMax(), limits.waitingMax());
    this.health = new Workers("portal-health", HEALTH_THREADS, HEALTH_WAITING);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    new WholeBody(
            request,
            limits,
            body -> giveToWorker(new CheckedRequest(request, body), response, callback),
            status -> refuse(request, response, callback, status))
        .read();
    return true;
  }

  private void giveToWorker(Request request, Response response, Callback callback) {
    boolean ofHealth = HEALTH.contains(Request.getPathInContext(request));
    if (!(ofHealth ? health : workers).take(() -> answer(request, response, callback))) {
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
    workers.close();
    health.close();
  }
}
