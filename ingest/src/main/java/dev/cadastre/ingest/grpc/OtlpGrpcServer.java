package dev.cadastre.ingest.grpc;

import com.google.protobuf.Message;
import dev.cadastre.ingest.IngestMetrics;
import dev.cadastre.ingest.Intake;
import dev.cadastre.ingest.http.GzipStream;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.tls.ServerTls;
import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * OTLP over gRPC (OTLP specification, section "OTLP/gRPC"): {@code LogsService} and {@code
 * TraceService}, with the health and reflection services beside them.
 */
public final class OtlpGrpcServer implements AutoCloseable {
  private static final int GZIP_BUFFER_BYTES = 1 << 12;

  /** gRPC's own reads gzip with the JDK's stream; see {@link GzipStream}. */
  private static final DecompressorRegistry GZIP =
      DecompressorRegistry.emptyInstance()
          .with(Codec.Identity.NONE, false)
          .with(
              new Decompressor() {
                @Override
                public String getMessageEncoding() {
                  return "gzip";
                }

                @Override
                public InputStream decompress(InputStream in) throws IOException {
                  return new GzipStream(in, GZIP_BUFFER_BYTES);
                }
              },
              true);

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  // grpc-java's own minimum of five minutes between pings cuts off exporters that follow the
  // keepalive advice of their languages' gRPC.
  static final Duration KEEPALIVE_PERMITTED = Duration.ofSeconds(5);
  private static final Duration KEEPALIVE = Duration.ofSeconds(60);
  private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(20);
  private static final int HEALTH_S = 1;
  private static final int CALLS_PER_CONNECTION_MAX = 256;

  // Exporters send every few seconds; who sends less often opens a new connection unasked.
  private static final int IDLE_TIMEOUTS = 2;

  // Cancelled calls of an exporter that gives up are few; streams that are begun and reset in a row
  // cost the server more than the client (CVE-2023-44487).
  private static final int RESETS_MAX = 512;
  private static final int RESETS_WINDOW_S = 10;

  private final Server server;
  private final HealthStatusManager health;
  private final ExecutorService executor;
  private final ScheduledExecutorService timer;

  private OtlpGrpcServer(
      Server server,
      HealthStatusManager health,
      ExecutorService executor,
      ScheduledExecutorService timer) {
    this.server = server;
    this.health = health;
    this.executor = executor;
    this.timer = timer;
  }

  /**
   * Starts to listen.
   *
   * @param address port 0 for any free one
   * @throws BindException if the address cannot be had
   */
  public static OtlpGrpcServer start(InetSocketAddress address, Intake intake) throws IOException {
    return start(address, intake, Optional.empty());
  }

  /** The same, over TLS if there is any. */
  public static OtlpGrpcServer start(
      InetSocketAddress address, Intake intake, Optional<ServerTls> tls) throws IOException {
    // Decoding, judging and encoding are work for processors: more threads would only contend.
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    ExecutorService executor = Executors.newFixedThreadPool(threads, named("otlp-grpc"));
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, named("otlp-grpc-timer"));
    timer.setRemoveOnCancelPolicy(true);
    HealthStatusManager health = new HealthStatusManager();
    Duration idle = intake.settings().idleTimeout();
    NettyServerBuilder builder = NettyServerBuilder.forAddress(address);
    if (tls.isPresent()) {
      builder.sslContext(tls.get().forGrpc());
    }
    Server server =
        builder
            .executor(executor)
            .addStreamTracerFactory(GrpcArrival.factory())
            .decompressorRegistry(GZIP)
            .maxInboundMessageSize(intake.settings().requestBytesMax())
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION_MAX)
            .handshakeTimeout(idle.toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionIdle(idle.multipliedBy(IDLE_TIMEOUTS).toMillis(), TimeUnit.MILLISECONDS)
            .maxRstFramesPerWindow(RESETS_MAX, RESETS_WINDOW_S)
            .permitKeepAliveTime(KEEPALIVE_PERMITTED.toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(KEEPALIVE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .addService(
                new Service(intake, Signal.LOGS, executor, timer)
                    .define(
                        LogsServiceGrpc.getServiceDescriptor(),
                        LogsServiceGrpc.getExportMethod(),
                        ExportLogsServiceResponse.getDefaultInstance()))
            .addService(
                new Service(intake, Signal.TRACES, executor, timer)
                    .define(
                        TraceServiceGrpc.getServiceDescriptor(),
                        TraceServiceGrpc.getExportMethod(),
                        ExportTraceServiceResponse.getDefaultInstance()))
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .build();
    OtlpGrpcServer started = new OtlpGrpcServer(server, health, executor, timer);
    started.open(intake);
    return started;
  }

  private void open(Intake intake) throws IOException {
    tellHealth(intake);
    try {
      server.start();
    } catch (IOException e) {
      close();
      // Netty's own exception for a port that is taken is no BindException.
      BindException taken = new BindException(e.getMessage());
      taken.initCause(e);
      throw taken;
    }
    timer.scheduleWithFixedDelay(() -> tellHealth(intake), HEALTH_S, HEALTH_S, TimeUnit.SECONDS);
  }

  private void tellHealth(Intake intake) {
    ServingStatus status = intake.accepting() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(LogsServiceGrpc.SERVICE_NAME, status);
    health.setStatus(TraceServiceGrpc.SERVICE_NAME, status);
  }

  private static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Takes no new calls, answers those under way, and ends. */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    executor.shutdown();
    timer.shutdownNow();
  }

  /** One service with its single method, {@code Export}. */
  private record Service(
      Intake intake, Signal signal, ExecutorService executor, ScheduledExecutorService timer) {

    ServerServiceDefinition define(
        ServiceDescriptor service, MethodDescriptor<?, ?> export, Message response) {
      MethodDescriptor<RawRequest, Message> method =
          export.toBuilder(
                  new RawRequest.Marshaller(intake.settings().requestBytesMax()),
                  ProtoUtils.marshaller(response))
              .build();
      ServiceDescriptor raw =
          ServiceDescriptor.newBuilder(service.getName())
              .setSchemaDescriptor(service.getSchemaDescriptor())
              .addMethod(method)
              .build();
      return ServerServiceDefinition.builder(raw).addMethod(method, this::start).build();
    }

    private ServerCall.Listener<RawRequest> start(
        ServerCall<RawRequest, Message> call, Metadata headers) {
      try {
        Sender sender =
            intake.authenticate(
                Optional.ofNullable(headers.get(AUTHORIZATION)),
                Optional.ofNullable(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)));
        GrpcExchange exchange = new GrpcExchange(intake, signal, sender, call, executor, timer);
        exchange.begin();
        return exchange;
      } catch (Rejected e) {
        intake.metrics().answered(IngestMetrics.Transport.GRPC, e.refusal(), Duration.ZERO);
        GrpcExchange.refuse(call, e.refusal());
        return new ServerCall.Listener<>() {};
      }
    }
  }
}
