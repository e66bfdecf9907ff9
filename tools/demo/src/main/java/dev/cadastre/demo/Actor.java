package dev.cadastre.demo;

/** Who did it. */
sealed interface Actor {
  /** What stands for it in a record. */
  String id();

  /** A machine, whose name stands in the log. */
  record Machine(String id) implements Actor {}

  /**
   * One of the people who run the service; no name of a person stands in the log.
   *
   * @param country from where they work
   */
  record Staff(String id, String country) implements Actor {}

  /**
   * Someone whom the service is for.
   *
   * @param country where they are when they look
   */
  record Visitor(String id, String country) implements Actor {}
}
