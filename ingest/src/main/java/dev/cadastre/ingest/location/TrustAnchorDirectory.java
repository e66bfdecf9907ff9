package dev.cadastre.ingest.location;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the operator's trust directory:
 *
 * <ul>
 *   <li>{@code aws/<region>.pem}: certificates that sign identity documents of that region
 *   <li>{@code gce/*.json}: Google's keys as JSON Web Key Sets (RFC 7517), such as {@code
 *       jwks.json}
 *   <li>{@code azure/*.pem}: certificates at which the chain of an attested document may end
 *   <li>{@code spiffe/<trust domain>.pem}: a trust domain's bundle
 * </ul>
 *
 * What is not there is not trusted; what is there and cannot be read is refused.
 */
final class TrustAnchorDirectory {
  private static final int RSA_BITS_MIN = 2048;

  private final Path directory;

  TrustAnchorDirectory(Path directory) {
    this.directory = directory;
  }

  TrustAnchors read() throws IOException, Refused {
    List<X509Certificate> azure = new ArrayList<>();
    certificates("azure").values().forEach(azure::addAll);
    Map<String, RSAPublicKey> gce = new TreeMap<>();
    for (Path file : files("gce", ".json")) {
      gce.putAll(keys(file));
    }
    return new TrustAnchors(certificates("aws"), gce, azure, certificates("spiffe"));
  }

  /** Certificates by the names of their files. */
  private Map<String, List<X509Certificate>> certificates(String folder)
      throws IOException, Refused {
    Map<String, List<X509Certificate>> found = new TreeMap<>();
    for (Path file : files(folder, ".pem")) {
      String name = file.getFileName().toString();
      found.put(name.substring(0, name.length() - ".pem".length()), Certificates.read(file));
    }
    return found;
  }

  private List<Path> files(String folder, String ending) throws IOException {
    Path path = directory.resolve(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> file.getFileName().toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Map<String, RSAPublicKey> keys(Path file) throws IOException, Refused {
    Map<String, RSAPublicKey> keys = new TreeMap<>();
    try {
      for (Json.Obj key : Json.parseObject(Files.readAllBytes(file)).objects("keys")) {
        if (key.str("kty").equals("RSA")) {
          keys.put(key.str("kid"), rsa(key));
        }
      }
    } catch (Refused | GeneralSecurityException | IllegalArgumentException e) {
      throw new Refused(file + " is no JSON Web Key Set: " + e.getMessage(), e);
    }
    return keys;
  }

  private static RSAPublicKey rsa(Json.Obj key) throws Refused, GeneralSecurityException {
    BigInteger modulus = number(key.str("n"));
    if (modulus.bitLength() < RSA_BITS_MIN) {
      throw new Refused("an RSA key of less than 2048 bits");
    }
    return (RSAPublicKey)
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(modulus, number(key.str("e"))));
  }

  private static BigInteger number(String base64url) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64url));
  }
}
