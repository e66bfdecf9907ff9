package dev.cadastre.ingest.tls;

import java.nio.file.Path;

/**
 * What TLS is made of.
 *
 * @param certificate PEM: the server's certificate, then those between it and the root
 * @param key PEM: its private key, PKCS #8, PKCS #1 or SEC 1, not encrypted
 * @param clients whether senders show certificates
 */
public record TlsFiles(Path certificate, Path key, ClientCertificates clients) {}
