package dev.cadastre.ingest;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Sends bytes over gRPC that need not be the message that they should be. */
public final class RawGrpc {
  public static final String LOGS = "opentelemetry.proto.collector.logs.v1.LogsService/Export";
  public static final String TRACES = "opentelemetry.proto.collector.trace.v1.TraceService/Export";

  private RawGrpc() {}

  /** The answer to what acme sends. */
  public static byte[] send(TestCell cell, String method, byte[] request) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + TestCell.ACME);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", cell.grpc.port())
            .usePlaintext()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
            .build();
    try {
      return ClientCalls.blockingUnaryCall(channel, raw(method), CallOptions.DEFAULT, request);
    } finally {
      channel.shutdownNow();
    }
  }

  private static MethodDescriptor<byte[], byte[]> raw(String method) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(method)
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
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
