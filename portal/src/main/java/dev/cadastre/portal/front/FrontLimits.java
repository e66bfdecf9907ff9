package dev.cadastre.portal.front;

import java.time.Duration;

/**
 * What the portal gives to requests before it knows who asks.
 *
 * @param bodyBytesMax size of a request's body; forms and requests for packs are all that is sent
 * @param bodyMax how long it may take to arrive
 * @param headersMax how long the headers may take, and a new connection until they came
 * @param idleMax how long a connection may be silent
 * @param writeMax how long a piece of an answer, some 32 KiB, may wait to be taken
 * @param connectionsMax how many may be open
 * @param requestsMax how many are answered at once
 * @param waitingMax how many wait for that; who comes then is asked to come again
 */
public record FrontLimits(
    int bodyBytesMax,
    Duration bodyMax,
    Duration headersMax,
    Duration idleMax,
    Duration writeMax,
    int connectionsMax,
    int requestsMax,
    int waitingMax) {
  public static final FrontLimits DEFAULT =
      new FrontLimits(
          64 << 10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          4_096,
          64,
          512);
}
