package dev.cadastre.ledger.model;

/** What was to be read is damaged where it is stored. */
public final class RowsDamaged extends StorageFailure {
  private static final long serialVersionUID = 1L;

  public RowsDamaged(String message, Throwable cause) {
    super(message, cause);
  }
}
