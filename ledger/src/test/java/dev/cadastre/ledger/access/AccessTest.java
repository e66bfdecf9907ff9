package dev.cadastre.ledger.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and sessions, at a clock that stands still until it is moved. */
final class AccessTest {
  private static final LogName BANK = new LogName("bank");
  private static final LogName SCHOOL = new LogName("school");

  @TempDir Path directory;
  private Instant now = Instant.parse("2026-11-21T10:00:00.123456789Z");
  private Tokens tokens;
  private Sessions sessions;

  @BeforeEach
  void open() {
    Database vault = SqliteDatabase.open(directory, Schema.VAULT);
    tokens = new Tokens(vault, () -> now, new SecureRandom(), AccessTest::mac);
    sessions = new Sessions(vault, () -> now, new SecureRandom(), AccessTest::mac);
  }

  /** Any function of a secret and the message; {@code CellKeys} has HMAC. */
  private static byte[] mac(byte[] message) {
    return Hash.sha256(
            ("a secret " + new String(message, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8))
        .bytes();
  }

  @AfterEach
  void close() {
    sessions.close();
    tokens.close();
  }

  private String viewer() {
    Optional<Duration> month = Optional.of(Duration.ofDays(30));
    return tokens.issue(Role.VIEWER, Optional.of(BANK), "for the bank", month);
  }

  @Test
  void aTokenNamesItsRoleAndGrantsItToItsTenantAlone() {
    String token = viewer();
    assertTrue(token.matches("cad_viewer_[A-Za-z0-9_-]{43}"), token);
    Principal principal = tokens.verify(token).orElseThrow();
    assertEquals(Role.VIEWER, principal.role());
    assertTrue(principal.may(Permission.READ_EVENTS, BANK));
    assertFalse(principal.may(Permission.READ_EVENTS, SCHOOL));
    assertFalse(principal.may(Permission.READ_EVENTS, LogName.CELL));
    assertFalse(principal.may(Permission.SEND, BANK));
    assertFalse(principal.mayInCell(Permission.READ_EVENTS));
    assertTrue(principal.sender().matches("token/[0-9a-f]{8}"), principal.sender());
  }

  @Test
  void anAllTenantsTokenReachesEveryLog() {
    String token = tokens.issue(Role.OPERATOR, Optional.empty(), "", Optional.empty());
    Principal operator = tokens.verify(token).orElseThrow();
    assertTrue(operator.may(Permission.ADMINISTER, SCHOOL));
    assertTrue(operator.mayInCell(Permission.ADMINISTER));
    assertFalse(operator.may(Permission.READ_PRIVATE, SCHOOL));
    assertFalse(operator.may(Permission.SEND, SCHOOL));
    String collector = tokens.issue(Role.INGEST, Optional.empty(), "", Optional.empty());
    Principal sender = tokens.verify(collector).orElseThrow();
    assertTrue(sender.may(Permission.SEND, SCHOOL));
    assertFalse(sender.may(Permission.SEND, LogName.CELL));
    assertFalse(sender.may(Permission.READ_EVENTS, SCHOOL));
  }

  @Test
  void textThatIsNoIssuedTokenIsNobodys() {
    String token = viewer();
    String other = token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
    String upper = token.toUpperCase(Locale.ROOT);
    String foreign = "cad_viewer_" + "é".repeat(43);
    for (String text :
        List.of("", "cad_", "cad_viewer_", other, token + "A", " " + token, upper, foreign)) {
      assertEquals(Optional.empty(), tokens.verify(text), text);
    }
    assertEquals(Optional.empty(), tokens.verify(token.replace("viewer", "operator")));
  }

  @Test
  void aTokenEndsWhenItExpiresOrIsRevoked() throws Refused {
    String token = viewer();
    String endless = tokens.issue(Role.INGEST, Optional.of(BANK), "collector", Optional.empty());
    now = now.plus(Duration.ofDays(30)).minusNanos(1);
    assertTrue(tokens.verify(token).isPresent());
    now = now.plusNanos(1);
    assertTrue(tokens.verify(token).isEmpty());
    String id = tokens.verify(endless).orElseThrow().tokenId();
    tokens.revoke(id);
    assertTrue(tokens.verify(endless).isEmpty());
    assertThrows(Refused.class, () -> tokens.revoke("00000000"));
    Token listed =
        tokens.list().stream()
            .filter(known -> known.principal().tokenId().equals(id))
            .findFirst()
            .orElseThrow();
    assertEquals(Optional.of(now), listed.revoked());
    assertEquals("collector", listed.label());
  }

  @Test
  void aSessionEndsWithItsTokenAndWithDisuseAndWithTime() throws Refused {
    Principal principal = tokens.verify(viewer()).orElseThrow();
    Session.Begun first = sessions.begin(principal);
    Session.Begun second = sessions.begin(principal);
    assertNotEquals(first.session().csrf(), second.session().csrf());
    assertEquals(Optional.of(first.session()), sessions.find(first.id()));
    assertEquals(Optional.empty(), sessions.find(first.session().csrf()));
    for (int hour = 1; hour <= 12; hour++) {
      now = now.plus(Sessions.IDLE).minusSeconds(1);
      assertTrue(sessions.find(first.id()).isPresent(), "in hour " + hour);
    }
    assertTrue(sessions.find(second.id()).isEmpty(), "was not used for an hour");
    now = now.plusSeconds(60);
    assertTrue(sessions.find(first.id()).isEmpty(), "is older than its life");
    Session.Begun third = sessions.begin(principal);
    tokens.revoke(principal.tokenId());
    assertTrue(sessions.find(third.id()).isEmpty(), "its token was revoked");
  }

  @Test
  void aSessionThatWasEndedIsGone() {
    Session.Begun begun = sessions.begin(tokens.verify(viewer()).orElseThrow());
    sessions.end(begun.id());
    assertEquals(Optional.empty(), sessions.find(begun.id()));
  }

  @Test
  void noFileHoldsATokenOrASessionId() throws IOException {
    String token = viewer();
    Session.Begun begun = sessions.begin(tokens.verify(token).orElseThrow());
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(content.contains(token.substring(token.length() - 43)), file.toString());
        assertFalse(content.contains(begun.id()), file.toString());
        assertFalse(content.contains(begun.session().csrf()), file.toString());
      }
    }
  }

  private void sql(String statement) throws Exception {
    try (Connection connection = SqliteDatabase.open(directory, Schema.VAULT).writer();
        Statement change = connection.createStatement()) {
      assertEquals(1, change.executeUpdate(statement), statement);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "role = 'operator'",
        "tenant = 'school'",
        "tenant = null",
        "label = 'another'",
        "created = created - 1",
        "expires = null",
        "expires = expires + 1",
        "digest = cast(iif(substr(digest, 1, 1) = x'00', x'01', x'00') || substr(digest, 2)"
            + " as blob)",
        "digest = cast(substr(digest, 1, 31) || iif(substr(digest, 32, 1) = x'00', x'01', x'00')"
            + " as blob)",
      })
  void aTokenWhoseRowWasChangedOpensNothing(String change) throws Exception {
    String token = viewer();
    Session.Begun session = sessions.begin(tokens.verify(token).orElseThrow());
    sql("update token set " + change);
    assertEquals(Optional.empty(), tokens.verify(token));
    assertEquals(Optional.empty(), sessions.find(session.id()), "nor does its session");
  }

  @Test
  void aRowThatWasCopiedFromAnothersTokenOpensNothing() throws Exception {
    String token = viewer();
    String operator = tokens.issue(Role.OPERATOR, Optional.empty(), "", Optional.empty());
    String id = tokens.verify(token).orElseThrow().tokenId();
    String other = tokens.verify(operator).orElseThrow().tokenId();
    sql("delete from token where id = '" + id + "'");
    sql("update token set id = '" + id + "' where id = '" + other + "'");
    assertEquals(Optional.empty(), tokens.verify(token));
    assertEquals(Optional.empty(), tokens.verify(operator));
  }

  @Test
  void aSessionThatWasMovedToAnotherTokenIsNone() throws Exception {
    Session.Begun session = sessions.begin(tokens.verify(viewer()).orElseThrow());
    String operator = tokens.issue(Role.OPERATOR, Optional.empty(), "", Optional.empty());
    String id = tokens.verify(operator).orElseThrow().tokenId();
    sql("update session set token_id = '" + id + "'");
    assertEquals(Optional.empty(), sessions.find(session.id()));
  }

  @Test
  void aSessionThatWasProlongedIsNone() throws Exception {
    Session.Begun session = sessions.begin(tokens.verify(viewer()).orElseThrow());
    sql("update session set expires = expires + 1");
    assertEquals(Optional.empty(), sessions.find(session.id()));
  }

  @Test
  void rowsThatAnotherCellSealedOpenNothing() {
    String token = viewer();
    Database vault = SqliteDatabase.open(directory, Schema.VAULT);
    try (Tokens elsewhere =
        new Tokens(vault, () -> now, new SecureRandom(), message -> Hash.sha256(message).bytes())) {
      assertEquals(Optional.empty(), elsewhere.verify(token));
    }
  }
}
