package dev.cadastre.ledger.model;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot be read or written, or holds something that it must not hold. Nothing the caller
 * sent is at fault: to a sender it is "try again later".
 */
public sealed class StorageFailure extends RuntimeException permits LogStopped, RowsDamaged {
  private static final long serialVersionUID = 1L;

  public StorageFailure(String message) {
    super(message);
  }

  public StorageFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
