package dev.cadastre.ingest.grpc;

import com.google.protobuf.Message;
import dev.cadastre.ingest.IngestMetrics;
import dev.cadastre.ingest.IngestSettings;
import dev.cadastre.ingest.Intake;
import dev.cadastre.ingest.answer.OtlpAnswers;
import dev.cadastre.ingest.gate.FairShare;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.request.Encoding;
import dev.cadastre.ingest.request.IntakeOutcome;
import dev.cadastre.ingest.request.InternalErrors;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Refusal.Reason;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One OTLP/gRPC call of an authenticated sender, from its first byte to its answer. */
final class GrpcExchange extends ServerCall.Listener<RawRequest> {
  private static final int UNKNOWN = -1;

  private final Intake intake;
  private final Signal signal;
  private final Sender sender;
  private final ServerCall<RawRequest, Message> call;
  private final Executor executor;
  private final ScheduledExecutorService timer;
  private final FairShare.Reservation reservation;
  private final long began = System.nanoTime();

  /** Set once, when the request has arrived whole or is no longer waited for. */
  private final AtomicBoolean waitedEnough = new AtomicBoolean();

  private final AtomicBoolean answered = new AtomicBoolean();
  private final Future<?> patience;
  private @Nullable RawRequest received;
  private long usedBytes;

  GrpcExchange(
      Intake intake,
      Signal signal,
      Sender sender,
      ServerCall<RawRequest, Message> call,
      Executor executor,
      ScheduledExecutorService timer) {
    this.intake = intake;
    this.signal = signal;
    this.sender = sender;
    this.call = call;
    this.executor = executor;
    this.timer = timer;
    this.reservation = intake.inFlight().reserve(sender.account());
    this.patience =
        timer.schedule(
            this::giveUp, intake.settings().bodyTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Asks for the message once there is room for one of common size; until then nearly all of it
   * stays with its sender.
   */
  void begin() {
    GrpcArrival.listen(this::arrived);
    long expected = intake.settings().expectedBytes(UNKNOWN, IngestSettings.WEIGHT);
    if (reservation.reserveOrWait(expected, () -> executor.execute(this::ask))) {
      ask();
      return;
    }
    Duration patience = intake.settings().roomTimeout();
    timer.schedule(
        () -> {
          if (reservation.leave()) {
            end(FairShare.waitedFor(patience));
          }
        },
        patience.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** A unary call has one message; asking for two finds out those that send more. */
  private void ask() {
    call.request(2);
    closeIfAnswered();
  }

  /** Bytes count from when they are in memory; a message for which there is no room is dropped. */
  private void arrived(long bytes) {
    try {
      use(bytes);
    } catch (Rejected e) {
      end(e.refusal());
    }
    closeIfAnswered();
  }

  private void use(long bytes) throws Rejected {
    reservation.use(IngestSettings.WEIGHT * bytes);
    usedBytes += bytes;
  }

  /** The answer may have come between, and have given back what was held then. */
  private void closeIfAnswered() {
    if (answered.get()) {
      reservation.close();
    }
  }

  /** Answers a call whose message is waited for no longer. */
  private void end(Refusal refusal) {
    if (waitedEnough.compareAndSet(false, true)) {
      patience.cancel(false);
      answer(refusal);
    }
  }

  private void giveUp() {
    long seconds = intake.settings().bodyTimeout().toSeconds();
    end(
        Refusal.retry(
            Reason.SLOW_SENDER,
            "the request did not arrive within " + seconds + " s",
            Intake.SOON));
  }

  @Override
  public void onMessage(RawRequest message) {
    if (received != null) {
      answer(Refusal.of(Reason.BAD_DATA, "the call has more than one message"));
      return;
    }
    received = message instanceof RawRequest.Message whole ? admitted(whole) : message;
  }

  /** Now its size is known, decompressed if it was compressed. */
  private RawRequest admitted(RawRequest.Message message) {
    int bytesMax = intake.requestBytesMax(sender);
    int length = message.bytes().length;
    intake.metrics().received(IngestMetrics.Transport.GRPC, length);
    try {
      if (length > bytesMax) {
        throw Rejected.of(Reason.TOO_LARGE, "the request exceeds " + bytesMax + " bytes");
      }
      use(Math.max(0, length - usedBytes));
      return message;
    } catch (Rejected e) {
      return new RawRequest.Unreadable(e.refusal());
    }
  }

  @Override
  public void onHalfClose() {
    patience.cancel(false);
    if (!waitedEnough.compareAndSet(false, true) || answered.get()) {
      return;
    }
    intake.turns().take(sender.account(), executor, this::work);
  }

  private void work() {
    try {
      intake.take(sender, batch(), executor, this::answer);
    } catch (Rejected e) {
      refuse(e.refusal());
    } catch (RuntimeException | Error e) {
      answer(InternalErrors.refusal(e));
    }
  }

  /**
   * Who is refused for want of room and calls again at once would keep the processors busy with
   * nothing else, so the answer takes a moment. Nothing is held meanwhile.
   */
  private void refuse(Refusal refusal) {
    received = null;
    reservation.close();
    boolean room = FairShare.refuses(refusal);
    long delay = room ? intake.settings().roomTimeout().toMillis() : 0;
    if (delay == 0) {
      answer(refusal);
    } else {
      timer.schedule(() -> answer(refusal), delay, TimeUnit.MILLISECONDS);
    }
  }

  private DecodedRequest batch() throws Rejected {
    if (received == null) {
      throw Rejected.badData("the call has no message");
    }
    if (received instanceof RawRequest.Unreadable unreadable) {
      throw new Rejected(unreadable.refusal());
    }
    byte[] bytes = ((RawRequest.Message) received).bytes();
    return intake.decode(sender, signal, Encoding.PROTOBUF, bytes, reservation);
  }

  /** What was taken is still appended; there is nobody left to tell. */
  @Override
  public void onCancel() {
    patience.cancel(false);
    if (waitedEnough.compareAndSet(false, true)) {
      answered.set(true);
      reservation.leave();
      reservation.close();
    }
  }

  private void answer(IntakeOutcome outcome) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    reservation.close();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    intake.metrics().answered(IngestMetrics.Transport.GRPC, outcome, took);
    if (outcome instanceof IntakeOutcome.Accepted accepted) {
      accept(accepted);
    } else {
      refuse(call, (Refusal) outcome);
    }
  }

  private void accept(IntakeOutcome.Accepted accepted) {
    call.sendHeaders(new Metadata());
    call.sendMessage(OtlpAnswers.message(signal, accepted.warning()));
    call.close(io.grpc.Status.OK, new Metadata());
  }

  /** Ends a call with the refusal's {@code google.rpc.Status}, details included. */
  static void refuse(ServerCall<?, ?> call, Refusal refusal) {
    StatusException status = StatusProto.toStatusException(refusal.status());
    Metadata trailers = status.getTrailers();
    call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
  }
}
