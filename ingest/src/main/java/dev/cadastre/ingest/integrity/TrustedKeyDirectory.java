package dev.cadastre.ingest.integrity;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trusted keys in files: a directory a tenant. {@code NAME.pem} (also {@code .crt}, {@code .cer},
 * {@code .pub}) holds certificates or public keys in PEM (RFC 7468); {@code NAME.hmac} a secret as
 * it is, without the line break at its end; {@code NAME.hmac64} one in base64. Secrets must be
 * readable by their owner alone. A file that breaks these rules is reported and trusts nobody;
 * others count all the same. What changes there counts within seconds.
 */
public final class TrustedKeyDirectory implements TrustedKeys {
  private static final Logger LOG = LoggerFactory.getLogger(TrustedKeyDirectory.class);
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int FILE_BYTES_MAX = 1 << 20;

  /** Half of what RFC 7518 section 3.2 wants: shorter ones can be guessed from one record. */
  private static final int SECRET_BYTES_MIN = 16;

  private static final Pattern NAME =
      Pattern.compile("(.+)\\.(pem|crt|cer|pub|hmac|hmac64)", Pattern.CASE_INSENSITIVE);
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path directory;
  private final Map<LogName, Read> read = new ConcurrentHashMap<>();

  private record Read(long atNano, Keyring keys, Set<String> problems) {}

  /**
   * @param directory holds a directory of the tenant's name for each tenant whose keys are trusted;
   *     need not exist
   */
  public TrustedKeyDirectory(Path directory) {
    this.directory = directory;
  }

  @Override
  public Keyring of(LogName tenant) {
    Read known = read.get(tenant);
    if (known != null && System.nanoTime() - known.atNano < FRESH.toNanos()) {
      return known.keys;
    }
    return read.merge(tenant, read(tenant), (before, now) -> reported(tenant, before, now)).keys;
  }

  /** The same problem is told once, not every few seconds. */
  private static Read reported(LogName tenant, Read before, Read now) {
    Set<String> fresh = new TreeSet<>(now.problems);
    fresh.removeAll(before.problems);
    fresh.forEach(problem -> LOG.warn("trusted keys of tenant {}: {}", tenant, problem));
    return now;
  }

  private Read read(LogName tenant) {
    List<TrustedKey> keys = new ArrayList<>();
    Set<String> problems = new TreeSet<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory.resolve(tenant.value()))) {
      for (Path file : files) {
        file(file, keys, problems);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return new Read(System.nanoTime(), Keyring.EMPTY, Set.of());
    } catch (IOException e) {
      problems.add("cannot be read: " + e.getMessage());
    }
    return new Read(System.nanoTime(), new Keyring(keys), problems);
  }

  private static void file(Path file, List<TrustedKey> keys, Set<String> problems) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches() || name.group(1).startsWith(".")) {
      return;
    }
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new Refused("more than " + FILE_BYTES_MAX + " bytes");
      }
      byte[] content = Files.readAllBytes(file);
      switch (name.group(2).toLowerCase(Locale.ROOT)) {
        case "hmac" -> keys.add(secret(file, name.group(1), withoutLineBreak(content)));
        case "hmac64" -> keys.add(secret(file, name.group(1), base64(content)));
        default -> keys.addAll(pem(name.group(1), content));
      }
    } catch (IOException | Refused e) {
      problems.add(file.getFileName() + ": " + e.getMessage());
    }
  }

  private static TrustedKey secret(Path file, String name, byte[] secret)
      throws IOException, Refused {
    Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
    open.retainAll(Files.getPosixFilePermissions(file));
    if (!open.isEmpty()) {
      throw new Refused("others may read the secret; chmod it to 600");
    }
    if (secret.length < SECRET_BYTES_MIN) {
      throw new Refused("expected a secret of " + SECRET_BYTES_MIN + " bytes or more");
    }
    return new TrustedKey.Shared(name, new SecretKeySpec(secret, "HmacSHA256"));
  }

  private static byte[] withoutLineBreak(byte[] content) {
    int end = content.length;
    if (end > 0 && content[end - 1] == '\n') {
      end--;
    }
    if (end > 0 && content[end - 1] == '\r') {
      end--;
    }
    return Arrays.copyOf(content, end);
  }

  private static byte[] base64(byte[] content) throws Refused {
    try {
      return Base64.getDecoder().decode(new String(content, StandardCharsets.US_ASCII).strip());
    } catch (IllegalArgumentException e) {
      throw new Refused("expected base64", e);
    }
  }

  private static List<TrustedKey> pem(String name, byte[] content) throws Refused {
    List<TrustedKey> keys = new ArrayList<>();
    String text = new String(content, StandardCharsets.US_ASCII);
    try (PemReader blocks = new PemReader(new StringReader(text))) {
      for (PemObject one = blocks.readPemObject(); one != null; one = blocks.readPemObject()) {
        byte[] der = one.getContent();
        switch (one.getType()) {
          case "CERTIFICATE" -> keys.add(TrustedKey.Certified.of(name, certificate(der)));
          case "PUBLIC KEY" -> keys.add(TrustedKey.Bare.of(name, publicKey(der)));
          default ->
              throw new Refused("expected CERTIFICATE or PUBLIC KEY, found " + one.getType());
        }
      }
    } catch (IOException | DecoderException e) {
      throw new Refused("expected PEM: " + e.getMessage(), e);
    }
    if (keys.isEmpty()) {
      throw new Refused("expected certificates or public keys in PEM, found none");
    }
    return keys;
  }

  private static X509Certificate certificate(byte[] der) throws Refused {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new Refused("expected an X.509 certificate: " + e.getMessage(), e);
    }
  }

  private static PublicKey publicKey(byte[] der) throws Refused {
    for (String algorithm : List.of("Ed25519", "EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
      } catch (GeneralSecurityException e) {
        // Another algorithm's.
      }
    }
    throw new Refused("expected a public key of Ed25519, P-256 or RSA");
  }
}
