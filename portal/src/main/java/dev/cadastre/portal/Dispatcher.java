package dev.cadastre.portal;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.stored.QuestionTooLarge;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Gate;
import dev.cadastre.portal.http.Headers;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.http.Route;
import dev.cadastre.portal.http.Rule;
import dev.cadastre.portal.http.Surface;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.http.Visitor;
import dev.cadastre.portal.metrics.RequestFigures;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each request through identification, admission and its handler, and turns whatever is
 * refused into an answer.
 */
final class Dispatcher {
  private static final int TOO_LARGE = 413;

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration SHORTLY = Duration.ofSeconds(5);
  private static final String VISITOR = "visitor";
  private static final Route NOWHERE = Route.get("/", Rule.open(), Surface.PAGE, call -> {});

  private final Gate gate;
  private final Templates html;
  private final Predicate<LogName> exists;
  private final boolean https;

  Dispatcher(Gate gate, Templates html, Predicate<LogName> exists, boolean https) {
    this.gate = gate;
    this.html = html;
    this.exists = exists;
    this.https = https;
  }

  /** Registers the routes, and answers for everything that is none of them. */
  void register(JavalinConfig config, List<Route> routes) {
    config.routes.before(http -> Headers.set(http.res(), https));
    for (Route route : routes) {
      config.routes.addHttpHandler(route.method(), route.path(), http -> dispatch(route, http));
      if (route.method() == HandlerType.GET) {
        config.routes.addHttpHandler(HandlerType.HEAD, route.path(), http -> dispatch(route, http));
      }
    }
    config.routes.exception(
        MethodNotAllowedResponse.class,
        (e, http) -> {
          // RFC 9110 section 15.5.6 demands it; Javalin tells the methods in details of its own.
          http.header("Allow", String.join(", ", e.getDetails().values()));
          refuse(http, ofJavalin(e));
        });
    config.routes.exception(HttpResponseException.class, (e, http) -> refuse(http, ofJavalin(e)));
    config.routes.exception(Exception.class, this::failed);
  }

  private void dispatch(Route route, Context http) throws IOException {
    RequestFigures.took(http.req(), route.path());
    try {
      route.headers(http.res());
      Visitor visitor = gate.identify(http, route);
      http.attribute(VISITOR, visitor);
      Call call = new Call(http, route, visitor);
      gate.admit(call);
      requireLog(call);
      call.refuseUnknownQuery();
      route.handler().handle(call);
    } catch (Problem problem) {
      refuse(http, problem);
    } catch (Refused refused) {
      refuse(http, Problem.badRequest(refused));
    } catch (QuestionTooLarge tooLarge) {
      refuse(http, tooMuchAsked());
    } catch (LogStopped stopped) {
      // Its route is of that log, or of anchors, which are public: its words may be shown.
      LOG.warn("{}: {}", route, stopped.getMessage());
      refuse(http, Problem.unavailable(stopped.sentence(), SHORTLY));
    } catch (StorageFailure failure) {
      LOG.error("{} failed on storage: {}", route, failure.getMessage());
      LOG.debug("where it failed", failure);
      refuse(http, Problem.unavailable("The store could not be read. Try again shortly.", SHORTLY));
    } catch (Error bug) {
      // Javalin would answer without a word to anybody.
      failed(bug, http);
    }
  }

  private static Problem tooMuchAsked() {
    return new Problem(
        422,
        "Too much for one answer",
        "This would read more of the index than one request may. Ask for a shorter time, such as"
            + " span=24h, or add a filter.");
  }

  /** Only who may open every tenant's log gets here with a name that is none, or nobody's. */
  private void requireLog(Call call) {
    if (!(call.route().rule() instanceof Rule.OfTenant)) {
      return;
    }
    if (!exists.test(call.log())) {
      throw Problem.notFound("There is no such log in this cell.");
    }
    if (call.log().equals(LogName.ANCHORS) && call.route().surface() != Surface.TILE) {
      throw Problem.notFound("The log of anchors is nobody's: it is public, at /anchors.");
    }
  }

  private void failed(Throwable bug, Context http) {
    LOG.error("{} {} failed", http.method(), http.path(), bug);
    refuse(
        http,
        new Problem(
            500,
            "Something broke",
            "This is our fault and was logged. Nothing in the ledger was changed by it."));
  }

  private static Problem ofJavalin(HttpResponseException e) {
    int status = e.getStatus();
    return switch (status) {
      case 404 -> Problem.notFound("Nothing is at this address.");
      case 405 -> new Problem(405, "Method not allowed", "This address does not take that method.");
      case TOO_LARGE ->
          new Problem(
              TOO_LARGE, "Too large", "The request is larger than anything this server takes.");
      default -> new Problem(status, "Refused", String.valueOf(e.getMessage()));
    };
  }

  /**
   * Who called; where no route was found, too, so that a page does not ask them to sign in again.
   */
  private Visitor visitor(Context http) {
    Visitor identified = http.attribute(VISITOR);
    if (identified != null) {
      return identified;
    }
    try {
      return gate.identify(http, NOWHERE);
    } catch (Problem | StorageFailure unknown) {
      return new Visitor.Anonymous();
    }
  }

  private void refuse(Context http, Problem problem) {
    http.status(problem.status());
    http.res().setHeader("Content-Disposition", null);
    http.header("Cache-Control", "no-store");
    problem
        .retryAfter()
        .ifPresent(wait -> http.header("Retry-After", Long.toString(wait.toSeconds())));
    if (problem.status() == 401) {
      http.header("WWW-Authenticate", "Bearer realm=\"cadastre\"");
    }
    if (Surface.of(http.path()).forPeople()) {
      html.page(http, visitor(http), "problem", problem);
    } else {
      http.contentType("application/problem+json").result(problem.json());
    }
  }
}
