package dev.cadastre.ingest.location;

import dev.cadastre.formats.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in files. */
public final class Certificates {
  private Certificates() {}

  /** All certificates of a PEM file, in its order; at least one. */
  public static List<X509Certificate> read(Path file) throws IOException, Refused {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new Refused(file + " has no certificate in it");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new Refused(file + " is no PEM file of certificates: " + e.getMessage(), e);
    }
  }
}
