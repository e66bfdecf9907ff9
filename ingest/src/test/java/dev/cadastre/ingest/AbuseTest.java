package dev.cadastre.ingest;

import static dev.cadastre.ingest.HttpClientOf.PROTOBUF;
import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ingest.HttpClientOf.Answer;
import dev.cadastre.ingest.grpc.OtlpGrpcTest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad manners on the wire get a clear answer each, and do others no harm. */
class AbuseTest {
  private static final byte[] ONE = logs(log("data.access")).toByteArray();

  private static TestCell cell;
  private static HttpClientOf client;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    cell = new TestCell(directory, TestCell.SMALL);
    client = new HttpClientOf(cell);
  }

  @AfterAll
  static void close() {
    cell.close();
  }

  @BeforeEach
  void mark() throws Exception {
    cell.mark();
  }

  @AfterEach
  void othersAreUnharmed() throws Exception {
    Answer answer = client.protobuf(ONE);
    assertEquals(200, answer.code(), answer::toString);
    assertEquals(1, cell.records(TestCell.ACME_LOG).size());
    cell.awaitMetric("cadastre_ingest_in_flight_bytes", held -> held == 0);
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", cell.http.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String head(String lengthOrChunked, String... more) {
    return "POST /v1/logs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + TestCell.ACME
        + "\r\nContent-Type: application/json\r\n"
        + String.join("", more)
        + lengthOrChunked
        + "\r\n\r\n";
  }

  /** What the server says until it ends the connection. */
  private static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void bodyOverTheLimitIsTooLargeHoweverLongIsSaid() throws Exception {
    byte[] big = new byte[100_000];
    Answer announced = client.protobuf(big);
    assertEquals(413, announced.code(), announced::toString);
    assertEquals(8, announced.status().getCode());

    try (Socket socket = connect()) {
      write(socket, head("Transfer-Encoding: chunked"));
      String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
      for (int i = 0; i < 6; i++) {
        write(socket, chunk);
      }
      write(socket, "0\r\n\r\n");
      write(socket, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      String answer = answer(socket);
      assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
      assertTrue(answer.contains("HTTP/1.1 404 "), answer);
    }
  }

  @Test
  void bodyThatIsNeverSentIsRefusedAtOnceWhenTheClientAsks() throws Exception {
    try (Socket socket = connect()) {
      write(socket, head("Content-Length: 100000000", "Expect: 100-continue\r\n"));
      String answer = answer(socket);
      assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    }
  }

  @Test
  void gzipBombIsTooLargeAndNeverHeld() throws Exception {
    byte[] bomb = Otlp.gzip(new byte[50_000_000]);
    assertTrue(bomb.length < TestCell.SMALL.requestBytesMax());
    Answer answer =
        client.post("/v1/logs", TestCell.ACME, PROTOBUF, bomb, "Content-Encoding", "gzip");
    assertEquals(413, answer.code(), answer::toString);
    assertEquals(8, answer.status().getCode());
  }

  @Test
  void millionsOfEmptyRecordsAreTooLarge() throws Exception {
    ByteArrayOutputStream scope = new ByteArrayOutputStream();
    for (int i = 0; i <= TestCell.SMALL.recordsMax(); i++) {
      Otlp.field(scope, 2, new byte[0]);
    }
    Answer answer = client.protobuf(Otlp.framed(scope.toByteArray()));
    assertEquals(413, answer.code(), answer::toString);
  }

  @Test
  void senderThatDripsIsToldToRetry() throws Exception {
    try (Socket socket = connect()) {
      write(socket, head("Content-Length: 60000"));
      long began = System.nanoTime();
      String answer = dripUntilAnswered(socket);
      assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
      assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("retry-after: 1"), answer);
      assertTrue(answer.contains("did not arrive within"), answer);
      assertTrue(System.nanoTime() - began < 20_000_000_000L);
    }
  }

  /** One byte at a time, a tenth of a second apart, until the server answers. */
  private static String dripUntilAnswered(Socket socket) throws IOException {
    socket.setSoTimeout(100);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    for (int i = 0; i < 300; i++) {
      try {
        int first = socket.getInputStream().read();
        socket.setSoTimeout(10_000);
        answer.write(first);
        answer.write(socket.getInputStream().readAllBytes());
        return answer.toString(StandardCharsets.UTF_8);
      } catch (java.net.SocketTimeoutException notYet) {
        write(socket, " ");
      }
    }
    throw new IOException("no answer");
  }

  @Test
  void senderThatFallsSilentIsToldToRetry() throws Exception {
    try (Socket socket = connect()) {
      write(socket, head("Content-Length: 60000") + "{");
      String answer = answer(socket);
      assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
    }
  }

  @Test
  void connectionsThatSayNothingAreClosed() throws Exception {
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      silent.add(connect());
    }
    write(silent.get(0), "POST /v1/lo");
    for (Socket socket : silent) {
      assertEquals(-1, drain(socket));
      socket.close();
    }
  }

  private static int drain(Socket socket) throws IOException {
    socket.getInputStream().readAllBytes();
    return socket.getInputStream().read();
  }

  @Test
  void clientThatLeavesInTheMiddleHarmsNobody() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = connect()) {
        write(socket, head("Content-Length: 60000") + "{");
      }
    }
  }

  @Test
  void whatIsNotHttpIsRefusedWithAStatus() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "POST /v1/logs HTTP/1.1\r\nno header at all\r\n\r\n");
      String answer = answer(socket);
      assertTrue(answer.startsWith("HTTP/1.1 400 ") && answer.contains("\"message\""), answer);
    }
  }

  @Test
  void endlessHeadersAreRefusedWithAStatus() throws Exception {
    try (Socket socket = connect()) {
      write(socket, head("X-Long: " + "x".repeat(20_000)));
      String answer = answer(socket);
      assertTrue(answer.startsWith("HTTP/1.1 431 ") && answer.contains("\"message\""), answer);
    }
  }

  @Test
  void moreBytesThanMayBeInFlightAreToldToRetry() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Socket socket = connect();
      write(socket, head("Content-Length: 65000") + " ".repeat(64_000));
      slow.add(socket);
    }
    List<String> answers = new ArrayList<>();
    for (Socket socket : slow) {
      answers.add(answer(socket));
      socket.close();
    }
    assertTrue(
        answers.stream()
            .allMatch(one -> one.startsWith("HTTP/1.1 503 ") || one.startsWith("HTTP/1.1 429 ")),
        answers::toString);
    assertTrue(
        answers.stream().anyMatch(one -> one.contains("share of the memory")), answers::toString);
  }

  @Test
  void endlessNestingIsBadData() throws Exception {
    String json = "{\"resourceLogs\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";
    Answer answer = client.json(json);
    assertEquals(400, answer.code(), answer::toString);
  }

  @Test
  void hugeAttributeInSmallRequestIsTooLarge() throws Exception {
    byte[] request = logs(log("x", attribute("huge", "x".repeat(10_000_000)))).toByteArray();
    Answer answer = client.protobuf(request);
    assertEquals(413, answer.code(), answer::toString);
  }

  @Test
  void callThatNeverEndsIsToldToRetry() throws Exception {
    ManagedChannel channel = OtlpGrpcTest.channelTo(cell);
    ClientCall<ExportLogsServiceRequest, ExportLogsServiceResponse> call =
        OtlpGrpcTest.with(channel, "Bearer " + TestCell.ACME)
            .newCall(LogsServiceGrpc.getExportMethod(), CallOptions.DEFAULT);
    CompletableFuture<Status> ended = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
          }
        },
        new Metadata());
    call.sendMessage(logs(log("data.access")));
    assertEquals(Status.Code.UNAVAILABLE, ended.get(30, TimeUnit.SECONDS).getCode());
    channel.shutdownNow();
  }
}
