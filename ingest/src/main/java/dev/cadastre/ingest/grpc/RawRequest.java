package dev.cadastre.ingest.grpc;

import dev.cadastre.ingest.request.Refusal;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A gRPC request message as bytes: what is in it is decoded as for HTTP, record by record. */
sealed interface RawRequest {

  record Message(byte[] bytes) implements RawRequest {}

  /** It could not be read: too large once decompressed, or not what its compression says. */
  record Unreadable(Refusal refusal) implements RawRequest {}

  /** Requests are only ever read. */
  final class Marshaller implements MethodDescriptor.Marshaller<RawRequest> {
    private final int bytesMax;

    Marshaller(int bytesMax) {
      this.bytesMax = bytesMax;
    }

    @Override
    public InputStream stream(RawRequest value) {
      return value instanceof Message message
          ? new ByteArrayInputStream(message.bytes)
          : InputStream.nullInputStream();
    }

    @Override
    public RawRequest parse(InputStream stream) {
      try (stream) {
        byte[] bytes = stream.readNBytes(bytesMax + 1);
        return bytes.length <= bytesMax
            ? new Message(bytes)
            : new Unreadable(tooLarge("the request exceeds " + bytesMax + " bytes"));
      } catch (io.grpc.StatusRuntimeException e) {
        return new Unreadable(tooLarge("the request exceeds " + bytesMax + " bytes"));
      } catch (IOException e) {
        return new Unreadable(
            Refusal.of(
                Refusal.Reason.BAD_DATA, "the message cannot be decompressed: " + e.getMessage()));
      }
    }

    private static Refusal tooLarge(String why) {
      return Refusal.of(Refusal.Reason.TOO_LARGE, why + "; send less at once");
    }
  }
}
