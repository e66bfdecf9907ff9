package dev.cadastre.bench.load;

import java.io.IOException;

/** One connection of a sender to an OTLP server, used by one thread. */
interface Wire extends AutoCloseable {
  /**
   * Sends a request and waits for the answer: true if it was success, false if to try again later.
   *
   * @throws IOException if there was no answer, or another one
   */
  boolean export(byte[] request) throws IOException;

  /** Sends a request and hangs up without waiting for the answer. */
  void abandon(byte[] request) throws IOException;

  @Override
  void close() throws IOException;
}
