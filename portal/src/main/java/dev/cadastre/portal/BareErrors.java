package dev.cadastre.portal;

import dev.cadastre.portal.http.Problem;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what Jetty refuses before any route sees it, such as a malformed address, without saying
 * what software it is.
 */
final class BareErrors extends ErrorHandler {
  private final boolean https;

  BareErrors(boolean https) {
    this.https = https;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() == 0 ? 500 : response.getStatus();
    byte[] body = new Problem(status, "Refused", "The request could not be read.").json();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (https) {
      response.getHeaders().put("Strict-Transport-Security", "max-age=31536000");
    }
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
