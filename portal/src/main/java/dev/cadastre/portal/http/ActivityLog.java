package dev.cadastre.portal.http;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.access.Principal;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What visitors do, as entries in the tenant's own log: who is the verified token, what is the
 * route, and nothing that the visitor could make up. Evidence leaves the portal only once its
 * download is on disk; looking at a page does not wait, nor fail with the log.
 */
public final class ActivityLog {
  private static final Logger LOG = LoggerFactory.getLogger(ActivityLog.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Ledger ledger;
  private final InstantSource clock;
  private final Views views;

  public ActivityLog(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
    this.views = new Views(clock);
  }

  /** Someone signed in. A token for all tenants leaves its trace in the log of the cell. */
  public void ofSignIn(Principal principal) {
    var unused = append(principal, principal.tenant().orElse(LogName.CELL), "sign-in", "");
  }

  /** Someone signed out. */
  public void ofSignOut(Principal principal) {
    var unused = append(principal, principal.tenant().orElse(LogName.CELL), "sign-out", "");
  }

  /** A page was looked at; noted once per session, page and hour. */
  public void ofView(Call call) {
    call.visitor()
        .browser()
        .ifPresentOrElse(
            browser -> noteView(call, browser.id(), page(call)), () -> ofReading(call));
  }

  /**
   * A program read what pages show; noted once per token, route and hour, so that one that follows
   * a log does not make it grow by following.
   */
  private void ofReading(Call call) {
    String route = call.route().path().replace("{tenant}", call.log().value());
    noteView(call, call.who().sender(), route);
  }

  /** The log of anchors is public: who reads it is nobody's business. */
  private void noteView(Call call, String visitor, String target) {
    boolean open = call.log().equals(LogName.ANCHORS);
    if (!open && views.first(new Views.View(visitor, call.log(), target))) {
      var unused = append(call.who(), call.log(), "view", target);
    }
  }

  /**
   * A document of the tenant leaves the portal, or is asked for.
   *
   * @throws Problem if that could not be recorded
   */
  public void ofDocument(Call call, String action, String target) {
    AppendResult result;
    try {
      result =
          append(call.who(), call.log(), action, target)
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unrecorded();
    } catch (ExecutionException | TimeoutException e) {
      LOG.error("{} of {} was not recorded: {}", action, call.log(), e.toString());
      throw unrecorded();
    }
    if (!(result instanceof AppendResult.Appended)) {
      LOG.error("{} of {} was not recorded: {}", action, call.log(), result);
      throw unrecorded();
    }
  }

  private static Problem unrecorded() {
    return Problem.unavailable(
        "The log does not take entries at the moment, so this could not be recorded and is not"
            + " handed out.",
        PATIENCE);
  }

  /**
   * The page as the route table names it. Its parameters have been found in the log, so nothing
   * here is the visitor's own words.
   */
  private static String page(Call call) {
    String page = call.route().path();
    for (Map.Entry<String, String> parameter : call.http().pathParamMap().entrySet()) {
      page =
          page.replace("{" + parameter.getKey() + "}", parameter.getValue())
              .replace("<" + parameter.getKey() + ">", parameter.getValue());
    }
    return page;
  }

  private CompletableFuture<AppendResult> append(
      Principal who, LogName log, String action, String target) {
    if (!ledger.exists(log)) {
      return CompletableFuture.completedFuture(
          new AppendResult.Unavailable("there is no log " + log));
    }
    try {
      RecordEvent event =
          RecordEvent.builder(Kind.PORTAL_ACTIVITY, "portal")
              .attributes(attributes(who, action, target))
              .time(nanos())
              .build();
      return ledger
          .append(List.of(Draft.record(log, event, List.of())))
          .whenComplete((result, failure) -> complain(log, action, result, failure));
    } catch (Refused e) {
      throw new IllegalStateException("an activity always fits into an entry", e);
    }
  }

  private static void complain(
      LogName log,
      String action,
      @org.jspecify.annotations.Nullable AppendResult result,
      @org.jspecify.annotations.Nullable Throwable failure) {
    if (!(result instanceof AppendResult.Appended)) {
      LOG.warn("portal activity {} of {} was not recorded: {}", action, log, result, failure);
    }
  }

  private static Attributes attributes(Principal who, String action, String target) throws Refused {
    Attributes.Builder attributes =
        Attributes.builder()
            .put(Names.AUDIT_ACTION, "portal." + action)
            .put(Names.AUDIT_ACTOR_ID, who.sender())
            .put(Names.AUDIT_ACTOR_TYPE, who.role().wire())
            .put(Names.AUDIT_OUTCOME, "success");
    return target.isEmpty()
        ? attributes.build()
        : attributes.put(Names.AUDIT_TARGET_ID, target).build();
  }

  private long nanos() {
    Instant now = clock.instant();
    return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
  }
}
