package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.proof.detect.Runs;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.pack.PackReader;
import dev.cadastre.proof.pack.PackVerifier;
import dev.cadastre.proof.pack.VerificationReport;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.tlog.TileProofs;
import dev.cadastre.proof.tlog.TlogProof;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The portal as programs use it, over a week of a bank's events. */
class PortalHttpTest {
  private static final String API = "/api/v1/tenants/rheinbank/";
  private static TestCell cell;
  private static Web web;
  private static String auditor;

  @BeforeAll
  static void open() throws Exception {
    cell = new TestCell();
    Week.live(cell);
    web = new Web(cell.url());
    auditor = cell.token(Role.AUDITOR, TestCell.BANK);
  }

  @AfterAll
  static void close() throws Exception {
    cell.close();
  }

  private static Json.Obj json(String path) throws Exception {
    Web.Answer answer = web.getAs(auditor, path);
    assertEquals(200, answer.status(), path + "\n" + answer);
    return Json.parseObject(answer.response().body());
  }

  private static List<RecordEvent> activities(String action) throws Exception {
    LogReader log = cell.ledger.reader(TestCell.BANK);
    List<RecordEvent> found = new ArrayList<>();
    for (long index = 0; index < log.size(); index++) {
      boolean wanted =
          EventCodec.decode(log.entry(index).eventBytes()) instanceof RecordEvent record
              && record.kind() == Kind.PORTAL_ACTIVITY
              && record
                  .attributes()
                  .string(Names.AUDIT_ACTION)
                  .equals(Optional.of("portal." + action));
      if (wanted) {
        found.add((RecordEvent) EventCodec.decode(log.entry(index).eventBytes()));
      }
    }
    return found;
  }

