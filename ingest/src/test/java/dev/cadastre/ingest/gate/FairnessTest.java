package dev.cadastre.ingest.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.HalfCall;
import dev.cadastre.ingest.HttpClientOf;
import dev.cadastre.ingest.HttpClientOf.Answer;
import dev.cadastre.ingest.IngestSettings;
import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.TestCell;
import dev.cadastre.ingest.grpc.OtlpGrpcTest;
import dev.cadastre.ledger.model.LogName;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One tenant cannot starve another, by rate or by size. */
class FairnessTest {
  private static final LogName ACME = TestCell.ACME_LOG;
  private static final LogName GLOBEX = TestCell.GLOBEX_LOG;

  /** A hundred records a second, so that a thousand may come at once. */
  private static final TenantLimits FEW = new TenantLimits(10 << 20, 100, 8_192);

  private static final int RECORDS = 200;

  @TempDir private Path directory;
  private TestCell cell;
  private HttpClientOf http;

  private void open(IngestSettings settings) throws IOException, Refused {
    cell = new TestCell(directory, settings);
    http = new HttpClientOf(cell);
    cell.mark();
  }

  private void openWithFewForAcme() throws IOException, Refused {
    open(IngestSettings.DEFAULT.withLimits(new Limits(TenantLimits.GENEROUS, Map.of(ACME, FEW))));
  }

  @AfterEach
  void close() {
    cell.close();
  }

  private static byte[] records(int count) {
    LogRecord record = LogRecord.getDefaultInstance();
    return Otlp.logs(Stream.generate(() -> record).limit(count).toArray(LogRecord[]::new))
        .toByteArray();
  }

  private Answer post(String token, byte[] body) throws IOException, InterruptedException {
    return http.post("/v1/logs", token, HttpClientOf.PROTOBUF, body);
  }

  @Test
  void overItsRateATenantIsToldWhenToComeBackAndOthersAreNot() throws Exception {
    openWithFewForAcme();
    assertEquals(200, post(TestCell.ACME, records(3_000)).code());
    Answer refused = post(TestCell.ACME, records(1));
    assertEquals(429, refused.code(), refused::toString);
    int wait = Integer.parseInt(refused.header("retry-after"));
    assertTrue(wait >= 1 && wait <= 20, refused::toString);
    assertEquals(io.grpc.Status.Code.RESOURCE_EXHAUSTED.value(), refused.status().getCode());
    assertEquals(200, post(TestCell.GLOBEX, records(1)).code());
    assertEquals(3_000, cell.count(ACME));
    String metrics = cell.scraped.text();
    assertTrue(
        metrics.contains(
            "cadastre_ingest_requests_total{outcome=\"rate_limited\",transport=\"http\"} 1.0\n"),
        metrics);
  }

