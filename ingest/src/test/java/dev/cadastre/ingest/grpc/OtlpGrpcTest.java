package dev.cadastre.ingest.grpc;

import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;
import static dev.cadastre.ingest.Otlp.span;
import static dev.cadastre.ingest.Otlp.spans;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.ingest.TestCell;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OTLP/gRPC, requirement by requirement; docs/otlp.md points here. */
public class OtlpGrpcTest {
  private static TestCell cell;
  private static ManagedChannel channel;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    cell = new TestCell(directory);
    channel = channelTo(cell);
  }

  public static ManagedChannel channelTo(TestCell cell) {
    return NettyChannelBuilder.forAddress("127.0.0.1", cell.grpc.port()).usePlaintext().build();
  }

  @AfterAll
  static void close() {
    channel.shutdownNow();
    cell.close();
  }

  @BeforeEach
  void mark() throws Exception {
    cell.mark();
  }

  private static LogsServiceGrpc.LogsServiceBlockingStub as(String token) {
    return LogsServiceGrpc.newBlockingStub(with(channel, "Bearer " + token));
  }

  public static Channel with(Channel channel, String authorization) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static StatusRuntimeException refused(
      LogsServiceGrpc.LogsServiceBlockingStub stub, ExportLogsServiceRequest request) {
    return assertThrows(StatusRuntimeException.class, () -> stub.export(request));
  }

  @Test
  void logsAreOnDiskWhenAnswered() throws Exception {
    ExportLogsServiceResponse response = as(TestCell.ACME).export(logs(log("key.use")));

    assertFalse(response.hasPartialSuccess());
    assertEquals(Kind.KEY_USE, cell.records(TestCell.ACME_LOG).get(0).kind());
  }

  @Test
  void gzipIsTaken() throws Exception {
    as(TestCell.ACME).withCompression("gzip").export(logs(log("key.use")));
    assertEquals(1, cell.records(TestCell.ACME_LOG).size());
  }

  @Test
  void emptyRequestsSucceed() {
    assertFalse(
        as(TestCell.ACME)
            .export(ExportLogsServiceRequest.getDefaultInstance())
            .hasPartialSuccess());
  }

  @Test
  void tracesAreTaken() throws Exception {
    ExportTraceServiceResponse response =
        TraceServiceGrpc.newBlockingStub(with(channel, "Bearer " + TestCell.ACME))
            .export(spans(span("GET"), span("chat", attribute("gen_ai.operation.name", "chat"))));
    assertEquals(0, response.getPartialSuccess().getRejectedSpans());
    assertTrue(response.getPartialSuccess().getErrorMessage().startsWith("1 of 2 spans"));
    assertEquals(Kind.INFERENCE, cell.records(TestCell.ACME_LOG).get(0).kind());
  }

  @Test
  void wrongOrMissingTokenIsUnauthenticated() {
    List<LogsServiceGrpc.LogsServiceBlockingStub> stubs =
        List.of(
            as("no-such-token"),
            LogsServiceGrpc.newBlockingStub(channel),
            LogsServiceGrpc.newBlockingStub(with(channel, "Basic YTpi")));
    for (LogsServiceGrpc.LogsServiceBlockingStub stub : stubs) {
      assertEquals(
          Status.Code.UNAUTHENTICATED, refused(stub, logs(log("x"))).getStatus().getCode());
    }
  }

  @Test
  void wrongRoleAndOtherTenantAreDenied() throws Exception {
    assertEquals(
        Status.Code.PERMISSION_DENIED,
        refused(as(TestCell.VIEWER), logs(log("x"))).getStatus().getCode());
    ExportLogsServiceRequest other = logs(log("x", attribute("ledger.tenant.id", "globex")));
    assertEquals(
        Status.Code.PERMISSION_DENIED, refused(as(TestCell.ACME), other).getStatus().getCode());
    assertEquals(0, cell.records(TestCell.GLOBEX_LOG).size());
  }

  @Test
  void oneUndecodableRecordDoesNotKillItsBatch() throws Exception {
    ExportLogsServiceResponse response =
        as(TestCell.ACME)
            .export(logs(log("key.use"), log("x", attribute("a", 1), attribute("a", 2))));
    assertTrue(response.getPartialSuccess().getErrorMessage().contains("log record 1: "));
    assertEquals(Kind.OTHER, cell.records(TestCell.ACME_LOG).get(1).kind());
  }

  @Test
  void tooLargeMessagesAreExhaustedAndNotRetryable(@TempDir Path directory) throws Exception {
    try (TestCell small = new TestCell(directory, TestCell.SMALL)) {
      ManagedChannel toSmall = channelTo(small);
      LogsServiceGrpc.LogsServiceBlockingStub stub =
          LogsServiceGrpc.newBlockingStub(with(toSmall, "Bearer " + TestCell.ACME));
      String big = "x".repeat(100_000);
      for (LogsServiceGrpc.LogsServiceBlockingStub one :
          List.of(stub, stub.withCompression("gzip"))) {
        StatusRuntimeException refusal = refused(one, logs(log("x", attribute("big", big))));
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, refusal.getStatus().getCode());
        com.google.rpc.Status details = StatusProto.fromThrowable(refusal);
        assertTrue(
            details.getDetailsList().stream().noneMatch(any -> any.is(RetryInfo.class)),
            details::toString);
      }
      assertFalse(stub.export(logs(log("x"))).hasPartialSuccess());
      toSmall.shutdownNow();
    }
  }

  @Test
  void pipelinedCallsAreAllAnswered() throws Exception {
    LogsServiceGrpc.LogsServiceFutureStub stub =
        LogsServiceGrpc.newFutureStub(with(channel, "Bearer " + TestCell.ACME));
    List<Future<ExportLogsServiceResponse>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(stub.export(logs(log("key.use"))));
    }
    for (Future<ExportLogsServiceResponse> answer : answers) {
      assertFalse(answer.get(30, TimeUnit.SECONDS).hasPartialSuccess());
    }
    assertEquals(200, cell.records(TestCell.ACME_LOG).size());
  }

  @Test
  void keepaliveEveryTenSecondsIsTolerated() throws Exception {
    ManagedChannel pinging =
        NettyChannelBuilder.forAddress("127.0.0.1", cell.grpc.port())
            .usePlaintext()
            .keepAliveTime(10, TimeUnit.SECONDS)
            .keepAliveWithoutCalls(true)
            .build();
    LogsServiceGrpc.newBlockingStub(with(pinging, "Bearer " + TestCell.ACME))
        .export(logs(log("key.use")));
    assertTrue(OtlpGrpcServer.KEEPALIVE_PERMITTED.toSeconds() < 10);
    pinging.shutdownNow();
  }

  @Test
  void healthIsServed() {
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
    for (String service :
        List.of(
            "",
            "opentelemetry.proto.collector.logs.v1.LogsService",
            "opentelemetry.proto.collector.trace.v1.TraceService")) {
      assertEquals(
          HealthCheckResponse.ServingStatus.SERVING,
          health.check(HealthCheckRequest.newBuilder().setService(service).build()).getStatus());
    }
  }

  @Test
  void reflectionListsTheServices() throws Exception {
    CompletableFuture<ServerReflectionResponse> listed = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> asking =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    listed.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    listed.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    List<String> names =
        listed.get(30, TimeUnit.SECONDS).getListServicesResponse().getServiceList().stream()
            .map(ServiceResponse::getName)
            .toList();
    asking.onCompleted();
    assertTrue(
        names.contains("opentelemetry.proto.collector.logs.v1.LogsService"), names::toString);
    assertTrue(names.contains("grpc.health.v1.Health"), names::toString);
  }

  @Test
  void cancelledCallsHarmNobody() throws Exception {
    LogsServiceGrpc.LogsServiceFutureStub stub =
        LogsServiceGrpc.newFutureStub(with(channel, "Bearer " + TestCell.ACME));
    for (int i = 0; i < 50; i++) {
      stub.export(logs(log("key.use"))).cancel(true);
    }
    assertFalse(as(TestCell.ACME).export(logs(log("key.use"))).hasPartialSuccess());
  }
}
