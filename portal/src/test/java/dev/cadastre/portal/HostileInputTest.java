package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever is sent, the portal says what is wrong with it and goes on. */
class HostileInputTest {
  private static TestCell cell;
  private static String token;

  @BeforeAll
  static void open() throws Exception {
    cell = new TestCell();
    cell.adopt();
    cell.anchor();
    cell.index();
    token = cell.token(Role.AUDITOR, TestCell.BANK);
  }

  @AfterAll
  static void close() throws Exception {
    cell.close();
  }

  /**
   * Sends a request line and headers as they are, which no HTTP client would, and gives the
   * answer's status.
   */
  private static int raw(String target, String... headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", cell.server.port())) {
      StringBuilder request =
          new StringBuilder(
              "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      socket
          .getOutputStream()
          .write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      String head = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      return head.length() < 12 ? 0 : Integer.parseInt(head.substring(9, 12));
    }
  }

  private static int asAuditor(String target) throws IOException {
    return raw(target, "Authorization: Bearer " + token);
  }

  @Test
  void malformedParametersAreRefusedByName() throws Exception {
    Web web = new Web(cell.url());
    String events = "/api/v1/tenants/rheinbank/events";
    for (String query :
        List.of(
            "?limit=0",
            "?limit=1001",
            "?limit=-1",
            "?limit=abc",
            "?limit=99999999999999999999",
            "?cursor=x",
            "?cursor=" + "A".repeat(400),
            "?cursor=AAAAAAAAAAAAAAAAAAAAAAA",
            "?from=yesterday",
            "?to=2026-13-01",
            "?verdict=guilty",
            "?kind=nope",
            "?breach=zz",
            "?repeat=zz",
            "?from=2026-12-01&to=2026-01-01",
            "?receivedFrom=2026-12-01&receivedTo=2026-12-01T00:00",
            "?kind=a&kind=b",
            "?nonsense=1",
            "?text=" + "a".repeat(600),
            "?text=%00",
            "?text=a%0Ab")) {
      Web.Answer answer = web.getAs(token, events + query);
      assertEquals(400, answer.status(), query + "\n" + answer);
      assertEquals("application/problem+json", answer.header("Content-Type"), query);
    }
  }

  @Test
  void nothingThatIsSentBreaksTheServer() throws Exception {
    List<String> targets = new ArrayList<>();
    for (String odd :
        List.of(
            "%00",
            "%ff",
            "%c0%af",
            "..",
            "%2e%2e",
            "%2f",
            "a%2fb",
            "-1",
            "01",
            "1e9",
            "99999999999999999999",
            "9007199254740993",
            " ",
            "%20",
            "\u00e9",
            "'",
            "\"",
            "<script>",
            "${7*7}",
            "__%24%7B7*7%7D__",
            "x".repeat(3000))) {
      for (String base :
          List.of(
              "/t/rheinbank/events/",
              "/t/rheinbank/keys/",
              "/t/",
              "/logs/rheinbank/entries/",
              "/logs/rheinbank/tile/",
              "/logs/rheinbank/tile/0/",
              "/logs/rheinbank/receipts/",
              "/logs/",
              "/anchors/",
              "/anchors/tile/",
              "/api/v1/tenants/rheinbank/keys/",
              "/api/v1/tenants/rheinbank/packs/",
              "/api/v1/tenants/rheinbank/attestations/",
              "/api/v1/tenants/",
              "/assets/x/",
              "/",
              "/t/rheinbank/events?text=",
              "/t/rheinbank/events?cursor=",
              "/t/rheinbank/residency?after=",
              "/t/rheinbank/?span=",
              "/sign-in?token=",
              "/anchors?before=")) {
        targets.add(base + odd);
      }
    }
    List<String> wrong = new ArrayList<>();
    for (String target : targets) {
      int status = asAuditor(target);
      if (status >= 500 || status == 0) {
        wrong.add(status + " " + target.substring(0, Math.min(120, target.length())));
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void oversizedHeadersAndBodiesAreRefused() throws Exception {
    assertEquals(431, raw("/", "X-Big: " + "a".repeat(20_000)));
    assertEquals(401, raw("/", "Authorization: Bearer " + "a".repeat(4_000)));
    int cookie = raw("/", "Cookie: cadastre=" + "a".repeat(4_000));
    assertEquals(200, cookie, "an unknown cookie is nobody's");
    Web web = new Web(cell.url());
    Web.Answer body =
        web.post(
            "/api/v1/tenants/rheinbank/packs",
            "a".repeat(100_000),
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer " + token);
    assertEquals(413, body.status(), body.toString());
  }

  @Test
  void malformedRequestsForPacksAreRefused() throws Exception {
    Web web = new Web(cell.url());
    for (String body :
        List.of(
            "{",
            "[]",
            "{\"after\":1.5}",
            "{\"after\":-1}",
            "{\"until\":99}",
            "{\"until\":\"x\"}",
            "{\"from\":\"now\"}",
            "{\"x\":1}",
            "{\"from\":\"2026-01-01T00:00:00Z\",\"until\":1}",
            "{\"a\":1,\"a\":1}")) {
      Web.Answer answer =
          web.post(
              "/api/v1/tenants/rheinbank/packs",
              body,
              "Content-Type",
              "application/json",
              "Authorization",
              "Bearer " + token);
      assertEquals(400, answer.status(), body + "\n" + answer);
    }
  }

  @Test
  void whatIsAbsentIsNotFound() throws Exception {
    Web web = new Web(cell.url());
    for (String path :
        List.of(
            "/logs/rheinbank/entries/99",
            "/logs/rheinbank/entries/99/proof",
            "/logs/rheinbank/tile/0/005",
            "/logs/rheinbank/tile/entries/000",
            "/logs/rheinbank/receipts/nothing",
            "/t/rheinbank/events/99",
            "/t/rheinbank/keys/nothing",
            "/anchors/99",
            "/anchors/0",
            "/api/v1/tenants/rheinbank/packs/0000",
            "/api/v1/tenants/rheinbank/nothing",
            "/nothing",
            "/t/rheinbank/nothing")) {
      Web.Answer answer = web.getAs(token, path);
      assertEquals(404, answer.status(), path + "\n" + answer);
    }
    assertEquals(405, web.post("/anchors", "", "Authorization", "Bearer " + token).status());
  }

  @Test
  void pagesEscapeWhatEventsSay() throws Exception {
    Web web = new Web(cell.url());
    Web.Answer answer =
        web.getAs(token, "/t/rheinbank/events?text=%3Cscript%3Ealert(1)%3C/script%3E");
    assertEquals(200, answer.status());
    assertTrue(answer.text().contains("&lt;script&gt;"), "the text is shown again in the form");
    assertTrue(!answer.text().contains("<script>alert"), answer.text());
  }
}
