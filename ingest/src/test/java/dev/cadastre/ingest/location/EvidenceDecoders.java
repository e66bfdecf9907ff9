package dev.cadastre.ingest.location;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.fuzz.FuzzTarget;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What clouds sign of where a sender runs, and the directory of those who are trusted. Nothing is
 * genuine that was not signed.
 */
public final class EvidenceDecoders {
  /** Made only where a target signs with them: it takes a while. */
  static final class Signers {
    static final Issuer CLOUD = Issuer.root("CN=cloud");
    static final Issuer STRANGER = Issuer.root("CN=stranger");

    private Signers() {}
  }

  private static final String[] ASN1 = {"org.bouncycastle.asn1.**", "org.bouncycastle.cms.**"};

  private EvidenceDecoders() {}

  public static List<FuzzTarget> targets() {
    return List.of(
        FuzzTarget.of("evidence-aws", () -> new Aws()::decode)
            .seeds(Aws::seeds)
            .allows(Unproven.class)
            .instruments(ASN1)
            .bytesMax(16 << 10),
        FuzzTarget.of("evidence-gce", () -> new Gce()::decode)
            .seeds(Gce::seeds)
            .allows(Unproven.class),
        FuzzTarget.of("evidence-azure", () -> new Azure()::decode)
            .seeds(Azure::seeds)
            .allows(Unproven.class)
            .instruments(ASN1)
            .bytesMax(16 << 10),
        FuzzTarget.of("spiffe-id", () -> PeerDecoders::id)
            .seeds(PeerDecoders::ids)
            .allows(Refused.class),
        FuzzTarget.of("client-certificate", () -> new PeerDecoders.Certificates()::decode)
            .seeds(PeerDecoders.Certificates::seeds)
            .allows(CertificateException.class, CertificateParsingException.class, Unproven.class),
        FuzzTarget.of("location-trust", () -> new Directory()::decode)
            .seeds(Directory::seeds)
            .allows(Refused.class, IOException.class)
            .runs(2_000));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A certificate in PEM. */
  public static String certificatePem() throws IOException {
    Path file = Files.createTempFile("certificate", ".pem");
    Signers.CLOUD.writeCertificate(file);
    String pem = Files.readString(file);
    Files.delete(file);
    return pem;
  }

  private static void requireSigned(Genuine genuine, Set<Hash> statements) {
    assertTrue(statements.contains(genuine.statement()), "genuine though nobody signed it");
    assertTrue(!genuine.place(Registry.standard()).isEmpty());
  }

  /** Identity documents in PKCS #7; each is tried with a document beside it, too. */
  public static final class Aws {
    private static final byte[] DOCUMENT =
        utf8(
            """
            {"accountId":"123456789012","region":"eu-central-1","instanceId":"i-1","pendingTime":"2026-02-19T16:32:11Z"}""");

    private final AwsIdentityDocuments documents =
        new AwsIdentityDocuments(
            new TrustAnchors(
                Map.of("eu-central-1", List.of(Signers.CLOUD.certificate())),
                Map.of(),
                List.of(),
                Map.of()));
    private final Set<Hash> statements = Set.of(Hash.sha256(DOCUMENT));

    public void decode(byte[] input) throws Unproven {
      boolean beside = genuine(input, Optional.of(DOCUMENT));
      requireSigned(
          documents.appraise(new Evidence("aws-iid", input, Optional.empty())), statements);
      assertTrue(beside, "the signed document beside its signature makes it none");
    }

    private boolean genuine(byte[] input, Optional<byte[]> document) {
      try {
        requireSigned(documents.appraise(new Evidence("aws-iid", input, document)), statements);
        return true;
      } catch (Unproven e) {
        return false;
      }
    }

    public static List<byte[]> seeds() {
      byte[] der = Signers.CLOUD.pkcs7(DOCUMENT, true);
      String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
      return List.of(
          der,
          Signers.CLOUD.direct(DOCUMENT, true),
          Signers.CLOUD.direct(DOCUMENT, false),
          Signers.CLOUD.pkcs7(DOCUMENT, true, Signers.CLOUD.certificate()),
          Signers.STRANGER.pkcs7(DOCUMENT, true, Signers.STRANGER.certificate()),
          utf8(base64),
          utf8("-----BEGIN PKCS7-----\n" + base64 + "\n-----END PKCS7-----\n"),
          nested(8_000));
    }
  }

  /** SEQUENCEs of indefinite length one in the other: a reader must not follow them all the way. */
  private static byte[] nested(int depth) {
    byte[] der = new byte[2 * depth];
    for (int i = 0; i < depth; i++) {
      der[2 * i] = 0x30;
      der[2 * i + 1] = (byte) 0x80;
    }
    return der;
  }

  /** Identity tokens. */
  public static final class Gce {
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"JWT\"}";
    private static final String CLAIMS =
        """
        {"aud":"cell","exp":1772366400,"google":{"compute_engine":{"instance_id":"1","project_id":"p",\
        "zone":"europe-west3-a"}},"iat":1772364000,"iss":"https://accounts.google.com"}""";

    private final GceIdentityTokens tokens =
        new GceIdentityTokens(
            new TrustAnchors(
                Map.of(),
                Map.of("k1", (RSAPublicKey) Signers.CLOUD.certificate().getPublicKey()),
                List.of(),
                Map.of()),
            List.of("cell"));
    private final Set<Hash> statements =
        Set.of(statement(HEADER, CLAIMS), statement(HEADER, CLAIMS.replace("cell", "other")));

    private static Hash statement(String header, String claims) {
      return Hash.sha256(
          utf8(Issuer.base64url(utf8(header)) + "." + Issuer.base64url(utf8(claims))));
    }

    public void decode(byte[] input) throws Unproven {
      Evidence evidence = new Evidence("gce", input, Optional.empty());
      requireSigned(tokens.appraise(evidence), statements);
    }

    public static List<byte[]> seeds() {
      return List.of(
          utf8(Signers.CLOUD.token(HEADER, CLAIMS)),
          utf8(Signers.CLOUD.token(HEADER, CLAIMS.replace("cell", "other"))),
          utf8(Signers.CLOUD.token(HEADER, "{}")),
          utf8(Signers.CLOUD.token(HEADER.replace("RS256", "none"), CLAIMS)),
          utf8(Signers.STRANGER.token(HEADER, CLAIMS)));
    }
  }

  /** Attested documents. */
  public static final class Azure {
    private static final Issuer SERVICE =
        Signers.CLOUD.issue(
            Issuer.Wanted.of(
                "CN=metadata.azure.com", Issuer.dns("germanywestcentral.metadata.azure.com")));
    private static final byte[] DOCUMENT =
        utf8(
            """
            {"nonce":"n","subscriptionId":"s","timeStamp":{"createdOn":"03/01/26 11:59:00 -0000",\
            "expiresOn":"03/01/26 17:59:00 -0000"},"vmId":"v"}""");

    private final AzureAttestedDocuments documents =
        new AzureAttestedDocuments(
            new TrustAnchors(Map.of(), Map.of(), List.of(Signers.CLOUD.certificate()), Map.of()),
            Optional.empty());
    private final Set<Hash> statements = Set.of(Hash.sha256(DOCUMENT));

    public void decode(byte[] input) throws Unproven {
      Evidence evidence = new Evidence("azure", input, Optional.empty());
      requireSigned(documents.appraise(evidence), statements);
    }

    public static List<byte[]> seeds() {
      String base64 = Base64.getEncoder().encodeToString(SERVICE.asAzure(DOCUMENT));
      return List.of(
          utf8("{\"encoding\":\"pkcs7\",\"signature\":\"" + base64 + "\"}"),
          utf8(base64),
          SERVICE.pkcs7(DOCUMENT, true, SERVICE.certificate(), Signers.CLOUD.certificate()),
          Signers.STRANGER.pkcs7(DOCUMENT, true, Signers.STRANGER.certificate()),
          nested(8_000));
    }
  }

  /** The first byte chooses a file of the trust directory, the rest is its content. */
  public static final class Directory {
    private static final List<String> FILES =
        List.of("aws/eu-central-1.pem", "gce/jwks.json", "azure/ca.pem", "spiffe/acme.example.pem");

    private final Path directory = Files.createTempDirectory("anchors");

    public Directory() throws IOException {
      for (String file : FILES) {
        Files.createDirectories(directory.resolve(file).getParent());
      }
    }

    public void decode(byte[] input) throws IOException, Refused {
      int first = input.length == 0 ? 0 : input[0] & 0xff;
      Path file = directory.resolve(FILES.get(first % FILES.size()));
      Files.write(file, Arrays.copyOfRange(input, Math.min(1, input.length), input.length));
      try {
        TrustAnchors anchors = new TrustAnchorDirectory(directory).read();
        assertEquals(anchors, new TrustAnchorDirectory(directory).read());
      } finally {
        Files.delete(file);
      }
    }

    public static List<byte[]> seeds() throws IOException {
      List<byte[]> seeds = new ArrayList<>();
      for (int i = 0; i < FILES.size(); i++) {
        String text = i == 1 ? Signers.CLOUD.jwks("k1") : certificatePem();
        seeds.add(utf8((char) i + text));
      }
      return seeds;
    }
  }
}
