package dev.cadastre.ingest.integrity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Integrity;
import dev.cadastre.ledger.model.LogName;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Signatures on records, the keys they are held against, and the files that these come from. */
public final class KeyDecoders {
  private static final byte[] SECRET =
      "a secret of enough bytes to count".getBytes(StandardCharsets.UTF_8);
  private static final List<String> ENDINGS = List.of("pem", "crt", "hmac", "hmac64");

  private static List<TestSigner> signers = List.of();
  private static Keyring keyring = Keyring.EMPTY;

  private KeyDecoders() {}

  /** One signer of each algorithm, the same in all of a process. */
  private static synchronized List<TestSigner> signers() throws GeneralSecurityException {
    if (signers.isEmpty()) {
      signers =
          List.of(
              TestSigner.of("EdDSA"),
              TestSigner.of("ES256 DER"),
              TestSigner.of("ES256 raw"),
              TestSigner.of("RS256"),
              TestSigner.hmac(SECRET));
    }
    return signers;
  }

  /** Their keys. */
  public static synchronized Keyring keyring() {
    if (keyring.size() == 0) {
      try {
        Path directory = Files.createTempDirectory("keys");
        Path tenant = Files.createDirectory(directory.resolve("acme"));
        int number = 0;
        for (TestSigner signer : signers()) {
          boolean secret = signer.pem().isEmpty();
          Path file = tenant.resolve("key-" + number++ + (secret ? ".hmac" : ".pem"));
          Files.write(file, secret ? SECRET : signer.pem().getBytes(StandardCharsets.UTF_8));
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        keyring = new TrustedKeyDirectory(directory).of(new LogName("acme"));
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    return keyring;
  }

  private static LogRecord record(int number) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(1_714_041_600_000_000_001L)
        .setEventName("user.login")
        .addAttributes(TestSigner.attribute("audit.record.id", "r-" + number))
        .addAttributes(TestSigner.attribute("audit.actor.id", "svc"))
        .addAttributes(TestSigner.attribute("audit.actor.type", "service"))
        .addAttributes(TestSigner.attribute("audit.action", "login"))
        .addAttributes(TestSigner.attribute("audit.outcome", "success"))
        .build();
  }

  /** A request of each signer, with one signed record. */
  public static List<byte[]> signed() throws GeneralSecurityException {
    List<byte[]> requests = new ArrayList<>();
    int number = 0;
    for (TestSigner signer : signers()) {
      for (String reference : List.of("", "key-" + number)) {
        requests.add(
            ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                    ResourceLogs.newBuilder()
                        .setResource(signer.resource(reference))
                        .addScopeLogs(
                            ScopeLogs.newBuilder().addLogRecords(signer.sign(record(number)))))
                .build()
                .toByteArray());
      }
      number++;
    }
    return requests;
  }

  /** Nothing verifies that no signer signed, in whatever form. */
  public static final class Signatures {
    private final Set<String> statements = new HashSet<>();

    public Signatures() throws GeneralSecurityException {
      for (int i = 0; i < signers().size(); i++) {
        statements.addAll(forms(record(i)));
      }
    }

    private static List<String> forms(LogRecord record) {
      List<String> forms = new ArrayList<>();
      for (SignedForm form : SignedForm.values()) {
        form.bytes(record).ifPresent(bytes -> forms.add(new String(bytes, StandardCharsets.UTF_8)));
      }
      return forms;
    }

    public void decode(byte[] input) throws Refused {
      ExportLogsServiceRequest request = request(input);
      for (ResourceLogs logs : request.getResourceLogsList()) {
        for (ScopeLogs scope : logs.getScopeLogsList()) {
          scope.getLogRecordsList().forEach(record -> one(logs.getResource(), record));
        }
      }
    }

    private static ExportLogsServiceRequest request(byte[] input) throws Refused {
      try {
        return ExportLogsServiceRequest.parseFrom(input);
      } catch (InvalidProtocolBufferException e) {
        throw new Refused("no request", e);
      }
    }

    private void one(Resource resource, LogRecord record) {
      Optional<Integrity> found =
          RecordSignature.of(resource, record).map(signature -> signature.check(keyring()));
      if (found.isPresent() && found.get().status() == Integrity.Status.VERIFIED) {
        boolean known = forms(record).stream().anyMatch(statements::contains);
        assertTrue(known, "a signature that nobody made verifies");
      }
    }
  }

  /** The first byte chooses a file's ending, the rest is its content; no file is an accident. */
  public static final class TrustFiles {
    private final Path directory = Files.createTempDirectory("trust");
    private final Path tenant = Files.createDirectory(directory.resolve("acme"));

    public TrustFiles() throws IOException {}

    public void decode(byte[] input) throws IOException {
      int first = input.length == 0 ? 0 : input[0] & 0xff;
      Path file = tenant.resolve("key." + ENDINGS.get(first % ENDINGS.size()));
      Files.write(file, Arrays.copyOfRange(input, Math.min(1, input.length), input.length));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      try {
        Keyring keys = new TrustedKeyDirectory(directory).of(new LogName("acme"));
        for (Algorithm algorithm : Algorithm.values()) {
          for (TrustedKey key : keys.of(algorithm)) {
            assertTrue(keys.meantBy(key.name()).isPresent());
            key.verifies(input, input);
          }
        }
      } finally {
        Files.delete(file);
      }
    }

    public static List<byte[]> seeds() throws Exception {
      List<byte[]> seeds = new ArrayList<>();
      for (TestSigner signer : signers()) {
        seeds.add(file(0, signer.pem()));
      }
      seeds.add(file(1, certificate()));
      seeds.add(file(1, certificate() + certificate()));
      seeds.add(file(0, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
      seeds.add(file(2, new String(SECRET, StandardCharsets.UTF_8) + "\n"));
      seeds.add(file(3, Base64.getEncoder().encodeToString(SECRET)));
      return seeds;
    }

    private static byte[] file(int ending, String text) {
      return ((char) ending + text).getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String certificate() throws Exception {
    return dev.cadastre.ingest.location.EvidenceDecoders.certificatePem();
  }
}
