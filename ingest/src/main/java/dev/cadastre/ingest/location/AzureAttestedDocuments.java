package dev.cadastre.ingest.location;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.LocationEvidence;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Attested documents of Azure's instance metadata service ({@code /metadata/attested/document}):
 * {@code {"encoding":"pkcs7","signature":"…"}}, or the signature alone. The document names no
 * region; the certificate that signed it does, as {@code <region>.metadata.azure.com}.
 */
final class AzureAttestedDocuments {
  private static final Pattern HOST =
      Pattern.compile("(?:([a-z0-9]+)\\.)?metadata\\.(azure\\.(com|us|cn)|microsoftazure\\.de)");
  private static final int DNS_NAME = 2;
  private static final Duration LIFETIME_MAX = Duration.ofDays(1);

  /** Such as {@code 11/28/18 00:16:17 -0000}. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM/dd/uu HH:mm:ss xx", Locale.ROOT);

  private final List<X509Certificate> anchors;
  private final Optional<String> nonce;

  AzureAttestedDocuments(TrustAnchors trust, Optional<String> nonce) {
    this.anchors = trust.azure();
    this.nonce = nonce;
  }

  Genuine appraise(Evidence evidence) throws Unproven {
    SignedMessage message = SignedMessage.parse(signature(evidence));
    byte[] content =
        message.content().orElseThrow(() -> new Unproven("the message has no document in it"));
    Document document = Document.read(content);
    X509Certificate signer = signer(message, content);
    if (!CertificatePaths.lead(signer, message.certificates(), anchors, document.created)) {
      throw new Unproven("no chain leads from the signer to a configured certificate");
    }
    if (nonce.isPresent() && !nonce.get().equals(document.nonce)) {
      throw new Unproven("the document has another nonce than the configured one");
    }
    return new Genuine(
        "azure",
        region(signer),
        Hash.sha256(content),
        document.created,
        document.expires,
        new LocationEvidence(
            EvidenceTimes.nanos(document.created),
            CertificatePaths.fingerprint(signer.getPublicKey()),
            evidence.sha256(),
            document.subject(),
            EvidenceType.AZURE.wire()));
  }

  private static byte[] signature(Evidence evidence) throws Unproven {
    if (!evidence.text().stripLeading().startsWith("{")) {
      return Encoded.message(evidence);
    }
    try {
      Json.Obj json = Json.parseObject(evidence.text().strip().getBytes(StandardCharsets.UTF_8));
      if (json.optStr("encoding").orElse("pkcs7").equals("pkcs7")) {
        return Encoded.base64(json.str("signature"));
      }
    } catch (Refused e) {
      // Said below, together with other encodings.
    }
    throw new Unproven("not of the form {\"encoding\":\"pkcs7\",\"signature\":\"…\"}");
  }

  private static X509Certificate signer(SignedMessage message, byte[] content) throws Unproven {
    for (X509Certificate one : message.certificates()) {
      if (message.names(one)) {
        if (message.signed(one.getPublicKey(), content)) {
          return one;
        }
        throw new Unproven("the document is not what was signed");
      }
    }
    throw new Unproven("the message does not bring its signer's certificate");
  }

  /** The one region that the certificate's names tell, all of which must be Azure's. */
  private static String region(X509Certificate signer) throws Unproven {
    Set<String> regions = new TreeSet<>();
    for (String name : names(signer)) {
      Matcher host = HOST.matcher(name.toLowerCase(Locale.ROOT));
      if (!host.matches()) {
        throw new Unproven("the signer's certificate is not a metadata service's");
      }
      if (host.group(1) != null) {
        regions.add(host.group(1));
      }
    }
    if (regions.size() != 1) {
      throw new Unproven(
          "genuine, but the signer's certificate names "
              + (regions.isEmpty() ? "no region" : "several regions"));
    }
    return regions.iterator().next();
  }

  private static Set<String> names(X509Certificate signer) throws Unproven {
    Set<String> names = new TreeSet<>();
    try {
      for (Rdn part : new LdapName(signer.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          names.add(String.valueOf(part.getValue()));
        }
      }
      Collection<List<?>> alternatives = signer.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> one : alternatives) {
          names.add(one.get(0).equals(DNS_NAME) ? String.valueOf(one.get(1)) : "");
        }
      }
    } catch (InvalidNameException | CertificateParsingException e) {
      throw new Unproven("the signer's certificate cannot be read");
    }
    return names;
  }

  private record Document(
      String vm, String subscription, String nonce, Instant created, Instant expires) {
    static Document read(byte[] content) throws Unproven {
      try {
        Json.Obj json = Json.parseObject(content);
        Json.Obj time = json.obj("timeStamp");
        Instant created = OffsetDateTime.parse(time.str("createdOn"), TIME).toInstant();
        Instant expires = OffsetDateTime.parse(time.str("expiresOn"), TIME).toInstant();
        if (Duration.between(created, expires).compareTo(LIFETIME_MAX) > 0) {
          throw new Unproven("the document lives longer than a day");
        }
        return new Document(
            json.str("vmId"),
            json.optStr("subscriptionId").orElse(""),
            json.optStr("nonce").orElse(""),
            created,
            expires);
      } catch (Refused | DateTimeParseException e) {
        throw new Unproven("what is signed is no attested document");
      }
    }

    /** The virtual machine, within its subscription where the document names that. */
    String subject() {
      return (subscription.isEmpty() ? "" : "/subscriptions/" + subscription)
          + "/virtualMachines/"
          + vm;
    }
  }
}