  @Test
  void grpcIsToldWithRetryInfo() throws Exception {
    openWithFewForAcme();
    assertEquals(200, post(TestCell.ACME, records(3_000)).code());
    var channel = OtlpGrpcTest.channelTo(cell);
    try {
      var stub =
          LogsServiceGrpc.newBlockingStub(OtlpGrpcTest.with(channel, "Bearer " + TestCell.ACME));
      StatusRuntimeException refused =
          assertThrows(
              StatusRuntimeException.class,
              () -> stub.export(Otlp.logs(LogRecord.getDefaultInstance())));
      assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
      com.google.rpc.Status status =
          java.util.Objects.requireNonNull(io.grpc.protobuf.StatusProto.fromThrowable(refused));
      assertTrue(status.getDetails(0).is(com.google.rpc.RetryInfo.class), status::toString);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void sizeOfRequestsIsLimitedByTenant() throws Exception {
    openWithFewForAcme();
    byte[] large = new byte[9_000];
    assertEquals(413, post(TestCell.ACME, large).code());
    Answer gzip =
        http.post(
            "/v1/logs",
            TestCell.ACME,
            HttpClientOf.PROTOBUF,
            Otlp.gzip(large),
            "Content-Encoding",
            "gzip");
    assertEquals(413, gzip.code(), gzip::toString);
    LogRecord record = Otlp.log("x", Otlp.attribute("a", "x".repeat(9_000)));
    assertEquals(200, post(TestCell.GLOBEX, Otlp.logs(record).toByteArray()).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void exportersWaitAndLoseNothing(String protocol) throws Exception {
    openWithFewForAcme();
    assertEquals(200, post(TestCell.ACME, records(1_050)).code());
    LogRecordExporter exporter =
        protocol.equals("grpc")
            ? OtlpGrpcLogRecordExporter.builder()
                .setEndpoint("http://127.0.0.1:" + cell.grpc.port())
                .addHeader("authorization", "Bearer " + TestCell.ACME)
                .build()
            : OtlpHttpLogRecordExporter.builder()
                .setEndpoint(cell.url("/v1/logs").toString())
                .addHeader("Authorization", "Bearer " + TestCell.ACME)
                .build();
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
            .build()) {
      Logger logger = provider.get("test");
      for (int i = 0; i < 10; i++) {
        logger.logRecordBuilder().setBody("n" + i).emit();
      }
      assertTrue(provider.forceFlush().join(60, TimeUnit.SECONDS).isSuccess());
    }
    assertEquals(1_060, cell.count(ACME));
  }

  @Test
  void requestsUnderWayOfOneTenantLeaveRoomForOthers() throws Exception {
    open(TestCell.SMALL);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        slow.add(halfOfARequest());
      }
      byte[] body = records(10);
      for (int i = 0; i < 20; i++) {
        Answer answer = post(TestCell.GLOBEX, body);
        assertEquals(200, answer.code(), answer::toString);
      }
      assertEquals(200, cell.count(GLOBEX));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** Small limits, and time to wait for room. */
  private static final IngestSettings PATIENT =
      new IngestSettings(64 << 10, 1_000, 256 << 10, Duration.ofMinutes(5), Duration.ofMinutes(5));

  @Test
  void whoFindsNoRoomWaitsForItAndIsServed() throws Exception {
    open(PATIENT);
    byte[] body = records(10);
    List<CompletableFuture<Answer>> later = new ArrayList<>();
    try (Socket slow = halfOfARequest()) {
      cell.awaitMetric("cadastre_ingest_in_flight_bytes", held -> held > 0);
      for (int i = 0; i < 10; i++) {
        later.add(
            CompletableFuture.supplyAsync(() -> posted(body), task -> new Thread(task).start()));
      }
      cell.awaitMetric("cadastre_ingest_waiting_requests", waiting -> waiting == 10);
      assertEquals(200, post(TestCell.GLOBEX, body).code(), "others do not wait");
      assertTrue(later.stream().noneMatch(CompletableFuture::isDone));
    }
    for (CompletableFuture<Answer> one : later) {
      Answer answer = one.get(60, TimeUnit.SECONDS);
      assertEquals(200, answer.code(), answer::toString);
    }
    assertEquals(100, cell.count(ACME));
    cell.awaitMetric("cadastre_ingest_in_flight_bytes", held -> held == 0);
  }

  @Test
  void callsWaitForRoomToo() throws Exception {
    open(PATIENT);
    ManagedChannel channel = OtlpGrpcTest.channelTo(cell);
    List<Future<?>> later = new ArrayList<>();
    try (Socket slow = halfOfARequest()) {
      cell.awaitMetric("cadastre_ingest_in_flight_bytes", held -> held > 0);
      for (int i = 0; i < 10; i++) {
        later.add(
            LogsServiceGrpc.newFutureStub(OtlpGrpcTest.with(channel, "Bearer " + TestCell.ACME))
                .export(Otlp.logs(Otlp.log("x"))));
      }
      cell.awaitMetric("cadastre_ingest_waiting_requests", waiting -> waiting == 10);
      LogsServiceGrpc.newBlockingStub(OtlpGrpcTest.with(channel, "Bearer " + TestCell.GLOBEX))
          .export(Otlp.logs(Otlp.log("x")));
      assertTrue(later.stream().noneMatch(Future::isDone));
    }
    for (Future<?> one : later) {
      one.get(60, TimeUnit.SECONDS);
    }
    assertEquals(10, cell.count(ACME));
    cell.awaitMetric("cadastre_ingest_in_flight_bytes", held -> held == 0);
    channel.shutdownNow();
  }

  @Test
  void callsForWhichThereIsNoRoomInTimeAreToldToRetry() throws Exception {
    open(TestCell.SMALL);
    ManagedChannel channel = OtlpGrpcTest.channelTo(cell);
    try (Socket slow = halfOfARequest()) {
      cell.awaitMetric("cadastre_ingest_in_flight_bytes", held -> held > 0);
      StatusRuntimeException refused =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  LogsServiceGrpc.newBlockingStub(
                          OtlpGrpcTest.with(channel, "Bearer " + TestCell.ACME))
                      .export(Otlp.logs(Otlp.log("x"))));
      assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
      assertTrue(
          StatusProto.fromThrowable(refused).getDetails(0).is(RetryInfo.class), refused::toString);
    }
    channel.shutdownNow();
  }

  @Test
  void messagesThatNeverEndCountAsTheyArrive() throws Exception {
    open(IngestSettings.DEFAULT);
    int sent = 500_000;
    try (HalfCall call = new HalfCall(cell.grpc.port(), TestCell.ACME, 1_000_000, sent)) {
      cell.awaitMetric(
          "cadastre_ingest_in_flight_bytes", held -> held >= IngestSettings.WEIGHT * sent);
    }
    cell.awaitMetric("cadastre_ingest_in_flight_bytes", held -> held == 0);
  }

  @Test
  void messagesForWhichThereIsNoRoomAreDropped() throws Exception {
    open(
        new IngestSettings(
            1 << 20, 1_000, 8 << 20, Duration.ofSeconds(30), Duration.ofSeconds(30)));
    List<HalfCall> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      calls.add(new HalfCall(cell.grpc.port(), TestCell.ACME, 1_000_000, 500_000));
    }
    String refused =
        "cadastre_ingest_requests_total{outcome=\"share_exceeded\",transport=\"grpc\"}";
    cell.awaitMetric(refused, count -> count >= 1);
    assertEquals(200, post(TestCell.GLOBEX, records(10)).code(), "others do not mind");
    for (HalfCall call : calls) {
      call.close();
    }
    cell.awaitMetric("cadastre_ingest_in_flight_bytes", held -> held == 0);
    cell.awaitMetric("cadastre_ingest_waiting_requests", waiting -> waiting == 0);
  }

  private Answer posted(byte[] body, String... headers) {
    try {
      return http.post("/v1/logs", TestCell.ACME, HttpClientOf.PROTOBUF, body, headers);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void compressedRequestsWaitForWhatTheyBecome() throws Exception {
    open(PATIENT);
    byte[] body = Otlp.logs(Otlp.log("x", Otlp.attribute("a", "x".repeat(60_000)))).toByteArray();
    byte[] compressed = Otlp.gzip(body);
    CompletableFuture<Answer> later;
    try (Socket slow = halfOfARequest(10_000)) {
      cell.awaitMetric("cadastre_ingest_in_flight_bytes", held -> held > 0);
      later =
          CompletableFuture.supplyAsync(
              () -> posted(compressed, "content-encoding", "gzip"),
              task -> new Thread(task).start());
      cell.awaitMetric("cadastre_ingest_waiting_requests", waiting -> waiting == 1);
    }
    assertEquals(200, later.get(60, TimeUnit.SECONDS).code());
    cell.awaitMetric("cadastre_ingest_in_flight_bytes", held -> held == 0);
  }

  private Socket halfOfARequest() throws IOException {
    return halfOfARequest(65_000);
  }

  private Socket halfOfARequest(int length) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), cell.http.port());
    String head =
        "POST /v1/logs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + TestCell.ACME
            + "\r\nContent-Type: application/x-protobuf\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    socket
        .getOutputStream()
        .write((head + " ".repeat(length / 2)).getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  @Test
  void floodOfOneTenantDoesNotKeepAnotherWaiting() throws Exception {
    open(IngestSettings.DEFAULT);
    AtomicBoolean stop = new AtomicBoolean();
    byte[] flood = records(RECORDS);
    List<CompletableFuture<Integer>> floods =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> flood(stop, flood), task -> new Thread(task).start()))
            .limit(8)
            .toList();
    byte[] body = records(1);
    for (int i = 0; i < 20; i++) {
      Answer answer = post(TestCell.GLOBEX, body);
      assertEquals(200, answer.code(), answer::toString);
    }
    stop.set(true);
    int accepted = 0;
    for (CompletableFuture<Integer> one : floods) {
      accepted += one.get(60, TimeUnit.SECONDS);
    }
    assertEquals(20, cell.count(GLOBEX));
    assertEquals(accepted * (long) RECORDS, cell.count(ACME));
  }

  /** How many requests were accepted; refused ones must say when to come back. */
  private int flood(AtomicBoolean stop, byte[] body) {
    int accepted = 0;
    while (!stop.get()) {
      try {
        Answer answer = post(TestCell.ACME, body);
        boolean retry = !answer.header("retry-after").isEmpty();
        assertTrue(answer.code() == 200 || retry, answer::toString);
        accepted += answer.code() == 200 ? 1 : 0;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return accepted;
  }
}
