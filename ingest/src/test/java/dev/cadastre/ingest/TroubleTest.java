package dev.cadastre.ingest;

import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import dev.cadastre.ingest.grpc.OtlpGrpcServer;
import dev.cadastre.ingest.grpc.OtlpGrpcTest;
import dev.cadastre.ingest.http.OtlpHttpServer;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.SenderDirectory;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.StorageFailure;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What senders hear when the ledger is full, busy, broken, or a policy changes under them. */
class TroubleTest {
  private static final byte[] ONE = logs(log("data.access")).toByteArray();

  /**
   * Small limits, and deadlines as in earnest: a hundred connections at once on a busy machine take
   * longer than half a second to send their headers, and are closed then.
   */
  private static final IngestSettings PATIENT =
      new IngestSettings(
          TestCell.SMALL.requestBytesMax(),
          TestCell.SMALL.recordsMax(),
          TestCell.SMALL.inFlightBytesMax(),
          IngestSettings.DEFAULT.bodyTimeout(),
          IngestSettings.DEFAULT.idleTimeout());

  private final StubSink sink = new StubSink();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private OtlpHttpServer http;
  private OtlpGrpcServer grpc;
  private ManagedChannel channel;

  @BeforeEach
  void open() throws Exception {
    SenderDirectory senders =
        token -> {
          if (token.equals("broken")) {
            throw new StorageFailure("the vault cannot be read");
          }
          boolean early = token.equals("early");
          return Optional.of(
              new Sender(
                  "token/00000000",
                  Optional.of(early ? TestCell.GLOBEX_LOG : TestCell.ACME_LOG),
                  true));
        };
    Intake intake =
        new Intake(
            sink, senders, TrustedKeys.NONE, PATIENT, new IngestMetrics(), new SecureRandom());
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    http = OtlpHttpServer.start(anyPort, intake);
    grpc = OtlpGrpcServer.start(anyPort, intake);
    channel = NettyChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    http.close();
    grpc.close();
  }

