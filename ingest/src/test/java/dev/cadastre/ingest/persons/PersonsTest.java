package dev.cadastre.ingest.persons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found of persons in texts, and what is not taken for them. */
class PersonsTest {
  private static final Persons PERSONS = Persons.but(Set.of());

  private static String masked(String text) {
    return PERSONS.replaced(text, found -> "X");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna.berg@example.com",
        "anna.berg+tag@mail.example.co.uk",
        "anna%40example.com",
        "o'neil_2@sub-domain.example",
        "müller@bücher.example",
        "anna@xn--bcher-kva.xn--p1ai",
        "+49 170 1234567",
        "+49 (0)170 1234567",
        "+491701234567",
        "+1-212-555-0123",
        "0049 30 1234567",
        "0171 2345678",
        "030/1234567",
        "(030) 1234567",
        "0171-2345678",
        "01 23 45 67 89",
        "020 7946 0018",
        "(212) 555-0123",
        "212-555-0123",
        "212.555.0123",
        "4111 1111 1111 1111",
        "4111111111111111",
        "5500-0000-0000-0004",
        "378282246310005",
        "3782 822463 10005",
        "6011111111111117",
        "3530111333300000",
        "2223003122003222",
        "DE89370400440532013000",
        "DE89 3704 0044 0532 0130 00",
        "GB82 WEST 1234 5698 7654 32",
        "FR1420041010050500013M02606",
        "de89370400440532013000",
        "de89 3704 0044 0532 0130 00",
        "gb82 west 1234 5698 7654 32",
        "fr1420041010050500013m02606",
        "123-45-6789",
        "86095742719",
        "12345678Z",
        "X1234567L",
        "1 85 05 78 006 084 91",
        "185057800608491",
        "RSSMRA85T10A562S",
        "AB123456C",
        "44051401359",
        "850709-9805",
        "131052-308T",
        "756.9217.0769.85",
        "93.05.18-223.61",
        "529.982.247-25"
      })
  void patternsOfPersonsAreFoundWhereverTheyStand(String person) {
    assertEquals("X", masked(person));
    assertEquals("of X, again", masked("of " + person + ", again"));
    assertEquals("id=X;", masked("id=" + person + ";"));
    assertEquals("[X]", masked("[" + person + "]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fraud-screening",
        "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:iam::210987654321:role/statements",
        "projects/p-1/locations/europe/keyRings/r/cryptoKeys/k/cryptoKeyVersions/12",
        "a@p.iam.gserviceaccount.com",
        "git@github.com",
        "postgres://app:pw@db.internal:5432/x",
        "ssh://deploy@build.example.com",
        "https://x@bedrock-runtime.us-east-1.amazonaws.com",
        "amqp://user:p%20w@mq.example.com/v",
        "getty@tty1.service",
        "logo@2x.png",
        "pkg@1.2.3",
        "repo/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "claude-3-5-sonnet-20240620",
        "gpt-4o-2024-08-06",
        "2026-03-02T08:15:30.123456789+01:00",
        "2026-03-02 13:00:00",
        "02/03/2026 10:15",
        "02-03-2026 10",
        "20260302-131500",
        "1772439330000000000",
        "1772439330000",
        "0af7651916cd43dd8448eb211c80319c",
        "446655440000",
        "550e8400-e29b-41d4-a716-446655440000",
        "12345678-1234-1234-1234-111111111111",
        "192.168.100.200",
        "198.51.100.7:4318",
        "2001:db8::8a2e:370:7334",
        "1.2.840.113549.1.1.11",
        "4.242424242424242",
        "v10.20.300",
        "api.openai.com:443",
        "4111111111111112",
        "DE88370400440532013000",
        "de88370400440532013000",
        "be742c2c9c8bf1f0",
        "ad40cf0b4959445e445287ba",
        "000-12-3456",
        "12345678A",
        "86095742718",
        "order 0815-4711-2026",
        "100%",
        "a %40 b",
        "person-abcdefghijklmnopabcdefgh",
        "12 345 678",
        "@",
        "+",
        "+49"
      })
  void whatIsNobodyStaysAsItIs(String text) {
    assertSame(text, masked(text));
    assertFalse(PERSONS.in(text));
  }

  @Test
  void severalInOneTextAreEachReplaced() {
    assertEquals("X wrote to X from X", masked("a@b.de wrote to c@d.fr from +49 170 1234567"));
    assertEquals("sftp://X@host.example/", masked("sftp://a@b.de@host.example/"));
    assertEquals("https://h.example/?to=X", masked("https://h.example/?to=a@b.de"));
    assertEquals("https://h.example?to=X", masked("https://h.example?to=a@b.de"));
    assertEquals("https://h.example/X", masked("https://h.example/a@b.de"));
    assertEquals("mailto:X", masked("mailto:a@b.de"));
    assertEquals("sftp://X@h.example", masked("sftp://a%40b.de@h.example"));
  }

  @Test
  void whatIsDeclaredToBeNobodyStays() {
    Persons persons = Persons.but(Set.of("support@acme.example"));
    assertFalse(persons.in("to support@acme.example"));
    assertTrue(persons.in("to support@acme.example and anna@acme.example"));
  }

  /** Ten times as long must not take a hundred times as long; a quadratic search takes hours. */
  @Test
  void theSearchTakesTimeInProportionToTheText() {
    for (String piece :
        new String[] {
          "@", "a@", "@a", "a.b@c.", "1", "1 ", "+1", "(0", "0 1", "A1", "AB12", "4-", "%40", "é@"
        }) {
      String text = piece.repeat(4_000_000 / piece.length());
      assertTimeoutPreemptively(Duration.ofSeconds(60), () -> masked(text), piece);
    }
  }

  @Test
  void anyTextEndsTheSearchAndIsOnlyMadeSafer() {
    Random random = new Random(22);
    String alphabet = "0123456789 +-./()@%4abzABZé_,:'\n";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(60); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String masked = PERSONS.replaced(text.toString(), found -> "~");
      assertEquals(PERSONS.in(text.toString()), !masked.equals(text.toString()), text::toString);
    }
  }
}
