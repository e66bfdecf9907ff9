package dev.cadastre.ledger.store;

/** The three stores of a cell, each with its own life; on SQLite one file each. */
public enum Schema {
  /** The truth: insert only. Kept for good. */
  LEDGER("ledger", 0x43444c47),
  /** What may be destroyed: disclosures, tokens, sessions. */
  VAULT("vault", 0x43445654),
  /** What is derived and may be dropped and rebuilt. */
  INDEX("index", 0x43444958);

  private final String lowerName;
  private final int applicationId;

  Schema(String lowerName, int applicationId) {
    this.lowerName = lowerName;
    this.applicationId = applicationId;
  }

  /** The file's name within the cell's directory. */
  public String fileName() {
    return lowerName + ".db";
  }

  /**
   * What SQLite keeps in the file's header at offset 68, so that {@code file(1)} and we know whose
   * file it is.
   */
  public int applicationId() {
    return applicationId;
  }

  public String migrations() {
    return "classpath:migrations/" + lowerName;
  }

  /** Where on the class path a migration's file of that name is. */
  public String resource(String script) {
    return "migrations/" + lowerName + "/" + script;
  }
}