  private HttpRequest request(String token, byte[] body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + "/v1/logs"))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", HttpClientOf.PROTOBUF)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpResponse<byte[]> post(String token) throws Exception {
    return client.send(request(token, ONE), HttpResponse.BodyHandlers.ofByteArray());
  }

  private StatusRuntimeException refusedByGrpc(String token) {
    LogsServiceGrpc.LogsServiceBlockingStub stub =
        LogsServiceGrpc.newBlockingStub(OtlpGrpcTest.with(channel, "Bearer " + token));
    return assertThrows(StatusRuntimeException.class, () -> stub.export(logs(log("x"))));
  }

  private void assertRetryable(String token, int seconds) throws Exception {
    HttpResponse<byte[]> answer = post(token);
    assertEquals(503, answer.statusCode());
    assertEquals(
        Integer.toString(seconds), answer.headers().firstValue("retry-after").orElseThrow());
    assertFalse(com.google.rpc.Status.parseFrom(answer.body()).getMessage().isEmpty());

    StatusRuntimeException refusal = refusedByGrpc(token);
    assertEquals(Status.Code.UNAVAILABLE, refusal.getStatus().getCode());
    RetryInfo retry = StatusProto.fromThrowable(refusal).getDetails(0).unpack(RetryInfo.class);
    assertEquals(seconds, retry.getRetryDelay().getSeconds());
  }

  @Test
  void overloadIsRetryableAfterTheLedgersTime() throws Exception {
    sink.answers(new AppendResult.Overloaded(Duration.ofSeconds(3)));
    assertRetryable("any", 3);
  }

  @Test
  void storageTroubleIsRetryableAndNever500() throws Exception {
    sink.answers(new AppendResult.Unavailable("disk full"));
    assertRetryable("any", 5);
    sink.answer = drafts -> CompletableFuture.failedFuture(new StorageFailure("disk full"));
    assertRetryable("any", 5);
    sink.answer =
        drafts -> {
          throw new StorageFailure("disk full");
        };
    assertRetryable("any", 5);
  }

  @Test
  void tokensThatCannotBeReadAreRetryable() throws Exception {
    assertRetryable("broken", 5);
  }

  @Test
  void recordsAreJudgedAgainWhenThePolicyChanged() throws Exception {
    sink.answer =
        drafts ->
            CompletableFuture.completedFuture(
                sink.appended.size() < 3
                    ? new AppendResult.StalePolicy(List.of(TestCell.ACME_LOG))
                    : StubSink.receipts(drafts));
    assertEquals(200, post("any").statusCode());
    assertEquals(3, sink.appended.size());
  }

  @Test
  void policyThatNeverStopsChangingIsRetryable() throws Exception {
    sink.answers(new AppendResult.StalePolicy(List.of(TestCell.ACME_LOG)));
    assertRetryable("any", 1);
    assertEquals(10, sink.appended.size());
  }

  @Test
  void tenantWhoseLogIsNotThereYetIsRetryable() throws Exception {
    assertRetryable("early", 30);
    assertEquals(List.of(), sink.appended);
  }

  @Test
  void bugsAreSaidToBeBugs() throws Exception {
    sink.answer = drafts -> CompletableFuture.failedFuture(new IllegalStateException("a bug"));
    assertEquals(500, post("any").statusCode());
    assertEquals(Status.Code.INTERNAL, refusedByGrpc("any").getStatus().getCode());
  }

  @Test
  void healthTellsWhenNothingIsAccepted() throws Exception {
    sink.accepting = false;
    CompletableFuture<ServingStatus> down = new CompletableFuture<>();
    HealthGrpc.newStub(channel)
        .watch(
            HealthCheckRequest.getDefaultInstance(),
            new StreamObserver<>() {
              @Override
              public void onNext(HealthCheckResponse response) {
                if (response.getStatus() != ServingStatus.SERVING) {
                  down.complete(response.getStatus());
                }
              }

              @Override
              public void onError(Throwable failure) {
                down.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {}
            });
    assertEquals(ServingStatus.NOT_SERVING, down.get(30, TimeUnit.SECONDS));
  }

  /** More than the server has threads, and no more than small limits leave room for. */
  private static final int REQUESTS = 100;

  @Test
  void requestsWaitWithoutThreads() throws Exception {
    CountDownLatch arrived = new CountDownLatch(REQUESTS);
    CompletableFuture<Void> synced = new CompletableFuture<>();
    sink.answer =
        drafts -> {
          arrived.countDown();
          return synced.thenApply(done -> StubSink.receipts(drafts));
        };
    List<CompletableFuture<HttpResponse<byte[]>>> waiting =
        java.util.stream.IntStream.range(0, REQUESTS)
            .mapToObj(
                i -> client.sendAsync(request("any", ONE), HttpResponse.BodyHandlers.ofByteArray()))
            .toList();
    assertTrue(
        arrived.await(30, TimeUnit.SECONDS),
        () -> arrived.getCount() + " did not arrive: " + answered(waiting));
    synced.complete(null);
    for (Future<HttpResponse<byte[]>> one : waiting) {
      assertEquals(200, one.get(30, TimeUnit.SECONDS).statusCode());
    }
  }

  /** What those heard that are answered. */
  private static String answered(List<CompletableFuture<HttpResponse<byte[]>>> requests) {
    return requests.stream()
        .filter(CompletableFuture::isDone)
        .map(
            one ->
                one.handle(
                        (answer, failure) ->
                            failure == null
                                ? answer + " " + new String(answer.body(), StandardCharsets.UTF_8)
                                : failure.toString())
                    .join())
        .toList()
        .toString();
  }

  @Test
  void requestsUnderWayAreAnsweredBeforeTheServersEnd() throws Exception {
    CountDownLatch arrived = new CountDownLatch(2);
    CompletableFuture<Void> synced = new CompletableFuture<>();
    sink.answer =
        drafts -> {
          arrived.countDown();
          return synced.thenApply(done -> StubSink.receipts(drafts));
        };
    CompletableFuture<HttpResponse<byte[]>> overHttp =
        client.sendAsync(request("any", ONE), HttpResponse.BodyHandlers.ofByteArray());
    Future<?> overGrpc =
        LogsServiceGrpc.newFutureStub(OtlpGrpcTest.with(channel, "Bearer any"))
            .export(logs(log("x")));
    assertTrue(arrived.await(30, TimeUnit.SECONDS));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(http::close).thenRun(grpc::close);
    synced.complete(null);
    assertEquals(200, overHttp.get(30, TimeUnit.SECONDS).statusCode());
    overGrpc.get(30, TimeUnit.SECONDS);
    closing.get(30, TimeUnit.SECONDS);
  }
}
