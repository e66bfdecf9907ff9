package dev.cadastre.bench.load;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** OTLP/gRPC, of requests that are encoded already. */
final class GrpcWire implements Wire {
  private static final long PATIENCE_S = 60;
  private static final Set<Status.Code> NO_ANSWER =
      EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.CANCELLED, Status.Code.DEADLINE_EXCEEDED);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final MethodDescriptor<byte[], byte[]> EXPORT =
      LogsServiceGrpc.getExportMethod().toBuilder(new AsIs(), new AsIs()).build();

  private final ManagedChannel channel;
  private final Channel authorized;

  GrpcWire(URI server, String token) {
    channel =
        ManagedChannelBuilder.forAddress(server.getHost(), server.getPort())
            .usePlaintext()
            .directExecutor()
            .build();
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    authorized =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public boolean export(byte[] request) throws IOException {
    try {
      byte[] unused = ClientCalls.blockingUnaryCall(authorized, EXPORT, options(), request);
      return true;
    } catch (StatusRuntimeException e) {
      // What the server says when it is busy, and what the library says when it is gone.
      if (NO_ANSWER.contains(e.getStatus().getCode())) {
        throw new IOException("no answer: " + e.getStatus(), e);
      }
      throw new WrongAnswer("a sound call was answered " + e.getStatus());
    }
  }

  @Override
  public void abandon(byte[] request) {
    ListenableFuture<byte[]> answer =
        ClientCalls.futureUnaryCall(authorized.newCall(EXPORT, options()), request);
    answer.cancel(true);
    close();
  }

  private static CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static final class AsIs implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message.clone());
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