  @Test
  void tilesGiveTheRootOfTheCheckpoint() throws Exception {
    Checkpoint checkpoint =
        Checkpoint.of(
            SignedNote.parse(web.getAs(auditor, "/logs/rheinbank/checkpoint").response().body()));
    TileProofs tiles =
        new TileProofs(
            address -> {
              try {
                return web.getAs(auditor, "/logs/rheinbank/" + address.path()).response().body();
              } catch (java.io.IOException e) {
                throw new UncheckedIOException(e);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            checkpoint.size());
    assertEquals(checkpoint.root(), tiles.root());
  }

  @Test
  void tilesAreServedAsTheSpecificationSays() throws Exception {
    Web.Answer full = web.getAs(auditor, "/logs/rheinbank/tile/0/000");
    assertEquals("application/octet-stream", full.header("Content-Type"));
    assertEquals("private, max-age=31536000, immutable", full.header("Cache-Control"));
    assertEquals(256 * 32, full.response().body().length);
    Web.Answer partial = web.getAs(auditor, "/logs/rheinbank/tile/0/003.p/7");
    assertEquals("private, max-age=31536000, immutable", partial.header("Cache-Control"));
    Web.Answer checkpoint = web.get("/anchors/checkpoint");
    assertEquals("public, no-cache", checkpoint.header("Cache-Control"));
    Web.Answer own = web.getAs(auditor, "/logs/rheinbank/checkpoint");
    assertEquals("private, no-cache", own.header("Cache-Control"));
    assertTrue(checkpoint.header("Content-Type").startsWith("text/plain"), checkpoint.toString());
    assertEquals(200, web.get("/anchors/tile/entries/000.p/2").status());
  }

  @Test
  void anEntryComesWithItsExactBytesAndAProofThatVerifies() throws Exception {
    Entry entry = Entry.parse(web.getAs(auditor, "/logs/rheinbank/entries/77").response().body());
    assertArrayEquals(cell.ledger.reader(TestCell.BANK).entry(77).bytes(), entry.bytes());
    TlogProof proof =
        TlogProof.parse(web.getAs(auditor, "/logs/rheinbank/entries/77/proof").response().body());
    Checkpoint checkpoint = Checkpoint.of(proof.checkpoint());
    proof.inclusion().verify(entry.leafHash(), checkpoint.root());
    assertEquals("ledger.example/eu-de/rheinbank", checkpoint.origin());
  }

  @Test
  void aReceiptNamesTheEntryOfARecordEvenBeforeItIsIndexed() throws Exception {
    RecordEvent event =
        RecordEvent.builder(Kind.OTHER, "token/0badcafe").id("id/with slash").build();
    cell.append(TestCell.BANK, event, List.of());
    Json.Obj receipt = json("/logs/rheinbank/receipts/id/with%20slash");
    Entry entry = cell.ledger.reader(TestCell.BANK).entry(receipt.integer("index"));
    assertEquals(entry.leafHash(), Hash.ofHex(receipt.str("leafHash")));
    TlogProof proof =
        TlogProof.parse(receipt.str("proof").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(entry.index(), proof.index());
  }

  @Test
  void pagesOfEventsFollowEachOtherWithoutGapOrRepeat() throws Exception {
    Set<Long> seen = new HashSet<>();
    long last = Long.MAX_VALUE;
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      Json.Obj page =
          json(
              API
                  + "events?limit=97&kind=data.access"
                  + (cursor.get().isEmpty() ? "" : "&cursor=" + cursor.get()));
      for (Json.Obj event : page.objects("events")) {
        assertTrue(event.integer("index") < last, "newest first");
        last = event.integer("index");
        assertTrue(seen.add(last), "entry " + last + " came twice");
      }
      cursor = page.optStr("next");
    }
    assertEquals(json(API + "summary").obj("kinds").integer("data.access"), seen.size());
  }

  @Test
  void filtersNarrowTheListToWhatTheyName() throws Exception {
    assertEquals(4, json(API + "events?verdict=violation").objects("events").size());
    assertEquals(3, json(API + "events?place=aws:us-east-1").objects("events").size());
    assertEquals(
        8, json(API + "events?rule=exceptions.sanctions-screening").objects("events").size());
    assertEquals(
        9, json(API + "events?key=" + Week.REVOKED + "&result=denied").objects("events").size());
    assertEquals(0, json(API + "events?to=2026-11-13").objects("events").size());
    assertEquals(1, json(API + "events?text=acct/private").objects("events").size());
  }

  @Test
  void theSummaryCountsWhatTheListsHold() throws Exception {
    Json.Obj judged = json(API + "summary").obj("judged");
    assertEquals(4, judged.integer("violation"));
    assertEquals(8, judged.integer("exception"));
  }

  @Test
  void whatOrderShowsIsAViolationWhereverViolationsAreCounted() throws Exception {
    List<Long> attested = entries(json(API + "residency").objects("violations"));
    List<Long> listed = indexes(json(API + "events?verdict=violation").objects("events"));
    assertEquals(attested, listed);
    assertEquals(attested, indexes(json(API + "summary").objects("violations")));
    assertEquals(
        List.of(attested.get(3)),
        indexes(json(API + "events?alert=key.used-after-disable").objects("events")));
    assertEquals(
        "keys.disabled",
        json(API + "events?verdict=violation").objects("events").get(0).str("rule"));
  }

  private static List<Long> entries(List<Json.Obj> groups) throws Refused {
    SortedSet<Long> entries = new TreeSet<>();
    for (Json.Obj group : groups) {
      for (Runs.Run run : Runs.fromJson(group.arr("entries")).runs()) {
        LongStream.rangeClosed(run.first(), run.last()).forEach(entries::add);
      }
    }
    return List.copyOf(entries);
  }

  private static List<Long> indexes(List<Json.Obj> items) throws Refused {
    List<Long> indexes = new ArrayList<>();
    for (Json.Obj item : items) {
      indexes.add(item.integer("index"));
    }
    indexes.sort(null);
    return indexes;
  }

  @Test
  void aPeriodsAlertsAreThoseOfItsEntries() throws Exception {
    Json.Obj whole = json(API + "alerts");
    List<String> kinds = new ArrayList<>();
    for (Json.Obj alert : whole.objects("alerts")) {
      kinds.add(alert.str("kind"));
    }
    assertEquals(List.of("key.used-after-disable", "key.first-denial", "edge.cross-border"), kinds);
    assertEquals("keys.disabled", whole.objects("alerts").get(0).str("rule"));
    assertEquals(
        Week.ARCHIVE, whole.objects("alerts").get(0).objects("about").get(0).str("subject"));
    Json.Obj first = json(API + "alerts?until=1");
    assertEquals(1, first.objects("alerts").size(), first.toString());
    assertEquals(first.integer("to"), json(API + "alerts?after=1").integer("from"));
  }

  @Test
  void aDisabledKeyShowsItsTimeToRevoke() throws Exception {
    Json.Obj revocation = json(API + "keys/" + Week.REVOKED).objects("revocations").get(0);
    assertEquals(Long.toString(3600L * 1_000_000_000L), revocation.str("timeToRevokeNs"));
    assertEquals(0, revocation.integer("usesAfter"));
  }

  @Test
  void theAttestationIsSignedAndSaysWhatTheEntriesSay() throws Exception {
    int before = activities("attestation.download").size();
    Json.Obj said = json(API + "residency");
    assertEquals(4, said.obj("outcomes").integer("violation"), said.toString());
    Web.Answer envelope = web.getAs(auditor, API + "attestations/2?after=1");
    assertEquals(200, envelope.status(), envelope.toString());
    assertEquals(1, Json.parseObject(envelope.response().body()).objects("signatures").size());
    assertEquals(before + 1, activities("attestation.download").size());
    assertEquals(400, web.getAs(auditor, API + "attestations/1?after=2").status());
  }

  @Test
  void aPackIsBuiltFetchedAndVerified() throws Exception {
    Web.Answer asked = web.post(API + "packs", "", "Authorization", "Bearer " + auditor);
    assertEquals(202, asked.status(), asked.toString());
    String address = asked.header("Location");
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!json(address).str("state").equals("ready")) {
      int early = web.getAs(auditor, address + "/content").status();
      assertTrue(early == 425 || early == 200, "status " + early);
      assertTrue(System.nanoTime() < deadline, "the pack is not ready: " + json(address));
    }
    Web.Answer pack = web.getAs(auditor, address + "/content");
    assertEquals("application/zip", pack.header("Content-Type"));
    assertEquals(json(address).str("sha256"), Hash.sha256(pack.response().body()).hex());
    VerificationReport report =
        PackVerifier.verify(
            PackReader.of(pack.response().body(), PackLimits.STANDARD), Optional.empty());
    assertTrue(report.verified(), report.toString());
    assertFalse(activities("pack.download").isEmpty(), "the download is an entry");
    String school = cell.token(Role.AUDITOR, TestCell.SCHOOL);
    String elsewhere = address.replace("rheinbank", "colegio-atlantico");
    assertEquals(404, web.getAs(school, elsewhere).status(), "a pack of another tenant");
  }

  @Test
  void aLogWithoutAnchorHasNoPeriodToShow() throws Exception {
    TestCell young = new TestCell();
    try (young) {
      String token = young.token(Role.AUDITOR, TestCell.BANK);
      Web there = new Web(young.url());
      assertEquals(409, there.post(API + "packs", "", "Authorization", "Bearer " + token).status());
      assertEquals(409, there.getAs(token, API + "residency").status());
      for (String page :
          List.of("", "events", "keys", "residency", "policy", "packs", "events/0")) {
        Web.Answer answer = there.getAs(token, "/t/rheinbank/" + page);
        assertEquals(200, answer.status(), page + "\n" + answer);
      }
      assertEquals(200, there.get("/anchors").status());
    }
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() throws Exception {
    for (String path :
        List.of(
            "/", "/t/rheinbank/", "/api/openapi.json", "/nothing", "/logs/rheinbank/checkpoint")) {
      Web.Answer answer = web.get(path);
      String policy = answer.header("Content-Security-Policy");
      assertTrue(policy.startsWith("default-src 'none'"), path + "\n" + answer);
      assertFalse(policy.contains("unsafe"), policy);
      assertEquals("nosniff", answer.header("X-Content-Type-Options"), path);
      assertEquals("no-referrer", answer.header("Referrer-Policy"), path);
      assertEquals("same-origin", answer.header("Cross-Origin-Opener-Policy"), path);
      assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy"), path);
      assertFalse(answer.header("Permissions-Policy").isEmpty(), path);
      assertEquals("", answer.header("Server"), path);
    }
  }

  @Test
  void pagesUseNothingFromElsewhereAndNothingInline() throws Exception {
    for (String path :
        List.of(
            "",
            "events",
            "events/1",
            "events/449",
            "keys",
            "keys/" + Week.REVOKED,
            "residency",
            "policy",
            "packs")) {
      String page = web.getAs(auditor, "/t/rheinbank/" + path).text();
      assertFalse(
          page.contains(" style=") || page.contains("<style") || page.contains(" onclick="), path);
      assertFalse(page.matches("(?s).*(src|href)=\"(https?:)?//.*"), path);
    }
  }

  @Test
  void assetsAreKeptForGoodAndPagesAskedForAgain() throws Exception {
    String page = web.get("/").text();
    String asset = page.replaceAll("(?s).*href=\"(/assets/[^\"]+\\.css)\".*", "$1");
    Web.Answer css = web.get(asset, "Accept-Encoding", "gzip");
    assertEquals("public, max-age=31536000, immutable", css.header("Cache-Control"));
    assertEquals("gzip", css.header("Content-Encoding"));
    byte[] plain =
        new GZIPInputStream(new ByteArrayInputStream(css.response().body())).readAllBytes();
    assertTrue(plain.length > css.response().body().length);
    assertEquals(
        404, web.get(asset.replaceFirst("/assets/[0-9a-f]+", "/assets/000000000000")).status());
    Web.Answer home = web.get("/verify");
    assertEquals("private, no-cache", home.header("Cache-Control"));
    assertEquals(304, web.get("/verify", "If-None-Match", home.header("ETag")).status());
  }

  @Test
  void whatTheVerifierAnswersToScriptsIsToldWhereItIsExplained() throws Exception {
    String page = web.get("/verify").text();
    for (String said : List.of("--require-trust", ">0</th>", ">1</th>", ">2</th>", ">3</th>")) {
      assertTrue(page.contains(said), said);
    }
    assertTrue(page.contains("Without <code>--trust</code> this only means"), page);
  }

  @Test
  void theDescriptionOfTheApiNamesEveryRouteOfIt() throws Exception {
    Json.Obj paths = Json.parseObject(web.get("/api/openapi.json").response().body()).obj("paths");
    assertTrue(paths.has("/api/v1/tenants/{tenant}/events"));
    assertTrue(paths.obj("/api/v1/tenants/{tenant}/packs").has("post"));
    assertFalse(paths.has("/t/{tenant}/events"));
  }

  @Test
  void whatTheApiAnswersIsWhatItsDescriptionSays() throws Exception {
    Json.Obj description = Json.parseObject(web.get("/api/openapi.json").response().body());
    SchemaCheck schemas = new SchemaCheck(description);
    List<String> wrong = new ArrayList<>();
    Web.Answer pack = web.post(API + "packs", "", "Authorization", "Bearer " + auditor);
    wrong.addAll(schemas.differences("Pack", Json.parse(pack.response().body())));
    for (var one : description.obj("paths").members().entrySet()) {
      String path =
          one.getKey()
              .replace("{tenant}", "rheinbank")
              .replace("packs/{id}", "packs/" + pack.header("Location").replaceAll(".*/", ""))
              .replace("receipts/{id}", "receipts/" + "rec-1")
              .replace("persons/{id}", "persons/nobody")
              .replace("keys/{id}", "keys/" + Week.REVOKED)
              .replaceAll("[{](index|until)[}]", "1");
      Web.Answer answer = web.getAs(auditor, path.replace("{tile}", "0/000"));
      if (answer.header("Content-Type").contains("json")) {
        schemas
            .differences(((Json.Obj) one.getValue()).obj("get"), answer.status(), answer)
            .forEach(difference -> wrong.add(one.getKey() + ": " + difference));
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void healthIsPlain() throws Exception {
    assertEquals(200, web.get("/healthz").status());
    assertEquals(200, web.get("/readyz").status());
    String metrics = web.get("/metrics").text();
    assertTrue(metrics.contains("\ncadastre_accepting 1.0\n"), metrics);
    assertTrue(metrics.contains("cadastre_alerts_total{kind=\"key.first-denial\"} 1.0\n"), metrics);
    assertTrue(metrics.contains("cadastre_alerts_total{kind=\"sequence.gap\"} 0.0\n"), metrics);
    assertFalse(metrics.contains("rheinbank"), "figures name no tenant");
  }
}
