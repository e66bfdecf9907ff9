package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.ingest.grpc.OtlpGrpcServer;
import dev.cadastre.ingest.http.OtlpHttpServer;
import dev.cadastre.ingest.integrity.TrustedKeys;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the servers listen. */
class ListeningTest {
  private final Intake intake =
      new Intake(
          new StubSink(),
          token -> Optional.empty(),
          TrustedKeys.NONE,
          IngestSettings.DEFAULT,
          new IngestMetrics(),
          new SecureRandom());

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Test
  void portThatIsTakenIsSaidToBe() throws Exception {
    try (OtlpHttpServer http = OtlpHttpServer.start(at(0), intake)) {
      InetSocketAddress taken = at(http.port());
      assertThrows(BindException.class, () -> OtlpGrpcServer.start(taken, intake));
      IOException failure =
          assertThrows(IOException.class, () -> OtlpHttpServer.start(taken, intake));
      assertInstanceOf(BindException.class, root(failure));
    }
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : root(failure.getCause());
  }
}
