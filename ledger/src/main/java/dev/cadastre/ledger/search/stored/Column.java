package dev.cadastre.ledger.search.stored;

import dev.cadastre.formats.event.Hop;

/**
 * The columns of a {@link BlockRows}: what a list shows of an entry. Times are unix nanoseconds;
 * everything else is the number of a term, 0 for none; {@link KeyStep}'s and {@code Repeat}'s code;
 * a hop's column is {@code place * }{@link #ASSURANCES}{@code + assurance}.
 */
public enum Column {
  TIME,
  RECEIVED,
  KIND,
  OUTCOME,
  RULE,
  NAME,
  ACTION,
  RESULT,
  ACTOR,
  TARGET,
  CATEGORY,
  PURPOSE,
  KEY,
  KEY_STEP,
  OPERATION,
  SERVICE,
  PROCESSING,
  STORAGE,
  EDGE,
  EGRESS,
  GATEWAY,
  BACKUP,
  OPERATOR,
  USER,
  KEY_PLACE,
  REPEAT,
  SIDE;

  public static final int COUNT = values().length;

  /** More than there are grades of assurance. */
  public static final int ASSURANCES = 8;

  public static Column of(Hop hop) {
    return switch (hop) {
      case PROCESSING -> PROCESSING;
      case STORAGE -> STORAGE;
      case EDGE -> EDGE;
      case EGRESS -> EGRESS;
      case GATEWAY -> GATEWAY;
      case BACKUP -> BACKUP;
      case OPERATOR -> OPERATOR;
      case USER -> USER;
      case KEY -> KEY_PLACE;
    };
  }
}
