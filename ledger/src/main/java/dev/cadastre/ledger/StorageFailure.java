package dev.cadastre.ledger;

/**
 * The store cannot be read or written, or holds something that it must not hold. Nothing the caller
 * sent is at fault: to a sender it is "try again later".
 */
public final class StorageFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StorageFailure(String message) {
    super(message);
  }

  public StorageFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
