package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.access.Role;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** An attestation that takes longer than a request may. */
class LongAttestationTest {
  private static final String API = "/api/v1/tenants/rheinbank/";

  private static Json.Obj json(Web.Answer answer) throws Exception {
    return Json.parseObject(answer.response().body());
  }

  @Test
  void goesOnWithoutWhoAskedAndIsThereWhenTheyLookAgain() throws Exception {
    try (TestCell cell = new TestCell()) {
      Week.live(cell);
      Web web = new Web(cell.url());
      String auditor = cell.token(Role.AUDITOR, TestCell.BANK);
      cell.attesting = new CountDownLatch(1);
      try {
        waitAndLookAgain(cell, web, auditor);
      } finally {
        cell.attesting.countDown();
      }
    }
  }

  private static void waitAndLookAgain(TestCell cell, Web web, String auditor) throws Exception {
    for (String path : List.of("residency?after=1&until=2", "attestations/2?after=1")) {
      Web.Answer asked = web.getAs(auditor, API + path);
      assertEquals(202, asked.status(), asked.toString());
      assertEquals(API + "attestations/2/progress?after=1", asked.header("Location"));
      assertEquals("2", asked.header("Retry-After"));
      assertEquals("computing", json(asked).str("state"));
    }
    Web.Answer page = web.getAs(auditor, "/t/rheinbank/residency?after=1&until=2");
    assertEquals(200, page.status());
    assertTrue(page.text().contains("Being computed"), page.text());
    assertEquals("2", page.header("Refresh"), "without JavaScript, too");

    String progress = API + "attestations/2/progress?after=1";
    Json.Obj computing = json(web.getAs(auditor, progress));
    assertEquals("computing", computing.str("state"));
    assertEquals(99, computing.integer("progress"), "all is read, and not signed");
    Json.Obj described = json(web.get("/api/openapi.json"));
    assertEquals(
        List.of(), new SchemaCheck(described).differences("AttestationProgress", computing));

    cell.attesting.countDown();
    assertEquals(200, web.getAs(auditor, API + "residency?after=1&until=2").status());
    Json.Obj ready = json(web.getAs(auditor, progress));
    assertEquals("ready", ready.str("state"));
    assertEquals(200, web.getAs(auditor, ready.str("attestation")).status());
    Web.Answer shown = web.getAs(auditor, "/t/rheinbank/residency?after=1&until=2");
    assertTrue(shown.text().contains("What it speaks of"), shown.text());
    assertEquals("", shown.response().headers().firstValue("Refresh").orElse(""));
  }
}
