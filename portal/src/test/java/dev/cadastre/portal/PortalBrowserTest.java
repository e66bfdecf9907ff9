package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.search.Field;
import dev.cadastre.proof.pack.PackReader;
import dev.cadastre.proof.pack.PackVerifier;
import dev.cadastre.proof.pack.format.PackLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The portal as people use it: a real browser over a week of a bank's events. */
class PortalBrowserTest {
  private static final List<String> PAGES =
      List.of(
          "/",
          "/sign-in",
          "/verify",
          "/anchors",
          "/anchors/1",
          "/status",
          "/nothing",
          "/t/rheinbank/",
          "/t/rheinbank/events",
          "/t/rheinbank/events/1",
          "/t/rheinbank/keys",
          "/t/rheinbank/keys/" + Week.REVOKED,
          "/t/rheinbank/residency",
          "/t/rheinbank/policy",
          "/t/rheinbank/packs");

  private static TestCell cell;
  private static Browser browser;
  private static String auditor;
  private static final List<String> pages = new ArrayList<>(PAGES);
  private static String violation;
  private static String byOrder;

  @BeforeAll
  static void open() throws Exception {
    cell = new TestCell();
    Week.live(cell);
    violation = "/t/rheinbank/events/" + cell.newest(Field.PLACE, "aws:us-east-1");
    byOrder = "/t/rheinbank/events/" + cell.newest(Field.RULE, "keys.disabled");
    pages.addAll(List.of(violation, byOrder));
    auditor = cell.token(Role.AUDITOR, TestCell.BANK);
    browser = new Browser(cell.url());
    browser.signIn(auditor);
  }

  @AfterAll
  static void close() throws Exception {
    browser.close();
    cell.close();
  }

  @AfterEach
  void theBrowserHadNothingToComplainOf() {
    browser.scheme("light");
    browser.width(1280);
    List<String> complaints =
        browser.complaints().stream().filter(line -> !line.contains("status of 404")).toList();
    assertEquals(List.of(), complaints);
  }

  @Test
  void theLinkSignsInAndShowsHowThingsStand() {
    browser.signIn(auditor);
    assertTrue(
        browser.driver.getCurrentUrl().endsWith("/t/rheinbank/"), browser.driver.getCurrentUrl());
    assertEquals("4 events broke the contract in the last 30 days", browser.text(".statement h1"));
    assertTrue(browser.text(".tenant").contains("rheinbank"));
    assertEquals(3, browser.all(".map a").size(), "one dot for each city");
  }

  @Test
  void theFormSignsInAndTheButtonOut() {
    try (Browser other = new Browser(cell.url())) {
      other.open("/sign-in");
      other.find("#token").sendKeys("nonsense" + Keys.ENTER);
      assertTrue(other.await("[role=alert]").getText().contains("unknown"));
      other.find("#token").sendKeys(cell.token(Role.VIEWER, TestCell.BANK) + Keys.ENTER);
      assertTrue(other.await(".statement h1").getText().contains("broke the contract"));
      other.find("header form button").click();
      other.await(".hero");
      other.open("/t/rheinbank/");
      assertEquals("Sign in first", other.text("h1"));
    }
  }

  @Test
  void everyNumberOnTheOverviewLeadsToWhatItCounts() {
    browser.open("/t/rheinbank/");
    WebElement violations =
        browser.driver.findElement(By.xpath("//dt[text()='Violations']/following-sibling::dd/a"));
    assertEquals("4", violations.getText());
    violations.click();
    browser.await("#events");
    assertEquals(4, browser.all("table.events tbody tr").size());
    assertEquals("violation", browser.text("table.events tbody tr .pill"));
  }

