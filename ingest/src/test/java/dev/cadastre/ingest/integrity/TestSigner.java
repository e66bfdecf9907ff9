package dev.cadastre.ingest.integrity;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A sender that signs its records. */
public final class TestSigner {
  private final String algorithm;
  private final Signs signs;
  private final String pem;

  private interface Signs {
    byte[] sign(byte[] message) throws GeneralSecurityException;
  }

  private TestSigner(String algorithm, Signs signs, String pem) {
    this.algorithm = algorithm;
    this.signs = signs;
    this.pem = pem;
  }

  public static TestSigner ed25519() throws GeneralSecurityException {
    return of("EdDSA", pair("Ed25519", NamedParameterSpec.ED25519), "Ed25519");
  }

  static TestSigner of(String algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case "EdDSA" -> ed25519();
      case "ES256 DER" -> of("ES256", p256(), "SHA256withECDSA");
      case "ES256 raw" -> of("ES256", p256(), "SHA256withECDSAinP1363Format");
      case "RS256" -> of("RS256", rsa(), "SHA256withRSA");
      default -> throw new IllegalArgumentException(algorithm);
    };
  }

  static TestSigner of(String algorithm, KeyPair pair, String jca) {
    return new TestSigner(
        algorithm, message -> sign(jca, pair.getPrivate(), message), pem(pair.getPublic()));
  }

  static TestSigner hmac(byte[] secret) {
    return new TestSigner(
        "HMAC-SHA256",
        message -> {
          Mac mac = Mac.getInstance("HmacSHA256");
          mac.init(new SecretKeySpec(secret, "HmacSHA256"));
          return mac.doFinal(message);
        },
        "");
  }

  static KeyPair p256() throws GeneralSecurityException {
    return pair("EC", new ECGenParameterSpec("secp256r1"));
  }

  static KeyPair rsa() throws GeneralSecurityException {
    return pair("RSA", new RSAKeyGenParameterSpec(2_048, BigInteger.valueOf(65_537)));
  }

  static KeyPair pair(String algorithm, AlgorithmParameterSpec parameters)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(parameters);
    return generator.generateKeyPair();
  }

  static byte[] sign(String jca, PrivateKey key, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(jca);
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  static String pem(PublicKey key) {
    return pem("PUBLIC KEY", key.getEncoded());
  }

  static String pem(String type, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }

  /** What the operator puts into a file to trust this sender. */
  public String pem() {
    return pem;
  }

  String algorithm() {
    return algorithm;
  }

  /** The Resource of its records. */
  public Resource resource() {
    return resource("");
  }

  Resource resource(String certificate) {
    Resource.Builder resource = Resource.newBuilder();
    resource.addAttributes(attribute("audit.integrity.algorithm", algorithm));
    resource.addAttributes(attribute("cloud.region", "eu-central-1"));
    if (!certificate.isEmpty()) {
      resource.addAttributes(attribute("audit.integrity.certificate", certificate));
    }
    return resource.build();
  }

  /** The record with its signature, in the draft's form. */
  public LogRecord sign(LogRecord record) throws GeneralSecurityException {
    return sign(
        record, new String(SignedForm.TYPED.bytes(record).orElseThrow(), StandardCharsets.UTF_8));
  }

  /** The record with a signature over that text. */
  LogRecord sign(LogRecord record, String text) throws GeneralSecurityException {
    byte[] signature = signs.sign(text.getBytes(StandardCharsets.UTF_8));
    return record.toBuilder()
        .addAttributes(
            attribute("audit.integrity.value", Base64.getEncoder().encodeToString(signature)))
        .build();
  }

  static KeyValue attribute(String name, String text) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(text))
        .build();
  }
}
