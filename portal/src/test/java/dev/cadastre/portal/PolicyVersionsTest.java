package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.portal.Web.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A contract that was changed so often that no answer holds all its versions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyVersionsTest {
  private static final String API = "/api/v1/tenants/rheinbank/policy";
  private static final String PAGE = "/t/rheinbank/policy";

  /** Behind the log's birth. */
  private static final int VERSIONS = 205;

  private TestCell cell;
  private Web web;
  private String token;

  @BeforeAll
  void adoptMany() throws Exception {
    cell = new TestCell();
    for (int i = 0; i < VERSIONS; i++) {
      cell.adopt();
    }
    web = new Web(cell.url());
    token = cell.token(Role.AUDITOR, TestCell.BANK);
  }

  @AfterAll
  void close() throws Exception {
    cell.close();
  }

  private Json.Obj page(String query) throws Exception {
    Answer answer = web.getAs(token, API + query);
    assertEquals(200, answer.status(), answer::toString);
    return Json.parseObject(answer.response().body());
  }

  private static List<Long> indexes(Json.Obj page) throws Exception {
    List<Long> indexes = new ArrayList<>();
    for (Json.Obj version : page.objects("versions")) {
      indexes.add(version.integer("index"));
    }
    return indexes;
  }

  @Test
  void eachPageHasAtMostAHundredAndAllOfThemHaveAllVersionsOnceNewestFirst() throws Exception {
    List<Long> all = new ArrayList<>();
    Json.Obj page = page("");
    while (page.members().containsKey("next")) {
      assertEquals(100, indexes(page).size());
      all.addAll(indexes(page));
      page = page("?before=" + page.integer("next"));
    }
    all.addAll(indexes(page));
    List<Long> expected = new ArrayList<>();
    for (long index = VERSIONS; index > 0; index--) {
      expected.add(index);
    }
    assertEquals(expected, all);
  }

  @Test
  void aPageMayBeShorterButNotLonger() throws Exception {
    Json.Obj page = page("?limit=2&before=4");
    assertEquals(List.of(3L, 2L), indexes(page));
    assertEquals(2, page.integer("next"));
    assertFalse(page("?limit=1&before=2").members().containsKey("next"));
    assertEquals(List.of(), indexes(page("?before=0")));
    for (String limit : List.of("0", "101", "-1", "all")) {
      assertEquals(400, web.getAs(token, API + "?limit=" + limit).status(), limit);
    }
  }

  @Test
  void thePageLeadsToOlderVersionsAndBackAndAlwaysShowsWhatIsInForce() throws Exception {
    String cookie = web.get("/sign-in?token=" + token).header("Set-Cookie").replaceFirst(";.*", "");
    String newest = web.get(PAGE, "Cookie", cookie).text();
    assertEquals(100, newest.split("no rule|the first policy", -1).length - 1, newest);
    assertTrue(newest.contains("href=\"" + PAGE + "?before=106\""), newest);
    assertTrue(newest.contains("Adopted by entry 205"));
    assertTrue(newest.contains(">in force<"));
    String last = web.get(PAGE + "?before=6", "Cookie", cookie).text();
    assertEquals(5, last.split("no rule|the first policy", -1).length - 1);
    assertTrue(last.contains("href=\"" + PAGE + "\">Newest</a>"), last);
    assertTrue(last.contains("End of the list"));
    assertTrue(last.contains("Adopted by entry 205"));
    assertFalse(last.contains(">in force<"), "none of these is");
  }
}
