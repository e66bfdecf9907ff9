package dev.cadastre.ingest.http;

import dev.cadastre.ingest.IngestMetrics;
import dev.cadastre.ingest.IngestSettings;
import dev.cadastre.ingest.Intake;
import dev.cadastre.ingest.gate.FairShare;
import dev.cadastre.ingest.otlp.CloudEvent;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.request.EventSource;
import dev.cadastre.ingest.request.IntakeOutcome;
import dev.cadastre.ingest.request.InternalErrors;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Refusal.Reason;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * One request of OTLP/HTTP or of another system, from its headers to its answer. While it waits,
 * for more of its body or for the disk, it holds no thread.
 */
final class HttpExchange {
  private final Intake intake;
  private final Signal signal;
  private final Optional<EventSource> source;
  private final Request request;
  private final HttpReply reply;
  private FairShare.@Nullable Reservation reservation;
  private long began;
  private boolean ended;

  HttpExchange(Intake intake, Signal signal, Request request, HttpReply reply) {
    this(intake, signal, Optional.empty(), request, reply);
  }

  /** For a system that sends its events itself. */
  HttpExchange(Intake intake, EventSource source, Request request, HttpReply reply) {
    this(intake, Signal.EVENTS, Optional.of(source), request, reply);
  }

  private HttpExchange(
      Intake intake,
      Signal signal,
      Optional<EventSource> source,
      Request request,
      HttpReply reply) {
    this.intake = intake;
    this.signal = signal;
    this.source = source;
    this.request = request;
    this.reply = reply;
  }

  void begin() {
    guarded(
        () -> {
          HttpPreconditions given = HttpPreconditions.check(intake, signal, request);
          FairShare.Reservation share = intake.inFlight().reserve(given.sender().account());
          reservation = share;
          int weight = given.gzip() ? 1 : IngestSettings.WEIGHT;
          RequestBody body = new RequestBody(share, weight, given.bytesMax(), given.length());
          long expected = intake.settings().expectedBytes(given.length(), weight);
          // Until there is room, the body stays with its sender.
          whenThereIsRoom(share, expected, () -> begin(given, share, body));
        });
  }

  /** Goes on once there is room for so much, on this thread or later on another. */
  private void whenThereIsRoom(FairShare.Reservation share, long bytes, Step next) throws Rejected {
    Runnable goOn = () -> executor().execute(() -> guarded(next));
    if (share.reserveOrWait(bytes, goOn)) {
      next.run();
      return;
    }
    Duration patience = intake.settings().roomTimeout();
    request
        .getComponents()
        .getScheduler()
        .schedule(
            () -> {
              if (share.leave(goOn)) {
                answer(FairShare.waitedFor(patience));
              }
            },
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void begin(HttpPreconditions given, FairShare.Reservation share, RequestBody body)
      throws Rejected {
    began = System.nanoTime();
    read(given, share, body);
  }

  private interface Step {
    void run() throws Rejected;
  }

  private void guarded(Step step) {
    try {
      step.run();
    } catch (Rejected e) {
      answer(e.refusal());
    } catch (RuntimeException | Error e) {
      answer(InternalErrors.refusal(e));
    }
  }

  private void read(HttpPreconditions given, FairShare.Reservation share, RequestBody body)
      throws Rejected {
    while (!ended) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(() -> guarded(() -> read(given, share, body)));
        return;
      }
      take(chunk, body);
    }
    intake.metrics().received(IngestMetrics.Transport.HTTP, body.length());
    if (given.gzip()) {
      decompress(given, share, body.bytes());
    } else {
      inTurn(given, () -> decode(given, share, body.bytes()));
    }
  }

  private void take(Content.Chunk chunk, RequestBody body) throws Rejected {
    if (Content.Chunk.isFailure(chunk)) {
      throw broken(chunk.getFailure());
    }
    try {
      ended = chunk.isLast();
      body.add(chunk.getByteBuffer());
    } finally {
      chunk.release();
    }
    if (!ended && System.nanoTime() - began > intake.settings().bodyTimeout().toNanos()) {
      throw slowSender();
    }
  }

  private Rejected broken(Throwable failure) {
    return failure instanceof TimeoutException
        ? slowSender()
        : Rejected.badData("the body broke off: " + failure.getMessage());
  }

  private Rejected slowSender() {
    return Rejected.retry(
        Reason.SLOW_SENDER,
        "the body did not arrive within " + intake.settings().bodyTimeout().toSeconds() + " s",
        Intake.SOON);
  }

  private void decompress(HttpPreconditions given, FairShare.Reservation share, byte[] body)
      throws Rejected {
    share.settle(body.length);
    long length = Math.min(Gunzip.statedLength(body), given.bytesMax());
    whenThereIsRoom(
        share,
        IngestSettings.WEIGHT * length,
        () ->
            inTurn(
                given,
                () -> decode(given, share, Gunzip.decompress(body, given.bytesMax(), share))));
  }

  private void inTurn(HttpPreconditions given, Step work) {
    intake.turns().take(given.sender().account(), executor(), () -> guarded(work));
  }

  private Executor executor() {
    return request.getComponents().getExecutor();
  }

  private void decode(HttpPreconditions given, FairShare.Reservation share, byte[] bytes)
      throws Rejected {
    DecodedRequest batch =
        source.isPresent()
            ? intake.decodeEvents(
                given.sender(),
                source.get(),
                CloudEvent.binary(source.get(), request.getHeaders()),
                bytes,
                share)
            : intake.decode(given.sender(), signal, given.encoding(), bytes, share);
    intake.take(given.sender(), batch, executor(), this::answer);
  }

  private void answer(IntakeOutcome outcome) {
    if (reservation != null) {
      reservation.close();
    }
    intake.metrics().answered(IngestMetrics.Transport.HTTP, outcome, reply.age());
    try {
      reply(outcome);
    } catch (RuntimeException e) {
      reply.abandon(e);
      throw e;
    }
  }

  private void reply(IntakeOutcome outcome) {
    if (outcome instanceof IntakeOutcome.Accepted accepted) {
      reply.accept(signal, accepted);
    } else if (outcome instanceof IntakeOutcome.Audited audited) {
      reply.accept(audited);
    } else if (ended) {
      reply.refuseNow((Refusal) outcome);
    } else {
      reply.refuse((Refusal) outcome);
    }
  }
}
