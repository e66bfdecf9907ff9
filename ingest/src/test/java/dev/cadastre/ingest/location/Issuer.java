package dev.cadastre.ingest.location;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key with its certificate, and what can be signed with it: what clouds and authorities do. */
public record Issuer(PrivateKey key, X509Certificate certificate) {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant FROM = NOW.minus(Duration.ofDays(30));
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(3_650));

  /** Names and times of a certificate that is to be issued. */
  public record Wanted(String subject, Instant from, Instant until, List<GeneralName> names) {
    public static Wanted of(String subject, GeneralName... names) {
      return new Wanted(subject, FROM, UNTIL, List.of(names));
    }
  }

  public static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  public static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An authority that vouches for itself. */
  public static Issuer root(String name) {
    KeyPair keys = keys();
    return new Issuer(
        keys.getPrivate(),
        certificate(new X500Name(name), keys.getPrivate(), keys, Wanted.of(name), true));
  }

  /** A certificate of a workload or a service, signed by this one. */
  public Issuer issue(Wanted wanted) {
    return issue(wanted, false);
  }

  /** A certificate that may sign others. */
  public Issuer intermediate(String name) {
    return issue(Wanted.of(name), true);
  }

  private Issuer issue(Wanted wanted, boolean authority) {
    KeyPair keys = keys();
    X500Name by = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    return new Issuer(keys.getPrivate(), certificate(by, key, keys, wanted, authority));
  }

  private static X509Certificate certificate(
      X500Name by, PrivateKey byKey, KeyPair keys, Wanted wanted, boolean authority) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              by,
              new BigInteger(64, new java.security.SecureRandom()).add(BigInteger.ONE),
              Date.from(wanted.from),
              Date.from(wanted.until),
              new X500Name(wanted.subject),
              keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
      if (!wanted.names.isEmpty()) {
        GeneralName[] names = wanted.names.toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(byKey)));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A PKCS #7 message as OpenSSL makes them, with signed attributes. */
  public byte[] pkcs7(byte[] content, boolean enveloped, X509Certificate... along) {
    return pkcs7(content, enveloped, false, along);
  }

  /** One without signed attributes. */
  public byte[] direct(byte[] content, boolean enveloped, X509Certificate... along) {
    return pkcs7(content, enveloped, true, along);
  }

  private byte[] pkcs7(
      byte[] content, boolean enveloped, boolean direct, X509Certificate... along) {
    try {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSimpleSignerInfoGeneratorBuilder()
              .setDirectSignature(direct)
              .build("SHA256withRSA", key, certificate));
      generator.addCertificates(new JcaCertStore(Arrays.asList(along)));
      return generator.generate(new CMSProcessableByteArray(content), enveloped).getEncoded();
    } catch (GeneralSecurityException | OperatorCreationException | CMSException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A message as Azure writes them: the digest's algorithm is given as the signature's. */
  public byte[] asAzure(byte[] content) {
    try {
      ContentInfo info = ContentInfo.getInstance(direct(content, true, certificate));
      SignedData data = SignedData.getInstance(info.getContent());
      SignerInfo signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
      AlgorithmIdentifier odd =
          new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.113549.1.1.11"));
      SignerInfo changed =
          new SignerInfo(
              signer.getSID(),
              odd,
              (org.bouncycastle.asn1.ASN1Set) null,
              new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.113549.1.1.1")),
              new DEROctetString(signer.getEncryptedDigest().getOctets()),
              null);
      SignedData all =
          new SignedData(
              new DERSet(odd),
              data.getEncapContentInfo(),
              data.getCertificates(),
              null,
              new DERSet(new ASN1Encodable[] {changed}));
      return new ContentInfo(info.getContentType(), all).getEncoded("DER");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON Web Token. */
  public String token(String header, String payload) {
    String signed = base64url(utf8(header)) + "." + base64url(utf8(payload));
    return signed + "." + base64url(sign(utf8(signed)));
  }

  private byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A JSON Web Key Set of this key alone. */
  public String jwks(String kid) {
    RSAPublicKey rsa = (RSAPublicKey) certificate.getPublicKey();
    return String.format(
        Locale.ROOT,
        """
        {"keys":[{"kty":"RSA","alg":"RS256","use":"sig","kid":"%s","n":"%s","e":"%s"}]}""",
        kid,
        base64url(unsigned(rsa.getModulus())),
        base64url(unsigned(rsa.getPublicExponent())));
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Writes the certificate, and those after it, to a PEM file. */
  public void writeCertificate(Path file, Issuer... more) throws IOException {
    StringBuilder pem = new StringBuilder(pem(certificate));
    for (Issuer one : more) {
      pem.append(pem(one.certificate));
    }
    write(file, pem.toString());
  }

  /** Writes the private key, PKCS #8, to a PEM file. */
  public void writeKey(Path file) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    write(file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
  }

  public static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String pem(Object what) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(what);
    }
    return text.toString();
  }
}
