package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.http.Route;
import dev.cadastre.portal.http.Rule;
import dev.cadastre.portal.http.Surface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Walks every route of the table with everyone who might come. */
class RouteAccessTest {
  private static TestCell cell;
  private static Web web;
  private static List<Route> routes;

  @BeforeAll
  static void open() throws Exception {
    cell = new TestCell();
    cell.adopt();
    cell.anchor();
    cell.index();
    web = new Web(cell.url());
    routes =
        PortalServer.routes(
            new PortalSettings("127.0.0.1", 0, "ledger.example", "eu-de", false), cell.rooms);
  }

  @AfterAll
  static void close() throws Exception {
    cell.close();
  }

  private static String path(Route route, String tenant) {
    return route
        .path()
        .replace("{tenant}", tenant)
        .replace("{index}", "1")
        .replace("{until}", "1")
        .replace("{id}", "0123456789abcdef")
        .replace("<id>", "some-id")
        .replace("<tile>", "0/000.p/1")
        .replace("{fingerprint}", "0")
        .replace("{name}", "cadastre.css");
  }

  private static Web.Answer take(Route route, String tenant, String... headers) throws Exception {
    String path = path(route, tenant);
    return route.changes() ? web.post(path, "", headers) : web.get(path, headers);
  }

  private static List<Route> ofTenants() {
    return routes.stream().filter(route -> route.rule() instanceof Rule.OfTenant).toList();
  }

  @Test
  void theTableOpensToEveryoneOnlyWhatNamesNoTenant() {
    for (Route route : routes) {
      boolean open = route.rule() instanceof Rule.Open;
      assertEquals(!route.path().contains("{tenant}"), open, route.toString());
    }
    assertTrue(ofTenants().size() > 20, "the table is read");
  }

  @Test
  void nobodyEntersATenantsLogWithoutToken() throws Exception {
    for (Route route : ofTenants()) {
      Web.Answer answer = take(route, "rheinbank");
      assertEquals(401, answer.status(), route + "\n" + answer);
      assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"), route + "\n" + answer);
    }
  }

  @Test
  void nobodyEntersWithAWrongToken() throws Exception {
    String forged = cell.token(Role.AUDITOR, TestCell.BANK).replaceAll(".{4}$", "AAAA");
    for (Route route : routes) {
      if (!route.forEveryone()) {
        assertEquals(
            401,
            take(route, "rheinbank", "Authorization", "Bearer " + forged).status(),
            route.toString());
        assertEquals(
            401,
            take(route, "rheinbank", "Authorization", "Basic Zm9v").status(),
            route.toString());
      }
    }
  }

  @Test
  void aTokenOpensNothingOfAnotherTenantAndTellsNothingOfIt() throws Exception {
    String school = cell.token(Role.AUDITOR, TestCell.SCHOOL);
    for (Route route : ofTenants()) {
      Web.Answer there = take(route, "rheinbank", "Authorization", "Bearer " + school);
      Web.Answer nowhere = take(route, "nobody-at-all", "Authorization", "Bearer " + school);
      assertEquals(403, there.status(), route + "\n" + there);
      assertEquals(403, nowhere.status(), route + "\n" + nowhere);
      assertEquals(there.text(), nowhere.text(), route.toString());
    }
  }

  @Test
  void theCellsOwnLogsAreNoTenants() throws Exception {
    String school = cell.token(Role.OPERATOR, TestCell.SCHOOL);
    for (String own : List.of("cell", "anchors")) {
      assertEquals(403, web.getAs(school, "/logs/" + own + "/checkpoint").status(), own);
    }
    assertEquals(200, web.getAs(cell.tokenForAll(Role.OPERATOR), "/logs/cell/checkpoint").status());
  }