  @Test
  void filtersWorkWhileTypingAndStandInTheAddress() {
    browser.open("/t/rheinbank/events");
    new Select(browser.find("#f-verdict")).selectByValue("exception");
    browser.await(".events tbody tr .pill.exception");
    assertTrue(
        browser.driver.getCurrentUrl().contains("verdict=exception"),
        browser.driver.getCurrentUrl());
    browser.find("#f-text").sendKeys("swift/");
    browser.await(".events tbody tr");
    browser.open("/t/rheinbank/events?text=no-such-thing");
    assertEquals("No event matches these filters.", browser.text(".events .empty"));
    browser.open("/t/rheinbank/events?from=yesterday");
    assertTrue(browser.text("[role=alert]").contains("'from' is a UTC time"));
    assertEquals("Nothing was looked for.", browser.text(".events .empty"));
    assertEquals("rheinbank", browser.text(".tenant strong"), "the way back is still there");
    assertTrue(browser.complaints().toString().contains("status of 400"));
  }

  @Test
  void filtersAddUpAndTheWayBackLeadsThroughEach() {
    browser.open("/t/rheinbank/");
    browser
        .driver
        .findElement(By.xpath("//dt[text()='Violations']/following-sibling::dd/a"))
        .click();
    browser.await("#events");
    assertEquals(4, browser.all("table.events tbody tr").size());
    new Select(browser.find("#f-kind")).selectByValue("key.use");
    browser.await(".pager a[href*='kind=key.use'][href*='verdict=violation']");
    assertEquals(1, browser.all("table.events tbody tr").size(), browser.text("table.events"));
    new Select(browser.find("#f-kind")).selectByValue("inference");
    browser.await(".pager a[href*='kind=inference'][href*='verdict=violation']");
    assertEquals("No event matches these filters.", browser.text(".events .empty"));
    assertFalse(
        browser.driver.getCurrentUrl().matches(".*(kind=.*kind=|=&|=$).*"),
        browser.driver.getCurrentUrl());
    browser.driver.navigate().back();
    browser.await(".pager a[href*='kind=key.use']");
    assertEquals(
        "key.use",
        new Select(browser.find("#f-kind")).getFirstSelectedOption().getDomAttribute("value"));
    assertEquals(1, browser.all("table.events tbody tr").size());
    browser.driver.navigate().back();
    browser.await("#f-kind option[value='']:checked");
    browser.await(".pager a[href*='verdict=violation']:not([href*='kind'])");
    assertEquals(4, browser.all("table.events tbody tr").size());
  }

  @Test
  void whatTheServerRefusesStandsInTheList() {
    browser.open("/t/rheinbank/events?verdict=violation");
    browser.find("#f-from").sendKeys("yesterday" + Keys.ENTER);
    assertTrue(browser.await("#list [role=alert]").getText().contains("'from' is a UTC time"));
    assertEquals(1, browser.all("#list .empty").size(), "no row of the list before");
    browser.find("#f-from").clear();
    browser.find("#f-from").sendKeys("2026-11-14" + Keys.ENTER);
    browser.await(".pager a[href*='from=2026-11-14']");
    assertEquals(0, browser.all("#list [role=alert]").size());
    assertEquals(4, browser.all("table.events tbody tr").size());
    assertTrue(browser.complaints().toString().contains("status of 400"));
  }

  @Test
  void aSessionThatEndedIsToldInTheListAndLeadsBack() {
    try (Browser other = new Browser(cell.url())) {
      String token = cell.token(Role.VIEWER, TestCell.BANK);
      other.signIn(token);
      other.open("/t/rheinbank/events");
      other.driver.manage().deleteAllCookies();
      new Select(other.find("#f-verdict")).selectByValue("exception");
      other.await("#list .problem a.button").click();
      other.await("#token").sendKeys(token + Keys.ENTER);
      other.await(".events tbody tr .pill.exception");
      assertTrue(
          other.driver.getCurrentUrl().endsWith("/events?verdict=exception"),
          other.driver.getCurrentUrl());
    }
  }

  @Test
  void filtersAddUpWithoutScriptsToo() throws Exception {
    try (Browser plain = Browser.withoutScripts(cell.url())) {
      plain.signIn(auditor);
      plain.open("/t/rheinbank/events?verdict=violation");
      plain.find("#f-kind option[value='key.use']").click();
      plain.find("form.filters button").click();
      plain.await(".pager a[href*='kind=key.use']");
      assertEquals(1, plain.all("table.events tbody tr").size());
      plain.find("#f-kind option[value='']").click();
      plain.find("form.filters button").click();
      plain.await(".pager a:not([href*='kind='])");
      assertEquals(4, plain.all("table.events tbody tr").size());
    }
  }

