package dev.cadastre.portal.page.home;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.access.Principal;
import dev.cadastre.ledger.access.Session;
import dev.cadastre.portal.http.ActivityLog;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Meter;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.http.ReturnPath;
import dev.cadastre.portal.http.SessionCookie;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.http.Visitor;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.services.PortalServices;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Signing in with a token, by form or by link, and out. */
public final class SignInPages {
  /** Each good sign-in is an entry in a log, so a token may not make as many as it likes. */
  private static final int BURST = 30;

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /** What a sign-in link carries. */
  public static final Set<String> QUERY = Set.of("token", ReturnPath.PARAMETER);

  private final PortalServices rooms;
  private final Templates html;
  private final SessionCookie cookie;
  private final ActivityLog activity;
  private final Meter signIns;

  public SignInPages(
      PortalServices rooms, Templates html, SessionCookie cookie, ActivityLog activity) {
    this.rooms = rooms;
    this.html = html;
    this.cookie = cookie;
    this.activity = activity;
    this.signIns = new Meter(rooms.clock(), BURST, INTERVAL);
  }

  /** The form, why the last try failed, if it did, and the page to go on to, or empty. */
  public record View(String complaint, String back) {}

  public void form(Call call) throws Refused {
    Optional<String> token = call.query("token");
    if (token.isPresent() && !call.headOnly()) {
      signIn(call, token.get(), back(call));
    } else {
      html.page(call, "sign-in", new View("", back(call)));
    }
  }

  public void submit(Call call) throws Refused {
    signIn(call, call.form("token").orElse(""), back(call));
  }

  private static String back(Call call) throws Refused {
    return call.goOn().map(ReturnPath::value).orElse("");
  }

  private void signIn(Call call, String token, String back) {
    Optional<Principal> principal = rooms.tokens().verify(token);
    if (principal.isEmpty()) {
      String from = "address " + call.http().req().getRemoteAddr();
      Optional<Duration> wait = signIns.take(from);
      if (wait.isPresent()) {
        throw Problem.tooMany("Too many wrong tokens came from your address.", wait.get());
      }
      refuse(call, 401, "This token is unknown, expired or revoked.", back);
    } else if (!principal.get().role().grants(Permission.READ_EVENTS)) {
      refuse(call, 403, "This token is for sending events; it opens no page.", back);
    } else {
      begin(call, principal.get(), back);
    }
  }

  private void refuse(Call call, int status, String complaint, String back) {
    call.http().status(status).header("Cache-Control", "no-store");
    html.page(call, "sign-in", new View(complaint, back));
  }

  private void begin(Call call, Principal principal, String back) {
    Optional<Duration> wait = signIns.take(principal.sender());
    if (wait.isPresent()) {
      throw Problem.tooMany("This token was used to sign in too often just now.", wait.get());
    }
    call.visitor().browser().ifPresent(old -> rooms.sessions().end(old.id()));
    Session.Begun begun = rooms.sessions().begin(principal);
    cookie.set(call.http(), begun.id());
    call.http().header("Cache-Control", "no-store");
    activity.ofSignIn(principal);
    String home = principal.tenant().map(Links::tenant).orElse("/");
    call.seeOther(back.isEmpty() ? home : back);
  }

  private void end(Visitor.Browser browser) {
    rooms.sessions().end(browser.id());
    activity.ofSignOut(browser.session().principal());
  }

  /** Ends the session and has the browser forget what it kept of our pages. */
  public void signOut(Call call) {
    call.visitor().browser().ifPresent(this::end);
    cookie.clear(call.http());
    call.http().header("Clear-Site-Data", "\"cache\"");
    call.seeOther("/");
  }
}
