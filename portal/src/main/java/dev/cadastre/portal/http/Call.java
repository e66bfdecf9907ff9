package dev.cadastre.portal.http;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.access.Principal;
import dev.cadastre.ledger.model.LogName;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One request that was let in, with strict ways to read it and short ways to answer it. */
public record Call(Context http, Route route, Visitor visitor) {
  private static final int MAX_PARAMETER = 512;
  private static final int MAX_EXACT = 12_000;
  private static final int MAX_DIGITS = 16;

  /** The path's parameter of that name. */
  public String path(String name) {
    return http.pathParam(name);
  }

  /**
   * The log that the path names; the gate has checked that the visitor may take this route into it.
   */
  public LogName log() {
    return new LogName(path("tenant"));
  }

  /** The verified principal of a route that needs one. */
  public Principal who() {
    return visitor
        .who()
        .orElseThrow(() -> new IllegalStateException(route + " lets nobody in unknown"));
  }

  /** Whether the visitor may also do that in the path's log. */
  public boolean may(Permission permission) {
    return visitor.who().map(who -> who.may(permission, log())).orElse(false);
  }

  /** A path parameter that is an index into a log. */
  public long index(String name) throws Refused {
    return number(name, path(name));
  }

  /** A query parameter; empty when absent or blank. */
  public Optional<String> query(String name) throws Refused {
    Optional<String> value = single(name).map(String::strip).filter(text -> !text.isEmpty());
    if (value.isPresent()) {
      checkText(name, value.get());
    }
    return value;
  }

  private Optional<String> single(String name) throws Refused {
    List<String> values = http.queryParams(name);
    if (values.size() > 1) {
      throw new Refused("the parameter '" + name + "' may be given once; found " + values.size());
    }
    return values.stream().findFirst();
  }

  /**
   * A query parameter that names something in the log, to the character: whatever a sender may have
   * called it, blank or empty too. Empty when absent.
   */
  public Optional<String> exact(String name) throws Refused {
    Optional<String> value = single(name);
    if (value.isEmpty()) {
      return value;
    }
    if (value.get().length() > MAX_EXACT || value.get().indexOf('\uFFFD') >= 0) {
      throw new Refused(
          "'" + name + "' must be UTF-8 text of at most " + MAX_EXACT + " characters");
    }
    return Optional.of(ParameterText.read(value.get()));
  }

  /** A query parameter of the same kind in a form, where an empty value means none. */
  public Optional<String> exactIfFilled(String name) throws Refused {
    Optional<String> value = single(name);
    return value.isPresent() && value.get().isEmpty() ? Optional.empty() : exact(name);
  }

  /** Words to look for: what was typed, without blanks around it, or what our links wrote. */
  public Optional<String> words(String name) throws Refused {
    boolean written = single(name).filter(ParameterText::isWritten).isPresent();
    return written ? exact(name) : query(name);
  }

  /** A query parameter that is a whole number, 0 or greater. */
  public Optional<Long> queryNumber(String name) throws Refused {
    Optional<String> text = query(name);
    return text.isEmpty() ? Optional.empty() : Optional.of(number(name, text.get()));
  }

  /** A field of the form that was sent. */
  public Optional<String> form(String name) throws Refused {
    Optional<String> value =
        Form.read(http).field(name).map(String::strip).filter(text -> !text.isEmpty());
    if (value.isPresent()) {
      checkText(name, value.get());
    }
    return value;
  }

  /**
   * The JSON object that was sent; an empty one where nothing was.
   *
   * @throws Problem 415 if it is something else
   */
  public Json.Obj sent() throws Refused {
    byte[] body = http.bodyAsBytes();
    boolean json = ContentType.isUtf8(http, "application/json");
    boolean nothing = body.length == 0 && (ContentType.isAbsent(http) || ContentType.isForm(http));
    if (!json && !nothing) {
      throw new Problem(415, "Not JSON", "Send a JSON object as application/json, or nothing.");
    }
    return body.length == 0 ? Json.Obj.builder().build() : Json.parseObject(body);
  }

  /** The page of ours to go on to after signing in, as address or form name it. */
  public Optional<ReturnPath> goOn() throws Refused {
    Optional<String> named =
        route.changes()
            ? Form.read(http).field(ReturnPath.PARAMETER)
            : http.queryParams(ReturnPath.PARAMETER).stream().findFirst();
    return named.flatMap(ReturnPath::parse);
  }

  /**
   * Refuses query parameters that mean nothing on this route, so that a misspelt filter does not
   * silently show everything.
   */
  public void refuseUnknownQuery() throws Refused {
    for (String name : http.queryParamMap().keySet()) {
      if (!route.query().contains(name)) {
        throw new Refused(
            "there is no parameter '"
                + shown(name)
                + "' here; "
                + (route.query().isEmpty()
                    ? "this address takes none"
                    : "known are " + route.query().stream().sorted().toList()));
      }
    }
  }

  private static void checkText(String name, String value) throws Refused {
    if (value.length() > MAX_PARAMETER) {
      throw new Refused(
          "'" + name + "' may have " + MAX_PARAMETER + " characters; found " + value.length());
    }
    if (value.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
      throw new Refused("'" + name + "' must be printable UTF-8 text");
    }
  }

  private static long number(String name, String text) throws Refused {
    boolean digits =
        !text.isEmpty()
            && text.length() <= MAX_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || (text.length() > 1 && text.startsWith("0"))) {
      throw new Refused(
          "'"
              + name
              + "' must be a whole number without leading zeros; found '"
              + shown(text)
              + "'");
    }
    return Long.parseLong(text);
  }

  private static String shown(String text) {
    String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() <= 60 ? printable : printable.substring(0, 60) + "…";
  }

  /** Answers with JSON. */
  public void json(Json value) {
    bytes("application/json", value.jcs());
  }

  /** Answers with bytes of that content type. */
  public void bytes(String contentType, byte[] bytes) {
    answer(http, contentType, bytes);
  }

  /**
   * Answers with bytes and their entity tag, which lets a visitor who has them already be told so.
   * Weak, because compression changes what is sent (RFC 9110, section 8.8.1).
   */
  static void answer(Context http, String contentType, byte[] bytes) {
    if (http.statusCode() < 300) {
      http.header("ETag", "W/\"" + Hash.sha256(bytes).hex().substring(0, 32) + "\"");
    }
    http.contentType(contentType).result(bytes);
  }

  /** Answers with a file that the browser saves. */
  public void download(String contentType, String fileName, byte[] bytes) {
    http.header("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
    bytes(contentType, bytes);
  }

  /** Sends the browser to another of our pages, by GET. */
  public void seeOther(String path) {
    http.status(303).header("Location", path);
  }

  /**
   * Tells caches that these bytes never change. Shared caches may keep them only where everyone may
   * see them.
   */
  public void immutable() {
    keep("max-age=" + Duration.ofDays(365).toSeconds() + ", immutable");
  }

  /** Tells caches how to keep the answer, whoever may see it. */
  public void keep(String how) {
    http.header("Cache-Control", (route.forEveryone() ? "public, " : "private, ") + how);
  }

  /** Whether only the headers of the answer are asked for; such a request changes nothing. */
  public boolean headOnly() {
    return http.req().getMethod().equals("HEAD");
  }

  /** Whether htmx asks for a part of the page. */
  public boolean partial() {
    return "true".equals(http.header("HX-Request"))
        && http.header("HX-History-Restore-Request") == null;
  }
}
