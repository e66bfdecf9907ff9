package dev.cadastre.portal.front;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body has arrived, and whose method is the one of its first line whatever its
 * headers say: Javalin would take another from {@value #OVERRIDE}, past proxies that let only some
 * methods through.
 */
final class CheckedRequest extends Request.Wrapper {
  private static final String OVERRIDE = "X-HTTP-Method-Override";

  private final HttpFields headers;
  private final byte[] body;
  private boolean given;

  CheckedRequest(Request wrapped, byte[] body) {
    super(wrapped);
    this.headers = HttpFields.build(wrapped.getHeaders()).remove(OVERRIDE).asImmutable();
    this.body = body;
  }

  @Override
  public HttpFields getHeaders() {
    return headers;
  }

  @Override
  public long getLength() {
    return body.length;
  }

  @Override
  public Content.@Nullable Chunk read() {
    if (given) {
      return Content.Chunk.EOF;
    }
    given = true;
    return Content.Chunk.from(ByteBuffer.wrap(body), true);
  }

  @Override
  public void demand(Runnable demandCallback) {
    demandCallback.run();
  }
}
