package dev.cadastre.portal.http;

import dev.cadastre.ledger.access.Principal;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.text.PageDialect;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Renders the templates. Each gets {@code frame}, what every page shows around itself, and {@code
 * it}, the page's own view.
 */
public final class Templates {
  /**
   * What surrounds a page.
   *
   * @param tenant the log being looked at, or empty
   * @param home where the visitor's own tenant begins, or empty
   * @param role the visitor's role, or empty
   * @param csrf what forms must carry, or empty
   * @param path the path being looked at
   * @param signIn the sign-in page; where the visitor may not look at this one, with the way back
   */
  public record Frame(
      String ledger,
      String cell,
      String tenant,
      String home,
      String role,
      String csrf,
      String path,
      String signIn,
      Assets assets) {
    /** The path of a static file. */
    public String asset(String name) {
      return assets.url(name);
    }

    /** Whether the visitor signed in with a browser. */
    public boolean signedIn() {
      return !csrf.isEmpty();
    }

    /** Whether this part of the tenant's pages is being looked at. */
    public boolean at(String part) {
      String start = "/t/" + tenant + "/" + part;
      return part.isEmpty()
          ? path.equals(start)
          : path.equals(start) || path.startsWith(start + "/");
    }
  }

  private final TemplateEngine engine = new TemplateEngine();
  private final Assets assets;
  private final String ledger;
  private final String cell;

  public Templates(Assets assets, String ledger, String cell) {
    this.assets = assets;
    this.ledger = ledger;
    this.cell = cell;
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
    resolver.setPrefix("templates/portal/");
    resolver.setSuffix(".html");
    resolver.setTemplateMode(TemplateMode.HTML);
    resolver.setCharacterEncoding("UTF-8");
    engine.setDialect(new PageDialect());
    engine.setTemplateResolver(resolver);
  }

  /** Answers with a page. */
  public void page(Call call, String template, Object view) {
    page(call.http(), call.visitor(), template, view);
  }

  /** Answers with a page where no route was found or let in. */
  public void page(io.javalin.http.Context http, Visitor visitor, String template, Object view) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("it", view);
    variables.put("frame", frame(http, visitor));
    String page = engine.process(template, new Context(Locale.ROOT, variables));
    Call.answer(http, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  private Frame frame(io.javalin.http.Context http, Visitor visitor) {
    String path = http.path();
    String tenant = path.startsWith("/t/") ? path.substring(3).replaceFirst("/.*", "") : "";
    Optional<String> own = visitor.who().flatMap(Principal::tenant).map(LogName::value);
    boolean known =
        visitor.who().isPresent() && (http.statusCode() < 400 || own.equals(Optional.of(tenant)));
    return new Frame(
        ledger,
        cell,
        known ? tenant : "",
        own.map(log -> "/t/" + log + "/").orElse(""),
        visitor.who().map(who -> who.role().wire()).orElse(""),
        visitor.browser().map(browser -> browser.session().csrf()).orElse(""),
        path,
        signIn(http),
        assets);
  }

  private static String signIn(io.javalin.http.Context http) {
    // A refusal to someone signed in must be the same whatever was asked for, to the byte.
    Optional<ReturnPath> back = http.statusCode() == 401 ? ReturnPath.of(http) : Optional.empty();
    return back.map(ReturnPath::signIn).orElse("/sign-in");
  }
}