  @Test
  void olderEventsFollowOnTheNextPage() {
    browser.open("/t/rheinbank/events?kind=key.use");
    String first = browser.text(".events tbody th");
    browser.find(".pager a[rel=next]").click();
    browser.await(".pager a:not([rel])");
    assertNotEquals(first, browser.text(".events tbody th"));
  }

  @Test
  void anEntryShowsItsBytesAndEachStepOfItsProof() {
    browser.open(violation);
    assertTrue(browser.text(".statement h2").contains("violation"));
    assertTrue(
        browser.text("#entry").contains("The contract allows Germany; this was at aws:us-east-1 ("),
        browser.text("#entry"));
    assertTrue(browser.text("pre.entry").startsWith("{\"event\":{\"attributes\":"));
    List<WebElement> steps = browser.all("ol.proof > li");
    assertEquals(8, steps.size(), browser.text("#proof"));
    for (WebElement step : steps) {
      assertEquals("ok", step.getDomAttribute("class"), step.getText());
    }
    browser.open("/t/rheinbank/events/960");
    assertEquals(
        1, browser.all("ol.proof > li.waiting").size(), "the newest entries wait for an anchor");
  }

  @Test
  void aViolationThatOrderShowsIsTheSameOnEveryPage() {
    browser.open("/t/rheinbank/");
    assertTrue(
        browser.text(".statement").contains("only the order of events shows them"),
        browser.text(".statement"));
    WebElement line = browser.find("#alerts tbody tr");
    assertTrue(
        line.getText().startsWith("A key was used although it had been disabled\nviolation"),
        line.getText());
    assertTrue(line.getText().contains(Week.ARCHIVE), line.getText());
    line.findElement(By.cssSelector(".num a")).click();
    browser.await("#events");
    assertEquals(1, browser.all("table.events tbody tr").size());
    assertEquals("violation", browser.text("table.events tbody tr .pill"));
    browser.find("table.events tbody th a").click();
    browser.await("#entry");
    assertTrue(browser.driver.getCurrentUrl().endsWith(byOrder), browser.driver.getCurrentUrl());
    assertEquals("A violation that only the order of entries shows", browser.text(".statement h2"));
    assertTrue(
        browser
            .text(".statement")
            .contains("alone, this one is compliant by the policy of entry 1"),
        browser.text(".statement"));
    assertTrue(
        browser.text("table.alerts").contains("after the disable in entry"),
        browser.text("table.alerts"));
  }

  @Test
  void eventsAreFoundByWhatWasNoticed() {
    browser.open("/t/rheinbank/events");
    new Select(browser.find("#f-alert")).selectByValue("edge.cross-border");
    browser.await("option[value='edge.cross-border']:checked");
    browser.await(".pager a[href*='alert=edge.cross-border']");
    assertEquals(2, browser.all("table.events tbody tr").size(), browser.text("table.events"));
    browser.open("/t/rheinbank/events?alert=nonsense");
    assertTrue(browser.text("[role=alert]").contains("'alert' is one of key.used-after-disable"));
    assertTrue(browser.complaints().toString().contains("status of 400"));
  }

  @Test
  void theResidencyPageSaysWhatDetectorsNoticedInItsPeriod() throws Exception {
    browser.open("/t/rheinbank/residency?until=1");
    assertFalse(browser.text("table.alerts").contains("although it had been disabled"));
    assertTrue(browser.text("table.alerts").contains("DE -> CH (gateway)"));
    browser.open("/t/rheinbank/residency");
    assertTrue(browser.text("table.alerts").contains("although it had been disabled"));
    assertEquals(1, browser.all("a[href*='/alerts?until=2']").size());
  }

