package dev.cadastre.anchors.keys;

/** The cell's key store exists but cannot be opened. The message names the file and what to do. */
public final class KeyStoreDamaged extends Exception {
  private static final long serialVersionUID = 1L;

  KeyStoreDamaged(String message) {
    super(message);
  }

  KeyStoreDamaged(String message, Throwable cause) {
    super(message, cause);
  }
}
