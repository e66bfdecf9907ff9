package dev.cadastre.portal.front;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** Whatever keeps all threads busy, health is answered, and more than may wait is turned away. */
class FrontTest {
  private static final FrontLimits LIMITS = FrontLimits.DEFAULT;

  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Semaphore begun = new Semaphore(0);
  private final HttpClient client = HttpClient.newHttpClient();

  private final class Slow extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      if (Request.getPathInContext(request).equals("/slow")) {
        begun.release();
        goOn.await();
      }
      response.setStatus(200);
      callback.succeeded();
      return true;
    }
  }

  @Test
  void healthIsAnsweredWhileEverySlotIsTaken() throws Exception {
    FrontLimits two =
        new FrontLimits(
            LIMITS.bodyBytesMax(),
            LIMITS.bodyMax(),
            LIMITS.headersMax(),
            LIMITS.idleMax(),
            LIMITS.writeMax(),
            LIMITS.connectionsMax(),
            2,
            3);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    server.addConnector(connector);
    try (Front front = new Front(two)) {
      front.setHandler(new Slow());
      server.setHandler(front);
      server.start();
      String url = "http://127.0.0.1:" + connector.getLocalPort();
      List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        slow.add(send(url + "/slow"));
        if (i < 2) {
          begun.acquire();
        }
      }
      HttpResponse<String> beyond = untilTurnedAway(url + "/slow", slow);
      assertEquals("5", beyond.headers().firstValue("Retry-After").orElse(""));
      assertEquals(200, send(url + "/healthz").join().statusCode());
      assertEquals(200, send(url + "/readyz").join().statusCode());
      goOn.countDown();
      slow.forEach(one -> assertEquals(200, one.join().statusCode()));
    } finally {
      goOn.countDown();
      server.stop();
    }
  }

  /** Writes more than any buffer between here and the client takes. */
  private final class Endless extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      begun.release();
      ByteBuffer piece = ByteBuffer.allocate(32 << 10);
      try {
        while (true) {
          Content.Sink.write(response, false, piece.slice());
        }
      } finally {
        goOn.countDown();
      }
    }
  }

  @Test
  void whoTakesNoAnswerLosesTheConnection() throws Exception {
    FrontLimits impatient =
        new FrontLimits(
            LIMITS.bodyBytesMax(),
            LIMITS.bodyMax(),
            LIMITS.headersMax(),
            LIMITS.idleMax(),
            Duration.ofMillis(200),
            LIMITS.connectionsMax(),
            1,
            1);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    server.addConnector(connector);
    try (Front front = new Front(impatient)) {
      front.setHandler(new Endless());
      server.setHandler(front);
      server.start();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
        begun.acquire();
        assertTrue(goOn.await(30, TimeUnit.SECONDS), "the slot is free again");
      }
    } finally {
      server.stop();
    }
  }

  /** Which of the requests comes last is not told, so whoever is turned away is the one. */
  private HttpResponse<String> untilTurnedAway(
      String url, List<CompletableFuture<HttpResponse<String>>> sent) {
    sent.add(send(url));
    CompletableFuture.anyOf(sent.toArray(new CompletableFuture<?>[0])).join();
    CompletableFuture<HttpResponse<String>> first =
        sent.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow();
    sent.removeIf(one -> one == first);
    assertEquals(503, first.join().statusCode());
    return first.join();
  }

  private CompletableFuture<HttpResponse<String>> send(String url) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }
}
