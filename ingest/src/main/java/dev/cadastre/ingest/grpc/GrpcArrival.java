package dev.cadastre.ingest.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.util.function.LongConsumer;

/**
 * Tells a call how many bytes of its message have arrived while the message is not whole yet: the
 * library collects it without asking, and many that never end would take all memory.
 */
final class GrpcArrival extends ServerStreamTracer {
  private static final Context.Key<GrpcArrival> OF_CALL = Context.key("arrival");

  private volatile LongConsumer listener = bytes -> {};

  static ServerStreamTracer.Factory factory() {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new GrpcArrival();
      }
    };
  }

  /**
   * Listens to the arrival of the call that is being started on this thread.
   *
   * @param listener told of each further bytes, on the transport's thread
   */
  static void listen(LongConsumer listener) {
    OF_CALL.get().listener = listener;
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(OF_CALL, this);
  }

  @Override
  public void inboundWireSize(long bytes) {
    listener.accept(bytes);
  }
}
