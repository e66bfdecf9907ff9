package dev.cadastre.ingest.location;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.LocationEvidence;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Identity tokens of Google Compute Engine's metadata server, asked for with {@code format=full}:
 * JSON Web Tokens (RFC 7519) that Google signs with RS256. The audience is what binds a token to
 * this cell.
 */
final class GceIdentityTokens {
  private static final String ISSUER = "https://accounts.google.com";
  private static final Duration LIFETIME_MAX = Duration.ofHours(1);
  private static final Pattern ZONE = Pattern.compile("([a-z]+-[a-z]+[0-9]+)-[a-z]");

  private final Map<String, RSAPublicKey> keys;
  private final List<String> audiences;

  GceIdentityTokens(TrustAnchors trust, List<String> audiences) {
    this.keys = trust.gce();
    this.audiences = audiences;
  }

  Genuine appraise(Evidence evidence) throws Unproven {
    String[] parts = evidence.text().strip().split("\\.", -1);
    if (parts.length != 3) {
      throw new Unproven("not a JSON Web Token of three parts");
    }
    byte[] signed = (parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII);
    RSAPublicKey key = key(json(parts[0]));
    if (!verifies(key, signed, Encoded.base64url(parts[2]))) {
      throw new Unproven("the token's signature is not Google's");
    }
    return genuine(evidence, Hash.sha256(signed), key, json(parts[1]));
  }

  private static Json.Obj json(String part) throws Unproven {
    try {
      return Json.parseObject(Encoded.base64url(part));
    } catch (Refused e) {
      throw new Unproven("a part of the token is no JSON object");
    }
  }

  /** The algorithm is ours to choose; a token that names another is refused, not obeyed. */
  private RSAPublicKey key(Json.Obj header) throws Unproven {
    try {
      if (!header.str("alg").equals("RS256")) {
        throw new Unproven("the token's algorithm is not RS256");
      }
      if (header.has("crit")) {
        throw new Unproven("the token demands extensions that are not known (crit)");
      }
      RSAPublicKey key = keys.get(header.str("kid"));
      if (key == null) {
        throw new Unproven("the token's key is not among the configured ones");
      }
      return key;
    } catch (Refused e) {
      throw new Unproven("the token's header lacks alg or kid");
    }
  }

  private static boolean verifies(RSAPublicKey key, byte[] signed, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private Genuine genuine(Evidence evidence, Hash statement, RSAPublicKey key, Json.Obj claims)
      throws Unproven {
    try {
      if (!claims.str("iss").equals(ISSUER)) {
        throw new Unproven("the token's issuer is not " + ISSUER);
      }
      if (!audiences.contains(claims.str("aud"))) {
        throw new Unproven("the token is meant for another audience than this cell");
      }
      Instant issued = EvidenceTimes.ofSeconds(claims.integer("iat"));
      Instant expires = EvidenceTimes.ofSeconds(claims.integer("exp"));
      if (Duration.between(issued, expires).compareTo(LIFETIME_MAX) > 0) {
        throw new Unproven("the token lives longer than an hour");
      }
      Json.Obj engine = claims.obj("google").obj("compute_engine");
      return new Genuine(
          "gcp",
          region(engine.str("zone")),
          statement,
          issued,
          expires,
          new LocationEvidence(
              EvidenceTimes.nanos(issued),
              CertificatePaths.fingerprint(key),
              evidence.sha256(),
              subject(engine),
              EvidenceType.GCE.wire()));
    } catch (Refused e) {
      throw new Unproven("the token lacks a claim; ask the metadata server for format=full");
    }
  }

  private static String region(String zone) throws Unproven {
    var parts = ZONE.matcher(zone.substring(zone.lastIndexOf('/') + 1));
    if (!parts.matches()) {
      throw new Unproven("the token's zone is none");
    }
    return parts.group(1);
  }

  /** The instance's full resource name. */
  private static String subject(Json.Obj engine) throws Refused {
    String zone = engine.str("zone");
    return "//compute.googleapis.com/projects/"
        + engine.str("project_id")
        + "/zones/"
        + zone.substring(zone.lastIndexOf('/') + 1)
        + "/instances/"
        + engine.str("instance_id");
  }
}
