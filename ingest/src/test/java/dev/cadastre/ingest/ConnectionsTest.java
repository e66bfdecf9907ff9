package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cadastre.ingest.HttpClientOf.Answer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that never get to a request end by themselves. */
class ConnectionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final IngestSettings SHORT =
      new IngestSettings(1 << 20, 1_000, 32 << 20, Duration.ofSeconds(2), Duration.ofMillis(500));

  /** RFC 9113 section 3.4. */
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_HEADERS = 4;
  private static final int CANCEL = 8;

  private static TestCell cell;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    cell = new TestCell(directory, SHORT);
  }

  @AfterAll
  static void close() {
    cell.close();
  }

  @AfterEach
  void othersAreUnharmed() throws Exception {
    Answer answer =
        new HttpClientOf(cell).protobuf(Otlp.logs(Otlp.log("data.access")).toByteArray());
    assertEquals(200, answer.code(), answer::toString);
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static void awaitEnd(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        // What it says before it closes, GOAWAY for instance, does not matter.
      }
    } catch (SocketException reset) {
      // As good as closed.
    }
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
    return bytes.toByteArray();
  }

  /** The head of a call in HPACK without its tables but the static one (RFC 7541). */
  private static byte[] call() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(new byte[] {(byte) 0x83, (byte) 0x86});
    literal(head, 4, "/opentelemetry.proto.collector.logs.v1.LogsService/Export");
    literal(head, 1, "localhost");
    head.write(new byte[] {0x0f, 31 - 15});
    string(head, "application/grpc");
    head.write(0);
    string(head, "te");
    string(head, "trailers");
    return head.toByteArray();
  }

  private static void literal(ByteArrayOutputStream head, int name, String value)
      throws IOException {
    head.write(name);
    string(head, value);
  }

  private static void string(ByteArrayOutputStream head, String value) throws IOException {
    head.write(value.length());
    head.write(value.getBytes(StandardCharsets.US_ASCII));
  }

  private static void greet(Socket socket) throws IOException {
    socket.getOutputStream().write(PREFACE.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(frame(SETTINGS, 0, 0, new byte[0]));
  }

  @Test
  void connectionThatNeverSpeaksHttp2Ends() throws Exception {
    try (Socket socket = connect(cell.grpc.port())) {
      assertTimeoutPreemptively(PATIENCE, () -> awaitEnd(socket));
    }
  }

  @Test
  void idleGrpcConnectionEnds() throws Exception {
    try (Socket socket = connect(cell.grpc.port())) {
      greet(socket);
      assertTimeoutPreemptively(PATIENCE, () -> awaitEnd(socket));
    }
  }

  @Test
  void rapidResetsEndTheConnection() throws Exception {
    try (Socket socket = connect(cell.grpc.port())) {
      greet(socket);
      byte[] call = call();
      assertTimeoutPreemptively(
          PATIENCE,
          () -> {
            try {
              for (int stream = 1; ; stream += 2) {
                socket.getOutputStream().write(frame(HEADERS, END_HEADERS, stream, call));
                socket
                    .getOutputStream()
                    .write(frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, CANCEL}));
              }
            } catch (SocketException closed) {
              // That is how it ends; what is begun goes on forever otherwise.
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "POST /v1/logs HTTP/1.1\r\nX: "})
  void httpHeadersHaveDeadline(String begun) throws Exception {
    try (Socket socket = connect(cell.http.port())) {
      socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(50);
      assertTimeoutPreemptively(PATIENCE, () -> drip(socket));
    }
  }

  /** A byte every 50 ms, until the server closes. */
  private static void drip(Socket socket) throws IOException {
    while (true) {
      try {
        if (socket.getInputStream().read() < 0) {
          return;
        }
      } catch (SocketTimeoutException silence) {
        send(socket);
      } catch (SocketException reset) {
        return;
      }
    }
  }

  private static void send(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write('P');
    } catch (SocketException closed) {
      // The next read says so.
    }
  }
}
