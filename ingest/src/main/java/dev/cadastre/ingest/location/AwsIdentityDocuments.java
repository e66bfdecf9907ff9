package dev.cadastre.ingest.location;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.LocationEvidence;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Amazon EC2 instance identity documents with their RSA-2048 signature ({@code
 * /latest/dynamic/instance-identity/rsa2048}, PKCS #7 with the document inside). Amazon signs in
 * each region with a key of that region, so the key proves the region; the document only repeats
 * it. The other two signatures are of no use: one is DSA with SHA-1, and the keys of both serve
 * many regions.
 */
final class AwsIdentityDocuments {
  private final Map<String, List<X509Certificate>> certificates;

  AwsIdentityDocuments(TrustAnchors trust) {
    this.certificates = trust.aws();
  }

  Genuine appraise(Evidence evidence) throws Unproven {
    SignedMessage message = SignedMessage.parse(Encoded.message(evidence));
    byte[] content = content(message, evidence);
    Document document = Document.read(content);
    Signer signer = signer(message, content, document.region);
    if (!signer.region.equals(document.region)) {
      throw new Unproven(
          "signed in region " + signer.region + ", but the document names another region");
    }
    return new Genuine(
        "aws",
        document.region,
        Hash.sha256(content),
        document.pending,
        signer.certificate.getNotAfter().toInstant(),
        new LocationEvidence(
            EvidenceTimes.nanos(document.pending),
            CertificatePaths.fingerprint(signer.certificate.getPublicKey()),
            evidence.sha256(),
            document.subject(),
            EvidenceType.AWS.wire()));
  }

  private static byte[] content(SignedMessage message, Evidence evidence) throws Unproven {
    Optional<byte[]> inside = message.content();
    Optional<byte[]> beside = evidence.document();
    if (inside.isPresent() && beside.isPresent() && !Arrays.equals(inside.get(), beside.get())) {
      throw new Unproven("the document beside the signature is not, byte for byte, the signed one");
    }
    return inside
        .or(() -> beside)
        .orElseThrow(() -> new Unproven("the signature is detached and no document came with it"));
  }

  private record Signer(String region, X509Certificate certificate) {}

  /** The certificate that the message names; where it names none of ours, the document's region. */
  private Signer signer(SignedMessage message, byte[] content, String region) throws Unproven {
    for (Map.Entry<String, List<X509Certificate>> of : certificates.entrySet()) {
      for (X509Certificate one : of.getValue()) {
        if (message.names(one) && message.signed(one.getPublicKey(), content)) {
          return new Signer(of.getKey(), one);
        }
      }
    }
    for (X509Certificate one : certificates.getOrDefault(region, List.of())) {
      if (message.signed(one.getPublicKey(), content)) {
        return new Signer(region, one);
      }
    }
    throw new Unproven(
        certificates.containsKey(region)
            ? "not signed by the key of the region that the document names"
            : "no certificate of the region that the document names is configured");
  }

  private record Document(String region, String account, String instance, Instant pending) {
    static Document read(byte[] content) throws Unproven {
      try {
        Json.Obj json = Json.parseObject(content);
        return new Document(
            json.str("region"),
            json.str("accountId"),
            json.str("instanceId"),
            Instant.parse(json.str("pendingTime")));
      } catch (Refused | DateTimeParseException e) {
        throw new Unproven("what is signed is no instance identity document");
      }
    }

    /** The instance's resource name; the partition follows from the region. */
    String subject() {
      String partition =
          region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
      return String.join(":", "arn", partition, "ec2", region, account, "instance/" + instance);
    }
  }
}
