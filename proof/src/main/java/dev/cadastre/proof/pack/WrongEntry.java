package dev.cadastre.proof.pack;

/**
 * An entry that is not as it should be.
 *
 * @param index its place in the log
 * @param what what is wrong with it, in plain words
 */
record WrongEntry(long index, String what) {
  /** One line for people. */
  String describe() {
    return "entry " + index + " " + what;
  }
}
