package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.Policies;
import dev.cadastre.ledger.access.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every field that a sender or a policy fills, filled with what reorders, hides and overflows: on
 * no page may it touch what stands around it.
 */
class ForeignTextTest {
  /** Right to left, so that it reorders its neighbours unless it is isolated. */
  private static final String MARK = "שלום";

  private static final String HOSTILE = MARK + "\u202e\u0000\u001b[31m\u2028\u200b<b>";
  private static final String LONG = MARK + "x".repeat(480);

  /** Drawn far above and below its line, unless somebody minds. */
  private static final String STACKED = MARK + ("Z" + "\u0301\u0323".repeat(40)).repeat(3);

  private static TestCell cell;
  private static Web web;
  private static Browser browser;
  private static String token;
  private static final Map<String, String> pages = new LinkedHashMap<>();

  @BeforeAll
  static void open() throws Exception {
    cell = new TestCell();
    adopt();
    for (String text : List.of(HOSTILE, LONG, STACKED)) {
      send(text, Kind.KEY_LIFECYCLE, "disable", "success");
      send(text, Kind.KEY_USE, "unwrap", "denied");
      send(text, Kind.KEY_USE, "unwrap", "success");
      send(text, Kind.DATA_ACCESS, text, text);
      send(text, Kind.INFERENCE, text, text);
    }
    cell.anchor();
    cell.index();
    web = new Web(cell.url());
    token = cell.token(Role.AUDITOR, TestCell.BANK);
    browser = new Browser(cell.url());
    browser.signIn(token);
    crawl();
  }

  @AfterAll
  static void close() throws Exception {
    browser.close();
    cell.close();
  }

  private static void adopt() throws Refused {
    String json =
        TestCell.POLICY
            .replace("Rheinbank AG, annex C", MARK + "\\u202e\\u001b title")
            .replace("GDPR Art. 45", MARK + "\\u202e basis");
    Policy policy = Policy.fromJson(Json.parseObject(json.getBytes(StandardCharsets.UTF_8)));
    Policies.adopt(
        cell.ledger, TestCell.BANK, policy, "# " + HOSTILE + "\nline: 2\n", MARK + "\u202eme");
  }

  private static void send(String text, Kind kind, String operation, String outcome)
      throws Refused {
    Disclosure person = Disclosure.of(new byte[16], "enduser." + text, Value.of(text));
    Attributes.Builder said =
        Attributes.builder()
            .put(Names.KEY_ID, "k" + text)
            .put(Names.KEY_OPERATION, operation)
            .put(Names.KEY_CUSTODY, text)
            .put(Names.KEY_PROVIDER, text)
            .put(Names.AUDIT_ACTOR_ID, text)
            .put(Names.AUDIT_ACTION, text)
            .put(Names.AUDIT_TARGET_ID, text)
            .put(Names.AUDIT_OUTCOME, outcome)
            .put(Names.DATA_CATEGORY, "customer-data")
            .put(Names.DATA_PURPOSE, text)
            .put("custom." + text, text)
            .sd(person.digest());
    if (kind == Kind.DATA_ACCESS) {
      said.put(Names.DATA_OPERATION, text);
    }
    Location at = new Location(text, Assurance.CLAIMED);
    cell.append(
        TestCell.BANK,
        RecordEvent.builder(kind, "token/0badcafe")
            .id("id" + text)
            .name(text)
            .time(cell.nanos())
            .body(Value.of(text))
            .attributes(said.build())
            .resource(new Resource(Attributes.builder().put(Names.SERVICE_NAME, text).build()))
            .locations(
                Map.of(
                    Hop.KEY, at,
                    Hop.STORAGE, at,
                    Hop.BACKUP, new Location("aws:us-east-1", Assurance.CLAIMED)))
            .build(),
        List.of(person));
    cell.move(Duration.ofMinutes(1));
  }

  /** The tenant's pages, and what they lead to. */
  private static void crawl() throws Exception {
    Set<String> seen = new LinkedHashSet<>();
    for (String path : List.of("", "events", "keys", "residency", "policy", "packs")) {
      seen.add("/t/rheinbank/" + path);
    }
    for (String path : List.copyOf(seen)) {
      Matcher link = Pattern.compile("href=\"(/t/rheinbank/[^\"]*)\"").matcher(page(path));
      while (link.find()) {
        seen.add(link.group(1).replace("&amp;", "&"));
      }
    }
    for (String path : seen) {
      pages.put(path, page(path));
    }
    assertTrue(pages.size() > 30, () -> pages.keySet().toString());
  }

