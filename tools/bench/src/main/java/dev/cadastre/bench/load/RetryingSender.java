package dev.cadastre.bench.load;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A sender as exporters are: one request after the other, each sent again, unchanged, until it is
 * answered with success. Now and then it loses patience, hangs up and sends again at once, so that
 * the server sees both copies.
 */
public final class RetryingSender implements Callable<RetryingSender> {
  private static final int[] SIZES = {1, 1, 2, 3, 8, 32, 128, 512};
  private static final int IMPATIENCE = 40;
  private static final long BACK_OFF_NS = 5_000_000;

  private final ServerGate gate;
  private final Sent sent;
  private final String token;
  private final boolean grpc;
  private final Random random;
  private final PreparedRequest[] requests = new PreparedRequest[SIZES.length];
  private @Nullable Wire wire;

  /**
   * @param seed decides what is sent, and when the sender loses patience
   */
  public RetryingSender(ServerGate gate, Sent sent, String token, boolean grpc, int seed) {
    this.gate = gate;
    this.sent = sent;
    this.token = token;
    this.grpc = grpc;
    this.random = new Random(seed);
    Arrays.setAll(requests, i -> new PreparedRequest(SIZES[i], random.nextInt(10_000)));
  }

  /** Sends until the gate says that it is enough. */
  @Override
  public RetryingSender call() throws InterruptedException {
    try {
      while (!gate.finishing()) {
        byte[] request = sent.next(requests[random.nextInt(requests.length)]);
        while (!attempt(request)) {
          LockSupport.parkNanos(BACK_OFF_NS);
        }
        sent.acknowledge();
      }
    } finally {
      hangUp();
    }
    return this;
  }

  private boolean attempt(byte[] request) throws InterruptedException {
    ServerGate.Server server = gate.pass();
    try {
      Wire open = wire != null ? wire : connect(server);
      wire = open;
      if (random.nextInt(IMPATIENCE) == 0) {
        open.abandon(request);
        wire = null;
        return false;
      }
      return open.export(request);
    } catch (IOException broken) {
      hangUp();
      return false;
    }
  }

  private Wire connect(ServerGate.Server server) throws IOException {
    return grpc ? new GrpcWire(server.grpc(), token) : new HttpWire(server.http(), token);
  }

  private void hangUp() {
    Wire open = wire;
    wire = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (IOException alreadyBroken) {
      // It is not used again either way.
    }
  }
}
