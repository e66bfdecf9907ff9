package dev.cadastre.ingest.location;

import static dev.cadastre.ingest.location.Appraising.genuine;
import static dev.cadastre.ingest.location.Appraising.rejected;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens as {@code …/service-accounts/default/identity?audience=…&format=full} gives them. */
class GceIdentityTokensTest {
  private static final Issuer GOOGLE =
      Issuer.root("CN=federated-signon.system.gserviceaccount.com");
  private static final Issuer STRANGER = Issuer.root("CN=stranger");
  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"JWT\"}";
  private static final long IAT = Issuer.NOW.getEpochSecond() - 60;

  private static final String CLAIMS =
      String.format(
          Locale.ROOT,
          """
      {"aud":"ledger.test/eu-de","azp":"1234567890","email":"sa@p.iam.gserviceaccount.com",\
      "email_verified":true,"exp":%d,"google":{"compute_engine":{\
      "instance_creation_timestamp":1767225600,"instance_id":"152986662232938449",\
      "instance_name":"example","project_id":"my-project","project_number":739419398126,\
      "zone":"europe-west3-a"}},"iat":%d,"iss":"https://accounts.google.com","sub":"1234567890"}""",
          IAT + 3600,
          IAT);

  @TempDir private Path directory;
  private Appraising appraising;
  private EvidenceAppraiser appraiser;

  @BeforeEach
  void open() throws Exception {
    appraising = new Appraising(directory);
    Issuer.write(appraising.trust.resolve("gce/jwks.json"), GOOGLE.jwks("k1"));
    appraiser = appraising.open();
  }

  private static Evidence token(String token) {
    return Evidence.of("gce-identity-token", token);
  }

  @Test
  void tokenForThisCellProvesTheZonesRegion() {
    Genuine genuine = genuine(appraiser, token(GOOGLE.token(HEADER, CLAIMS)));
    assertEquals("gcp:europe-west3", genuine.place(Registry.standard()));
    assertEquals(
        "//compute.googleapis.com/projects/my-project/zones/europe-west3-a/instances/"
            + "152986662232938449",
        genuine.evidence().subject());
    assertEquals(IAT * 1_000_000_000L, genuine.evidence().issued());
  }

  @Test
  void tokenExpires() {
    Evidence evidence = token(GOOGLE.token(HEADER, CLAIMS));
    genuine(appraiser, evidence);
    Instant end = Instant.ofEpochSecond(IAT + 3600);
    appraising.setNow(end.minusSeconds(1));
    genuine(appraiser, evidence);
    appraising.setNow(end);
    assertEquals("expired at " + end, rejected(appraiser, evidence));
    appraising.setNow(Instant.ofEpochSecond(IAT).minus(Duration.ofMinutes(2)));
    assertEquals("not valid before " + Instant.ofEpochSecond(IAT), rejected(appraiser, evidence));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ledger.test/eu-de | another.example | the token is meant for another audience than this cell",
        "https://accounts | https://accounts.evil | the token's issuer is not https://accounts.google.com",
        "europe-west3-a | moon | the token's zone is none",
        "\"zone\" | \"zonf\" | the token lacks a claim; ask the metadata server for format=full",
        "\"google\" | \"goggle\" | the token lacks a claim; ask the metadata server for format=full",
        "\"exp\":1 | \"exp\":2 | the token lives longer than an hour",
        "\"iat\":1 | \"iat\":-1 | a time lies outside of 1970 to 2262",
        "\"iat\" | \"iau\" | the token lacks a claim; ask the metadata server for format=full",
      })
  void claimsThatAreNotAsTheyShouldBeProveNothing(String was, String is, String why) {
    String claims = CLAIMS.replace(was, is);
    assertEquals(why, rejected(appraiser, token(GOOGLE.token(HEADER, claims))));
  }

  @Test
  void keyThatIsNotConfiguredProvesNothing() {
    assertEquals(
        "the token's signature is not Google's",
        rejected(appraiser, token(STRANGER.token(HEADER, CLAIMS))));
    String header = HEADER.replace("k1", "k2");
    assertEquals(
        "the token's key is not among the configured ones",
        rejected(appraiser, token(STRANGER.token(header, CLAIMS))));
  }

  @Test
  void alteredTokenProvesNothing() {
    String[] parts = GOOGLE.token(HEADER, CLAIMS).split("\\.");
    String claims = Issuer.base64url(Issuer.utf8(CLAIMS.replace("west3", "west1")));
    assertEquals(
        "the token's signature is not Google's",
        rejected(appraiser, token(parts[0] + "." + claims + "." + parts[2])));
  }

  @Test
  void theTokenDoesNotChooseItsAlgorithm() throws Exception {
    String none = Issuer.base64url(Issuer.utf8("{\"alg\":\"none\",\"kid\":\"k1\"}"));
    String claims = Issuer.base64url(Issuer.utf8(CLAIMS));
    String why = "the token's algorithm is not RS256";
    assertEquals(why, rejected(appraiser, token(none + "." + claims + ".")));
    assertEquals(why, rejected(appraiser, token(hs256(claims))));
    String ps256 = HEADER.replace("RS256", "PS256");
    assertEquals(why, rejected(appraiser, token(GOOGLE.token(ps256, CLAIMS))));
    String critical = "{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false,\"kid\":\"k1\"}";
    assertEquals(
        "the token demands extensions that are not known (crit)",
        rejected(appraiser, token(GOOGLE.token(critical, CLAIMS))));
  }

  /** The old confusion: a MAC whose secret is the public key. */
  private static String hs256(String claims) throws GeneralSecurityException {
    String header = Issuer.base64url(Issuer.utf8("{\"alg\":\"HS256\",\"kid\":\"k1\"}"));
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] secret = GOOGLE.certificate().getPublicKey().getEncoded();
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    byte[] tag = mac.doFinal(Issuer.utf8(header + "." + claims));
    return header + "." + claims + "." + Issuer.base64url(tag);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''            | not a JSON Web Token of three parts",
        "a.b           | not a JSON Web Token of three parts",
        "a.b.c.d       | not a JSON Web Token of three parts",
        "%.b.c         | not base64url without padding",
        "e30.e30.e30   | the token's header lacks alg or kid",
        "W10.e30.e30   | a part of the token is no JSON object",
      })
  void garbageProvesNothing(String token, String why) {
    assertEquals(why, rejected(appraiser, token(token)));
  }

  @Test
  void otherSpellingsOfATokenProveNothing() {
    String token = GOOGLE.token(HEADER, CLAIMS);
    assertEquals("not base64url without padding", rejected(appraiser, token(token + "==")));
  }

  @Test
  void keysThatAreRenewedCountWithinAMinute() throws Exception {
    Evidence evidence = token(STRANGER.token(HEADER.replace("k1", "k2"), CLAIMS));
    rejected(appraiser, evidence);
    Issuer.write(appraising.trust.resolve("gce/new.json"), STRANGER.jwks("k2"));
    appraising.setNow(Issuer.NOW.plusSeconds(61));
    genuine(appraiser, evidence);
  }
}