  @Test
  void aKeysTrailShowsHowFastItWasRevoked() {
    browser.open("/t/rheinbank/keys");
    browser.driver.findElement(By.linkText(Week.REVOKED)).click();
    assertTrue(
        browser.await(".statement h3").getText().contains("Time to revoke: at most 1 h"),
        browser.text("#key"));
    assertTrue(browser.text(".statement").contains("No use succeeded after it was disabled"));
  }

  @Test
  void theResidencyPageAttestsThePeriodThatTheReaderChooses() {
    browser.open("/t/rheinbank/residency");
    assertTrue(browser.text(".statement h2").contains("4 events broke"));
    new Select(browser.find("#r-after")).selectByValue("1");
    assertFalse(browser.driver.getCurrentUrl().contains("after"), "a choice alone loads nothing");
    browser.find("#residency form button").click();
    browser.await("option[value='1'][selected]");
    assertTrue(browser.driver.getCurrentUrl().contains("after=1"), browser.driver.getCurrentUrl());
    assertEquals(1, browser.all("a[download][href*='attestations/2?after=1']").size());
  }

  @Test
  void noChoiceOfAPeriodIsAnError() throws Exception {
    browser.open("/t/rheinbank/residency");
    List<String> starts = values("#r-after");
    List<String> ends = values("#r-until");
    Web web = new Web(cell.url());
    for (String start : starts) {
      for (String end : ends) {
        String query = "?after=" + start + "&until=" + end;
        Web.Answer page = web.getAs(auditor, "/t/rheinbank/residency" + query);
        assertEquals(200, page.status(), query);
        assertEquals(2, page.text().split(" selected", -1).length - 1, query);
      }
    }
    assertEquals(List.of("birth", "1"), starts, "after the newest anchor no period ends");
    String swapped = web.getAs(auditor, "/t/rheinbank/residency?after=2&until=1").text();
    assertTrue(swapped.contains("No period runs from anchor 2 to anchor 1."), swapped);
    assertTrue(swapped.contains("instead runs from anchor 1 to anchor 2."), swapped);
    String same = web.getAs(auditor, "/t/rheinbank/residency?after=1&until=1").text();
    assertTrue(same.contains("No period runs from anchor 1 to anchor 1."), same);
    String asked = web.getAs(auditor, "/t/rheinbank/residency?after=1&until=2").text();
    assertFalse(asked.contains("No period runs"), asked);
  }

  private static List<String> values(String menu) {
    return browser.all(menu + " option").stream()
        .map(option -> option.getDomAttribute("value"))
        .toList();
  }

  @Test
  void violationsAreGroupedByWhatWasNotKept() {
    browser.open("/t/rheinbank/");
    List<WebElement> ways = browser.all("#breaches tbody tr");
    assertEquals(2, ways.size(), browser.text("#breaches"));
    assertTrue(
        ways.get(0).getText().startsWith("A key was used although it had been disabled."),
        ways.get(0).getText());
    assertTrue(ways.get(0).getText().contains(Week.ARCHIVE));
    assertTrue(ways.get(1).getText().contains("aws:us-east-1"), ways.get(1).getText());
    WebElement count = ways.get(1).findElement(By.cssSelector(".num a"));
    assertEquals("3", count.getText());
    count.click();
    browser.await("#events");
    assertEquals(3, browser.all("table.events tbody tr").size());
    assertTrue(browser.text(".also").contains("customer-data.processing"), browser.text(".also"));
    browser.open("/t/rheinbank/");
    for (WebElement row : browser.all("table.rows tbody tr")) {
      String told = row.getText();
      assertTrue(
          !told.contains("violation\n") || !told.matches("(?s).*compliant\\s*(violation.*)?"),
          told);
    }
    assertTrue(
        browser.text("#good").contains("The first use of a key after its revocation was refused"));
    assertFalse(browser.text("#alerts").contains("was denied"));
  }

  @Test
  void aKeyIsCalledEnabledOnlyIfAnEventSaysSo() {
    for (String path : List.of("/t/rheinbank/keys", "/t/rheinbank/keys?id=" + Week.REVOKED)) {
      browser.open(path);
      assertTrue(browser.text("main").contains("enabled since"), path);
    }
    browser.open("/t/rheinbank/keys?id=" + Week.KEY);
    assertTrue(browser.text("#key").contains("no disabling seen"));
    assertFalse(browser.text("#key").contains("enabled"));
  }

