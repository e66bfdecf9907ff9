package dev.cadastre.ledger.search.stored;

/** What a term is. The codes are stored; a code is never given to another type. */
public enum TermType {
  KIND(1),
  OUTCOME(2),
  RULE(3),
  NAME(4),
  ACTION(5),
  RESULT(6),
  ACTOR(7),
  TARGET(8),
  CATEGORY(9),
  PURPOSE(10),
  KEY(11),
  OPERATION(12),
  SERVICE(13),
  PLACE(14),
  CUSTODY(15),
  PROVIDER(16),
  REPEAT(17),
  /** {@link dev.cadastre.proof.detect.Alert.Kind}. */
  ALERT(18),
  /** What an alert is about. */
  SUBJECT(19),
  /** {@code Breach}. */
  BREACH(20),
  /** What came of a key's use: {@link dev.cadastre.formats.event.Attempt}. */
  ATTEMPT(21),
  /** Of a key's use: the version, and the role of who used it. */
  VERSION(22),
  ROLE(23),
  /** {@link dev.cadastre.formats.event.Side}. */
  SIDE(24);

  private final int code;

  TermType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
