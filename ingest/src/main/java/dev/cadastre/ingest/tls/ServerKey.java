package dev.cadastre.ingest.tls;

import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.location.Certificates;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** A server's certificate and private key from PEM files. */
final class ServerKey {
  private static final char[] NO_PASSWORD = {};
  private static final byte[] PROBE = {1};

  private ServerKey() {}

  static KeyManager[] read(Path certificate, Path key) throws IOException, Refused {
    List<X509Certificate> chain = Certificates.read(certificate);
    PrivateKey privateKey = privateKey(key);
    if (!belong(privateKey, chain.get(0).getPublicKey())) {
      throw new Refused(key + " is not the key of the first certificate in " + certificate);
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("server", privateKey, NO_PASSWORD, chain.toArray(Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new Refused(key + " cannot be used for TLS: " + e.getMessage(), e);
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException, Refused {
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        if (part instanceof PrivateKeyInfo info) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
        if (part instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        }
      }
    } catch (java.nio.file.NoSuchFileException missing) {
      throw missing;
    } catch (IOException | RuntimeException e) {
      throw new Refused(file + " is no PEM file of a private key: " + e.getMessage(), e);
    }
    throw new Refused(file + " has no private key in it that is not encrypted");
  }

  /** Found out by signing: the keys may be of any kind. */
  private static boolean belong(PrivateKey privateKey, PublicKey publicKey) {
    String algorithm =
        switch (privateKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC", "ECDSA" -> "SHA256withECDSA";
          default -> privateKey.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
