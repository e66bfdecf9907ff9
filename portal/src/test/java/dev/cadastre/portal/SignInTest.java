package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.LogName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of browsers, and the entries that their visits leave. */
class SignInTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private TestCell cell;
  private Web web;

  @BeforeEach
  void open() throws Exception {
    cell = new TestCell();
    cell.adopt();
    web = new Web(cell.url());
  }

  @AfterEach
  void close() throws Exception {
    cell.close();
  }

  private String signIn(Role role) throws Exception {
    Web.Answer answer = web.get("/sign-in?token=" + cell.token(role, TestCell.BANK));
    assertEquals(303, answer.status(), answer.toString());
    assertEquals("/t/rheinbank/", answer.header("Location"));
    return answer.header("Set-Cookie").replaceFirst(";.*", "");
  }

  private List<String> activities(LogName name) throws Exception {
    LogReader log = cell.ledger.reader(name);
    List<String> found = new ArrayList<>();
    for (long index = 0; index < log.size(); index++) {
      if (EventCodec.decode(log.entry(index).eventBytes()) instanceof RecordEvent record
          && record.kind() == Kind.PORTAL_ACTIVITY) {
        found.add(
            record.attributes().string(Names.AUDIT_ACTION).orElse("")
                + " "
                + record.attributes().string(Names.AUDIT_TARGET_ID).orElse(""));
      }
    }
    return found;
  }

  @Test
  void aLinkSignsInWithACookieThatScriptsAndOtherSitesDoNotGet() throws Exception {
    Web.Answer answer = web.get("/sign-in?token=" + cell.token(Role.VIEWER, TestCell.BANK));
    String cookie = answer.header("Set-Cookie");
    assertTrue(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        cookie);
    assertFalse(cookie.contains("Secure"), "the test serves plain HTTP");
    assertEquals(200, web.get("/t/rheinbank/", "Cookie", cookie.replaceFirst(";.*", "")).status());
  }

  @Test
  void theFormSignsInToo() throws Exception {
    Web.Answer answer =
        web.post(
            "/sign-in", "token=" + cell.token(Role.VIEWER, TestCell.BANK), "Content-Type", FORM);
    assertEquals(303, answer.status(), answer.toString());
    assertEquals(401, web.post("/sign-in", "token=nonsense", "Content-Type", FORM).status());
    assertEquals(
        403,
        web.post(
                "/sign-in", "token=" + cell.token(Role.INGEST, TestCell.BANK), "Content-Type", FORM)
            .status());
  }

  @Test
  void signingInGoesOnToThePageThatWasAskedFor() throws Exception {
    String deep = "/t/rheinbank/events?verdict=violation&place=aws:us-east-1";
    Web.Answer refused = web.get(deep);
    assertEquals(401, refused.status());
    String way =
        refused.text().replaceAll("(?s).*class=\"button primary\" href=\"([^\"]+)\".*", "$1");
    Web.Answer form = web.get(way);
    String kept = form.text().replaceAll("(?s).*name=\"continue\" value=\"([^\"]+)\".*", "$1");
    assertEquals(deep, kept.replace("&amp;", "&"));
    String token = cell.token(Role.VIEWER, TestCell.BANK);
    String sent = "continue=" + encode(deep);
    Web.Answer again = web.post("/sign-in", "token=nonsense&" + sent, "Content-Type", FORM);
    assertTrue(again.text().contains("name=\"continue\""), "a mistyped token loses nothing");
    Web.Answer in = web.post("/sign-in", "token=" + token + "&" + sent, "Content-Type", FORM);
    assertEquals(deep, in.header("Location"));
    assertEquals(deep, web.get("/sign-in?token=" + token + "&" + sent).header("Location"));
  }

  @Test
  void signingInGoesOnToNoOtherSite() throws Exception {
    for (String elsewhere :
        List.of(
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "evil.example",
            "/t\\x",
            "/\t/evil.example",
            "/t/\r\nSet-Cookie: a=b",
            "/t/x//evil.example",
            "/t/\u202e",
            "/sign-in",
            "/sign-out",
            "/api/v1/tenants/rheinbank/events",
            "/logs/rheinbank/checkpoint",
            "/" + "a".repeat(5000),
            "")) {
      String token = cell.token(Role.VIEWER, TestCell.BANK);
      for (Web.Answer answer :
          List.of(
              web.get("/sign-in?token=" + token + "&continue=" + encode(elsewhere)),
              web.post(
                  "/sign-in",
                  "token=" + token + "&continue=" + encode(elsewhere),
                  "Content-Type",
                  FORM))) {
        assertEquals(303, answer.status(), elsewhere);
        assertEquals("/t/rheinbank/", answer.header("Location"), elsewhere);
      }
    }
  }

  @Test
  void onlyPagesThatAreLookedAtAreGoneBackTo() throws Exception {
    Web.Answer sent = web.post("/t/rheinbank/packs", "until=1", "Content-Type", FORM);
    assertEquals(401, sent.status());
    assertFalse(sent.text().contains("continue="), "what was sent is lost by signing in");
    assertFalse(web.get("/nothing").text().contains("continue="));
    assertFalse(web.get("/api/v1/tenants/rheinbank/events").text().contains("sign-in"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void whoIsSignedInStaysSoWhereNothingIs() throws Exception {
    Web.Answer nothing = web.get("/nothing", "Cookie", signIn(Role.VIEWER));
    assertEquals(404, nothing.status());
    assertTrue(nothing.text().contains("Sign out"), nothing.text());
    assertEquals(404, web.get("/nothing", "Authorization", "Bearer none").status());
    assertTrue(web.get("/nothing").text().contains("Sign in"));
  }

  @Test
  void signingOutWantsTheSessionsOwnForm() throws Exception {
    String cookie = signIn(Role.VIEWER);
    assertEquals(
        403,
        web.post("/sign-out", "csrf=guessed", "Content-Type", FORM, "Cookie", cookie).status());
    String page = web.get("/t/rheinbank/", "Cookie", cookie).text();
    String csrf = page.replaceAll("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
    Web.Answer other =
        web.post(
            "/sign-out",
            "csrf=" + csrf,
            "Content-Type",
            FORM,
            "Cookie",
            cookie,
            "Sec-Fetch-Site",
            "cross-site");
    assertEquals(403, other.status());
    Web.Answer out = web.post("/sign-out", "csrf=" + csrf, "Content-Type", FORM, "Cookie", cookie);
    assertEquals(303, out.status(), out.toString());
    assertTrue(out.header("Clear-Site-Data").contains("cache"), out.toString());
    assertEquals(401, web.get("/t/rheinbank/", "Cookie", cookie).status());
    assertEquals("portal.sign-out ", settled(TestCell.BANK, 3).get(2));
  }

  @Test
  void aSessionEndsWhenItIsNotUsed() throws Exception {
    String cookie = signIn(Role.VIEWER);
    cell.move(Duration.ofMinutes(50));
    assertEquals(200, web.get("/t/rheinbank/", "Cookie", cookie).status());
    cell.move(Duration.ofMinutes(61));
    assertEquals(401, web.get("/t/rheinbank/", "Cookie", cookie).status());
  }

  @Test
  void aVisitLeavesOneEntryForThePageAndTheHour() throws Exception {
    String cookie = signIn(Role.AUDITOR);
    for (int i = 0; i < 3; i++) {
      web.get("/t/rheinbank/", "Cookie", cookie);
      web.get("/t/rheinbank/events/1", "Cookie", cookie);
    }
    web.get("/t/rheinbank/events/77777", "Cookie", cookie);
    cell.move(Duration.ofMinutes(59));
    web.get("/t/rheinbank/policy", "Cookie", cookie);
    cell.move(Duration.ofMinutes(2));
    web.get("/t/rheinbank/", "Cookie", cookie);
    cell.ledger.append(List.of()).join();
    assertEquals(
        List.of(
            "portal.sign-in ",
            "portal.view /t/rheinbank/",
            "portal.view /t/rheinbank/events/1",
            "portal.view /t/rheinbank/policy",
            "portal.view /t/rheinbank/"),
        settled(TestCell.BANK, 5));
  }

  /** Views are appended without being waited for. */
  private List<String> settled(LogName log, int count) throws Exception {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (activities(log).size() < count && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    return activities(log);
  }

  @Test
  void aProgramThatReadsLeavesOneEntryForTheRouteAndTheHour() throws Exception {
    String program = cell.token(Role.VIEWER, TestCell.BANK);
    for (int i = 0; i < 3; i++) {
      web.getAs(program, "/api/v1/tenants/rheinbank/events?limit=" + (i + 1));
      web.getAs(program, "/logs/rheinbank/entries/" + i % 2);
      web.getAs(program, "/logs/rheinbank/tile/entries/000.p/1");
      web.getAs(program, "/logs/rheinbank/tile/0/000.p/1");
      web.getAs(program, "/logs/rheinbank/checkpoint");
    }
    assertEquals(
        List.of(
            "portal.view /api/v1/tenants/rheinbank/events",
            "portal.view /logs/rheinbank/entries/{index}",
            "portal.view /logs/rheinbank/tile/<tile>"),
        settled(TestCell.BANK, 3));
  }

  @Test
  void anOperatorsSignInIsInTheLogOfTheCell() throws Exception {
    Web.Answer answer = web.get("/sign-in?token=" + cell.tokenForAll(Role.OPERATOR));
    assertEquals("/", answer.header("Location"));
    assertEquals(List.of("portal.sign-in "), settled(LogName.CELL, 1));
    String cookie = answer.header("Set-Cookie").replaceFirst(";.*", "");
    assertTrue(
        web.get("/", "Cookie", cookie).text().contains("/t/colegio-atlantico/"),
        "the front page lists the logs");
  }

  @Test
  void privateAttributesAreShownToAuditorsAlone() throws Exception {
    TestCell own = new TestCell();
    try (own) {
      Week.live(own);
      Web there = new Web(own.url());
      String list =
          there
              .getAs(
                  own.token(Role.AUDITOR, TestCell.BANK),
                  "/api/v1/tenants/rheinbank/events?text=acct/private")
              .text();
      String entry = "/t/rheinbank/events/" + list.replaceAll("(?s).*\"index\":(\\d+).*", "$1");
      assertTrue(
          there
              .getAs(own.token(Role.AUDITOR, TestCell.BANK), entry)
              .text()
              .contains("anna.example@bank.example"));
      for (Role role : List.of(Role.VIEWER, Role.OPERATOR)) {
        String page = there.getAs(own.token(role, TestCell.BANK), entry).text();
        assertFalse(page.contains("anna.example"), role.toString());
        assertTrue(page.contains("Only an auditor"), role.toString());
      }
    }
  }
}
