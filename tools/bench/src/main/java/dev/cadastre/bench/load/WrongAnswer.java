package dev.cadastre.bench.load;

/** A server answered what no server that works may answer; sending again would not help. */
final class WrongAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongAnswer(String message) {
    super(message);
  }
}