  @Test
  void theOperatorReadsTheCellsLogAsAnyOtherAndTheAnchorsAtTheirOwnAddress() throws Exception {
    String operator = cell.tokenForAll(Role.OPERATOR);
    long before = cell.ledger.reader(LogName.ANCHORS).size();
    for (Route route : ofTenants()) {
      int ofCell = take(route, "cell", "Authorization", "Bearer " + operator).status();
      assertTrue(ofCell < 500, route + ": " + ofCell);
      int ofAnchors = take(route, "anchors", "Authorization", "Bearer " + operator).status();
      boolean fits = route.surface() == Surface.TILE ? ofAnchors < 500 : ofAnchors == 404;
      assertTrue(fits || ofAnchors == 403, route + ": " + ofAnchors);
    }
    assertEquals(
        before,
        cell.ledger.reader(LogName.ANCHORS).size(),
        "no reading is noted among the anchors");
  }

  @Test
  void noRouteTakesAQueryParameterThatItDoesNotKnow() throws Exception {
    String token = cell.token(Role.AUDITOR, TestCell.BANK);
    List<String> wrong = new ArrayList<>();
    for (Route route : routes) {
      String path = path(route, "rheinbank") + "?nonsense=1";
      boolean open = route.rule() instanceof Rule.Open;
      String[] headers = open ? new String[0] : new String[] {"Authorization", "Bearer " + token};
      Web.Answer answer = route.changes() ? web.post(path, "", headers) : web.get(path, headers);
      boolean said = answer.text().contains("nonsense");
      if (answer.status() != 400 || !said) {
        wrong.add(route + ": " + answer.status());
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void whatIsSentIsAFormToPagesAndJsonToPrograms() throws Exception {
    String token = cell.token(Role.AUDITOR, TestCell.BANK);
    String form = "application/x-www-form-urlencoded";
    for (Route route : routes.stream().filter(Route::changes).toList()) {
      boolean page = route.surface() == Surface.PAGE;
      for (String type :
          List.of(
              "text/plain", "text/xml", "multipart/form-data", page ? "application/json" : form)) {
        int status =
            web.post(
                    path(route, "rheinbank"),
                    "{}",
                    "Content-Type",
                    type,
                    "Authorization",
                    "Bearer " + token)
                .status();
        boolean reads = !route.path().equals("/sign-out");
        assertEquals(reads ? 415 : 303, status, route + " " + type);
      }
    }
  }

  @Test
  void everyRoleTakesTheRoutesOfItsPermissionsAndNoOther() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Role role : Role.values()) {
      String token = cell.token(role, TestCell.BANK);
      for (Route route : ofTenants()) {
        Permission wanted = ((Rule.OfTenant) route.rule()).permission();
        int status = take(route, "rheinbank", "Authorization", "Bearer " + token).status();
        boolean refused = status == 401 || status == 403;
        if (refused == role.grants(wanted) || status >= 500) {
          wrong.add(role + " " + route + " wants " + wanted + ": " + status);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void sendersReadNoEvent() throws Exception {
    String sender = cell.token(Role.INGEST, TestCell.BANK);
    for (Route route : ofTenants()) {
      if (route.surface() != Surface.TILE) {
        assertEquals(
            403,
            take(route, "rheinbank", "Authorization", "Bearer " + sender).status(),
            route.toString());
      }
    }
    assertEquals(403, web.getAs(sender, "/logs/rheinbank/tile/entries/000.p/1").status());
    assertEquals(403, web.getAs(sender, "/logs/rheinbank/entries/0").status());
    assertEquals(200, web.getAs(sender, "/logs/rheinbank/checkpoint").status());
  }

  @Test
  void aTokenForAllTenantsMeetsANameThatIsNone() throws Exception {
    String all = cell.tokenForAll(Role.VIEWER);
    assertEquals(404, web.getAs(all, "/api/v1/tenants/nobody-at-all/events").status());
    assertEquals(200, web.getAs(all, "/api/v1/tenants/colegio-atlantico/events").status());
  }

  @Test
  void aRevokedTokenOpensNothingFromThenOn() throws Exception {
    String token = cell.token(Role.VIEWER, new LogName("rheinbank"));
    assertEquals(200, web.getAs(token, "/api/v1/tenants/rheinbank/events").status());
    cell.tokens.revoke(cell.tokens.verify(token).orElseThrow().tokenId());
    assertEquals(401, web.getAs(token, "/api/v1/tenants/rheinbank/events").status());
    assertFalse(web.getAs(token, "/t/rheinbank/").text().contains("Contract against"));
  }
}
