package dev.cadastre.portal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.access.Role;
import dev.cadastre.portal.front.FrontLimits;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What connections cost before anybody knows who is there. */
class FrontTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final FrontLimits SHORT =
      new FrontLimits(
          1_000,
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          400,
          2,
          2);

  private TestCell cell;

  @BeforeEach
  void open() throws Exception {
    cell = new TestCell(SHORT);
  }

  @AfterEach
  void close() throws Exception {
    cell.close();
  }

  private Socket connect(String... lines) throws IOException {
    Socket socket = new Socket("127.0.0.1", cell.server.port());
    socket.setTcpNoDelay(true);
    send(socket, String.join("\r\n", lines));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private static String answer(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** Sends a byte every 50 ms until the server answers or closes; gives what it said. */
  private static String drip(Socket socket, String drop) throws IOException {
    socket.setSoTimeout(50);
    byte[] answer = new byte[12];
    while (true) {
      try {
        int read = socket.getInputStream().read(answer);
        return read < 0 ? "closed" : new String(answer, 0, read, ISO_8859_1);
      } catch (SocketTimeoutException silence) {
        send(socket, drop);
      } catch (SocketException reset) {
        return "closed";
      }
    }
  }

  @Test
  void slowSendersHoldNoThread() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        slow.add(
            connect(
                "POST /sign-in HTTP/1.1",
                "Host: a",
                "Content-Type: " + FORM,
                "Content-Length: 900",
                "",
                "t"));
      }
      Web web = new Web(cell.url());
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            for (String path : List.of("/healthz", "/readyz", "/", "/status")) {
              assertEquals(200, web.get(path).status(), path);
            }
          });
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void bodiesHaveDeadline() throws Exception {
    try (Socket socket =
        connect(
            "POST /sign-in HTTP/1.1",
            "Host: a",
            "Content-Type: " + FORM,
            "Content-Length: 900",
            "",
            "t")) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20), () -> assertEquals("HTTP/1.1 408", drip(socket, "o")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET / HTTP/1.1\r\nX: "})
  void headersHaveDeadline(String begun) throws Exception {
    try (Socket socket = connect(begun)) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20), () -> assertEquals("closed", drip(socket, "G")));
    }
  }

  @Test
  void headersAfterAnswerHaveDeadline() throws Exception {
    try (Socket socket = connect("GET /healthz HTTP/1.1", "Host: a", "", "")) {
      socket.setSoTimeout(20_000);
      assertTrue(socket.getInputStream().read() > 0);
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            String last = "";
            while (!last.equals("closed")) {
              last = drip(socket, "G");
            }
          });
    }
  }

  @Test
  void bodyAtLimitIsTakenAndOneBeyondIsRefused() throws Exception {
    Web web = new Web(cell.url());
    String token = "token=";
    assertEquals(400, web.post("/sign-in", token + "a".repeat(994), "Content-Type", FORM).status());
    Web.Answer beyond = web.post("/sign-in", token + "a".repeat(995), "Content-Type", FORM);
    assertEquals(413, beyond.status(), beyond.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5\r\n\r\n--x\r\n",
        "Content-Type: multipart/form-data\r\nContent-Length: 5\r\n\r\n--x\r\n",
        "Content-Type: application/x-www-form-urlencoded; charset=nonsense\r\n"
            + "Content-Length: 7\r\n\r\n"
            + "token=a",
        "Content-Type: application/x-www-form-urlencoded; charset=utf-16\r\n"
            + "Content-Length: 7\r\n\r\n"
            + "token=a",
        "Content-Type: ;;;\r\nContent-Length: 7\r\n\r\ntoken=a",
        "Content-Length: 7\r\n\r\ntoken=a",
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\ntoken=%f",
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\ntoken=\u00ff",
        "Content-Type: application/x-www-form-urlencoded\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "zz\r\n"
            + "token\r\n"
            + "0\r\n\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "-1\r\n"
            + "token\r\n"
            + "0\r\n\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: gzip\r\n\r\ntoken=a",
        "Content-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: 7\r\n"
            + "Content-Length: 8\r\n\r\n"
            + "token=a",
      })
  void malformedFormsAreTheSendersFault(String rest) throws Exception {
    try (Socket socket = connect("POST /sign-in HTTP/1.1", "Host: a", "Connection: close", rest)) {
      String answer = answer(socket);
      assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
      assertFalse(answer.contains("Exception"), answer);
    }
  }

  @Test
  void headersDoNotChangeMethod() throws Exception {
    Web web = new Web(cell.url());
    for (String method : List.of("DELETE", "POST", "HEAD", "nonsense")) {
      Web.Answer answer = web.get("/healthz", "X-HTTP-Method-Override", method);
      assertEquals(200, answer.status(), method);
      assertEquals("{\"status\":\"live\"}", answer.text(), method);
    }
    assertEquals(405, web.post("/healthz", "", "X-HTTP-Method-Override", "GET").status());
  }

  @Test
  void lookingAtTheHeadersOfSignInLinkStartsNoSession() throws Exception {
    String token = cell.token(Role.VIEWER, TestCell.BANK);
    long before = cell.ledger.reader(TestCell.BANK).size();
    try (Socket socket =
        connect(
            "HEAD /sign-in?token=" + token + " HTTP/1.1", "Host: a", "Connection: close", "", "")) {
      String answer = answer(socket);
      assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
      assertFalse(answer.contains("Set-Cookie"), answer);
    }
    assertEquals(before, cell.ledger.reader(TestCell.BANK).size());
  }

  @Test
  void tokenSignsInOnlySoOften() throws Exception {
    String token = cell.token(Role.VIEWER, TestCell.BANK);
    Web web = new Web(cell.url());
    for (int i = 0; i < 30; i++) {
      assertEquals(303, web.get("/sign-in?token=" + token).status());
    }
    Web.Answer refused = web.get("/sign-in?token=" + token);
    assertEquals(429, refused.status());
    assertEquals("3", refused.header("Retry-After"));
    assertEquals(
        303, web.get("/sign-in?token=" + cell.token(Role.AUDITOR, TestCell.BANK)).status());
    cell.move(Duration.ofSeconds(2));
    assertEquals(303, web.get("/sign-in?token=" + token).status());
    assertEquals(429, web.get("/sign-in?token=" + token).status());
  }

  @Test
  void wrongTokensAreRefusedAndThenToldToWait() throws Exception {
    Web web = new Web(cell.url());
    for (int i = 0; i < 30; i++) {
      assertEquals(401, web.get("/sign-in?token=wrong" + i).status());
    }
    assertEquals(429, web.get("/sign-in?token=wrong").status());
    String right = cell.token(Role.VIEWER, TestCell.BANK);
    assertEquals(303, web.get("/sign-in?token=" + right).status(), "a good token still signs in");
  }
}
