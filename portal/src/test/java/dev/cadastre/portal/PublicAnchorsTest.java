package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cadastre.ledger.access.Role;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log of anchors is for every stranger, their browsers and caches included. */
class PublicAnchorsTest {
  private static TestCell cell;
  private static Web web;
  private static String partial;

  @BeforeAll
  static void open() throws Exception {
    cell = new TestCell();
    cell.adopt();
    cell.anchor();
    cell.anchor();
    web = new Web(cell.url());
    partial = ".p/" + cell.rooms.anchorsLog().size();
  }

  @AfterAll
  static void close() throws Exception {
    cell.close();
  }

  private static List<String> paths() {
    return List.of(
        "/anchors/checkpoint",
        "/anchors/tile/0/000" + partial,
        "/anchors/tile/entries/000" + partial,
        "/anchors/entries/1",
        "/anchors/entries/1/proof");
  }

  @Test
  void everybodyGetsTheSameAnswer() throws Exception {
    for (String path : paths()) {
      Web.Answer plain = web.get(path);
      assertEquals(200, plain.status(), path);
      assertEquals("*", plain.header("Access-Control-Allow-Origin"), path);
      assertEquals("cross-origin", plain.header("Cross-Origin-Resource-Policy"), path);
      assertEquals("Accept-Encoding", plain.header("Vary"), path);
      assertFalse(plain.header("Cache-Control").contains("private"), plain.toString());
      assertEquals("", plain.header("Set-Cookie"), path);
      Web.Answer stale =
          web.get(path, "Authorization", "Bearer stale", "Cookie", "cadastre=nobody");
      assertEquals(plain.text(), stale.text(), path);
      assertEquals(200, stale.status(), path);
    }
  }

  @Test
  void tilesAreKeptForGoodWhetherFullOrPartial() throws Exception {
    String token = cell.token(Role.AUDITOR, TestCell.BANK);
    long size = cell.ledger.reader(TestCell.BANK).size();
    for (String kind : List.of("0/000", "entries/000")) {
      Web.Answer ours = web.get("/anchors/tile/" + kind + partial);
      assertEquals("public, max-age=31536000, immutable", ours.header("Cache-Control"), kind);
      Web.Answer tenants = web.getAs(token, "/logs/rheinbank/tile/" + kind + ".p/" + size);
      assertEquals("private, max-age=31536000, immutable", tenants.header("Cache-Control"), kind);
      assertEquals("Accept-Encoding, Authorization, Cookie", tenants.header("Vary"), kind);
      assertEquals("", tenants.header("Access-Control-Allow-Origin"), kind);
    }
  }

  @Test
  void hashesAreNotCompressed() throws Exception {
    String token = cell.token(Role.AUDITOR, TestCell.BANK);
    for (int i = 0; i < 256; i++) {
      cell.adopt();
    }
    for (String path : List.of("tile/0/000", "tile/entries/000")) {
      Web.Answer answer =
          web.get(
              "/logs/rheinbank/" + path,
              "Authorization",
              "Bearer " + token,
              "Accept-Encoding",
              "gzip");
      assertEquals(200, answer.status());
      boolean entries = path.contains("entries");
      assertEquals(entries ? "gzip" : "", answer.header("Content-Encoding"), path);
    }
  }

  @Test
  void machinesAreRefusedInTheirOwnFormat() throws Exception {
    for (String path : List.of("/healthz", "/readyz", "/metrics")) {
      Web.Answer answer = web.post(path, "");
      assertEquals(405, answer.status());
      assertEquals("GET, HEAD", answer.header("Allow"), path);
      assertEquals("application/problem+json", answer.header("Content-Type"), path);
    }
  }
}