  private static String page(String path) throws Exception {
    Web.Answer answer = web.getAs(token, path);
    assertEquals(200, answer.status(), path);
    return answer.text();
  }

  @Test
  void nothingThatCannotBeSeenStandsRawInAPage() {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> one : pages.entrySet()) {
      String path = one.getKey();
      String page = one.getValue();
      page.codePoints()
          .filter(FixedUnicode::isHidden)
          .filter(point -> "\n\t\u2066\u2068\u2069".indexOf(point) < 0)
          .distinct()
          .forEach(point -> wrong.add(path + " has U+" + Integer.toHexString(point)));
    }
    assertEquals(List.of(), wrong);
    assertTrue(pages.get("/t/rheinbank/events").contains("<span class=\"named\">[U+202E]</span>"));
  }

  @Test
  void noMoreThanThreeCombiningMarksStandInARow() {
    Pattern row = Pattern.compile("[\\p{Mn}\\p{Me}]{4}");
    List<String> wrong = new ArrayList<>();
    for (String path : pages.keySet()) {
      Matcher found = row.matcher(pages.get(path).replaceAll("(?:href|value)=\"[^\"]*\"", ""));
      if (found.find()) {
        wrong.add(path);
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** But in the exact bytes, and folded on the page of what it names. */
  @Test
  void noPageIsAsLongAsTheTextsItShows() {
    Pattern allowed =
        Pattern.compile(
            "<details class=\"fold\">.*?</details>|<pre.*?</pre>|(?:href|value)=\"[^\"]*\"",
            Pattern.DOTALL);
    List<String> wrong = new ArrayList<>();
    for (String path : pages.keySet()) {
      if (allowed.matcher(pages.get(path)).replaceAll("").contains("x".repeat(300))) {
        wrong.add(path);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void everyForeignTextIsIsolated() {
    List<String> wrong = new ArrayList<>();
    for (String path : pages.keySet()) {
      String page = pages.get(path).replaceAll("(?:href|value)=\"[^\"]*\"", "");
      page = page.replaceAll("\u2066[^\u2069]*\u2069", "");
      for (int at = page.indexOf(MARK); at >= 0; at = page.indexOf(MARK, at + 1)) {
        String until = page.substring(0, at);
        int open = Math.max(until.lastIndexOf("<bdi"), until.lastIndexOf('\u2068'));
        int closed = Math.max(until.lastIndexOf("</bdi>"), until.lastIndexOf('\u2069'));
        if (open < 0 || open < closed) {
          wrong.add(path + ": …" + page.substring(Math.max(0, at - 120), at + 10));
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** A block, or a child of its own in a flex or grid box, would stand on another line. */
  @Test
  void noTextMakesAPageWiderThanItsWindowOrLeavesItsLine() {
    Set<String> wrong = new LinkedHashSet<>();
    for (String path : pages.keySet()) {
      browser.width(390);
      browser.open(path);
      for (int width : new int[] {390, 1280}) {
        browser.width(width);
        long found =
            ((Number) browser.script("return document.documentElement.scrollWidth")).longValue();
        if (found > width) {
          wrong.add(path + " is " + found + " of " + width + " px");
        }
      }
      Object found =
          browser.script(
              "return [...document.querySelectorAll('.named, bdi')].filter(e =>"
                  + " !getComputedStyle(e).display.startsWith('inline')"
                  + " || e.matches('.named') && /flex|grid/.test("
                  + "getComputedStyle(e.parentElement).display)).map(e => e.parentElement.outerHTML"
                  + ".slice(0, 120)).join('; ')");
      if (!String.valueOf(found).isEmpty()) {
        wrong.add(path + ": " + found);
      }
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void twoTrustDomainsAreToldApartWhereverAnActorIsShown() throws Exception {
    for (String domain : List.of("a.example", "b.example")) {
      send("spiffe://" + domain + "/ns/prod/sa/billing", Kind.DATA_ACCESS, "read", "success");
    }
    cell.index();
    String list = page("/t/rheinbank/events");
    for (String domain : List.of("a.example", "b.example")) {
      assertTrue(list.contains("spiffe://" + domain + "/ns/prod/sa/billing</bdi> "), domain);
    }
  }
}
