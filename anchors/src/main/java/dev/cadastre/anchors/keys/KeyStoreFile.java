package dev.cadastre.anchors.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code cell.p12} (PKCS#12, RFC 7292) and, beside it, {@code cell.password}. Both are readable by
 * their owner alone. The password file exists so that an unattended restart works; an operator who
 * wants the two apart moves it and links it back at start.
 */
final class KeyStoreFile {
  private static final String SIGNING = "signing";
  private static final String WRAPPING = "wrapping";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIR =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path dir;
  private final Path store;
  private final Path password;

  KeyStoreFile(Path dir) {
    this.dir = dir;
    this.store = dir.resolve("cell.p12");
    this.password = dir.resolve("cell.password");
  }

  /** Raw secrets, 32 bytes each. */
  @SuppressWarnings("ArrayRecordComponent") // held by CellKeys alone, never compared or printed
  record Secrets(byte[] signing, byte[] wrapping) {
    @Override
    public String toString() {
      return "Secrets[hidden]";
    }
  }

  Secrets loadOrCreate() throws IOException, KeyStoreDamaged {
    Files.createDirectories(dir, OWNER_ONLY_DIR);
    synchronized (KeyStoreFile.class) { // a file lock keeps out other processes, not other threads
      try (FileChannel lock =
          FileChannel.open(
              dir.resolve("lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              OWNER_ONLY)) {
        lock.lock(); // so that two processes starting on an empty directory agree on one key
        if (!Files.exists(store)) {
          create();
        }
        return load();
      }
    }
  }

  /** What is there, which must be all of it. */
  Secrets existing() throws IOException, KeyStoreDamaged {
    if (!Files.isDirectory(dir)) {
      throw new KeyStoreDamaged(dir + " is missing; put the cell's own keys back from a backup");
    }
    for (Path file : List.of(store, password)) {
      if (!Files.isRegularFile(file) || Files.size(file) == 0) {
        throw new KeyStoreDamaged(
            file
                + (Files.exists(file) ? " is empty" : " is missing")
                + "; put the cell's own keys back from a backup");
      }
    }
    return load();
  }

  private void create() throws IOException {
    try {
      char[] secret = newPassword();
      KeyStore keyStore = KeyStore.getInstance("PKCS12");
      keyStore.load(null, secret);
      for (String name : List.of(SIGNING, WRAPPING)) {
        KeyStore.SecretKeyEntry entry = new KeyStore.SecretKeyEntry(newSecret());
        keyStore.setEntry(name, entry, new KeyStore.PasswordProtection(secret));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      keyStore.store(bytes, secret);
      // The password first: a store without its password would look like a damaged one.
      writeDurably(password, new String(secret).getBytes(StandardCharsets.US_ASCII));
      writeDurably(store, bytes.toByteArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime cannot write PKCS#12", e);
    }
  }

  private Secrets load() throws IOException, KeyStoreDamaged {
    try {
      char[] secret = Files.readString(password, StandardCharsets.US_ASCII).strip().toCharArray();
      KeyStore keyStore = KeyStore.getInstance("PKCS12");
      keyStore.load(new ByteArrayInputStream(Files.readAllBytes(store)), secret);
      if (keyStore.getKey(SIGNING, secret) instanceof SecretKey signing
          && keyStore.getKey(WRAPPING, secret) instanceof SecretKey wrapping) {
        return new Secrets(signing.getEncoded(), wrapping.getEncoded());
      }
      throw new IOException("it lacks the entry '" + SIGNING + "' or '" + WRAPPING + "'");
    } catch (IOException | GeneralSecurityException e) {
      throw new KeyStoreDamaged(
          "cannot open "
              + store
              + " with the password in "
              + password.getFileName()
              + ": "
              + e.getMessage()
              + "; restore both files from a backup",
          e);
    }
  }

  /** PKCS#12 wants an algorithm's name with the bytes; these are 256 random bits. */
  private static SecretKeySpec newSecret() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return new SecretKeySpec(random, "AES");
  }

  private static char[] newPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random).toCharArray();
  }

  private static void writeDurably(Path target, byte[] content) throws IOException {
    Path draft = target.resolveSibling(target.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(draft, options, OWNER_ONLY)) {
      ByteBuffer remaining = ByteBuffer.wrap(content);
      while (remaining.hasRemaining()) {
        channel.write(remaining);
      }
      channel.force(true);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