  @Test
  void aKeyWhoseUsesBrokeTheContractDoesNotLookClean() {
    browser.open("/t/rheinbank/keys");
    WebElement first = browser.find("#keys tbody tr");
    assertTrue(first.getText().contains(Week.ARCHIVE), "the one that broke the contract leads");
    WebElement count = first.findElement(By.cssSelector(".pill.violation + a"));
    assertEquals("1", count.getText());
    count.click();
    browser.await("#events");
    assertEquals(1, browser.all("table.events tbody tr").size());
    browser.open("/t/rheinbank/keys/" + Week.ARCHIVE);
    assertTrue(
        browser.text(".statement.violation h2").startsWith("1 event with this key broke"),
        browser.text("#key"));
    assertEquals(1, browser.all("table.breaches tbody tr").size());
  }

  @Test
  void aPackIsBuiltWithAButtonAndVerifies() throws Exception {
    browser.open("/t/rheinbank/packs");
    browser.find("form.card button").click();
    WebElement download = browser.await("#jobs a[download]");
    String path = download.getDomAttribute("href");
    Web.Answer pack = new Web(cell.url()).getAs(auditor, path);
    assertEquals(200, pack.status(), pack.toString());
    assertTrue(
        PackVerifier.verify(
                PackReader.of(pack.response().body(), PackLimits.STANDARD), Optional.empty())
            .verified());
  }

  @Test
  void noPageIsWiderThanAPhone() {
    browser.width(360);
    List<String> wide = new ArrayList<>();
    for (String page : pages) {
      browser.open(page);
      long width =
          ((Number) browser.script("return document.documentElement.scrollWidth")).longValue();
      if (width > 360) {
        wide.add(page + " is " + width + " px wide");
      }
    }
    assertEquals(List.of(), wide);
  }

  @Test
  void everyPageIsAccessibleInLightAndInDark() {
    List<String> violations = new ArrayList<>();
    for (String scheme : List.of("light", "dark")) {
      browser.scheme(scheme);
      for (String page : pages) {
        browser.open(page);
        AxeBuilder axe = new AxeBuilder();
        if (scheme.equals("dark")) {
          axe.withOnlyRules(List.of("color-contrast"));
        }
        for (Rule rule : axe.analyze(browser.driver).getViolations()) {
          violations.add(
              scheme + " " + page + ": " + rule.getId() + " " + rule.getNodes().get(0).getHtml());
        }
      }
    }
    assertEquals(List.of(), violations);
  }

  @Test
  void darkPagesAreDark() {
    browser.open("/");
    String light =
        (String)
            browser.script("return getComputedStyle(document.documentElement).backgroundColor");
    browser.scheme("dark");
    assertNotEquals(
        light, browser.script("return getComputedStyle(document.documentElement).backgroundColor"));
  }

  @Test
  void thePolicyOfTheBrowserStopsScriptsThatAreNotOurs() {
    browser.open("/");
    browser.script(
        "const s = document.createElement('script'); s.textContent = 'window.breached = true';"
            + " document.body.append(s)");
    assertFalse((Boolean) browser.script("return window.breached === true"));
    assertTrue(
        browser.complaints().stream().anyMatch(line -> line.contains("Content Security Policy")));
  }

  @Test
  void timesAreUtcWithTheReadersOwnTimeBeside() {
    browser.open("/t/rheinbank/events/1");
    browser.await("time[title^='Your time']");
    assertEquals("2026-11-14 09:00:00", browser.text("time"));
  }

  @Test
  void pagesWorkWithoutScripts() {
    Web web = new Web(cell.url());
    try {
      Web.Answer list = web.getAs(auditor, "/t/rheinbank/events?verdict=violation&text=acct");
      assertEquals(4, list.text().split("class=\"kind\"", -1).length, "three lines");
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
