package dev.cadastre.portal;

import static dev.cadastre.ledger.access.Permission.EXPORT_EVIDENCE;
import static dev.cadastre.ledger.access.Permission.READ_EVENTS;
import static dev.cadastre.ledger.access.Permission.READ_PRIVATE;
import static dev.cadastre.ledger.access.Permission.READ_PROOFS;
import static dev.cadastre.portal.http.Route.get;
import static dev.cadastre.portal.http.Route.post;
import static dev.cadastre.portal.http.Surface.API;
import static dev.cadastre.portal.http.Surface.ASSET;
import static dev.cadastre.portal.http.Surface.PAGE;
import static dev.cadastre.portal.http.Surface.TILE;

import dev.cadastre.formats.Refused;
import dev.cadastre.portal.api.CellApi;
import dev.cadastre.portal.api.EvidenceApi;
import dev.cadastre.portal.api.LogApi;
import dev.cadastre.portal.api.OpenApi;
import dev.cadastre.portal.api.PackApi;
import dev.cadastre.portal.api.ReceiptApi;
import dev.cadastre.portal.api.TenantApi;
import dev.cadastre.portal.http.ActivityLog;
import dev.cadastre.portal.http.Assets;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Handler;
import dev.cadastre.portal.http.Route;
import dev.cadastre.portal.http.Rule;
import dev.cadastre.portal.http.SessionCookie;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.page.events.EntryPage;
import dev.cadastre.portal.page.events.EventsPage;
import dev.cadastre.portal.page.events.PersonDesk;
import dev.cadastre.portal.page.evidence.PacksPage;
import dev.cadastre.portal.page.evidence.ResidencyPage;
import dev.cadastre.portal.page.home.AnchorsPage;
import dev.cadastre.portal.page.home.HomePage;
import dev.cadastre.portal.page.home.SignInPages;
import dev.cadastre.portal.page.home.StatusPage;
import dev.cadastre.portal.page.keys.KeysPage;
import dev.cadastre.portal.page.overview.OverviewPage;
import dev.cadastre.portal.page.policy.PolicyPage;
import dev.cadastre.portal.services.AttestationDesk;
import dev.cadastre.portal.services.PortalServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Every route of the portal with the permission that it takes. What is not in this table is not
 * served.
 */
final class RouteTable {
  private static final Rule OPEN = Rule.open();
  private static final Rule PROOFS = Rule.of(READ_PROOFS);
  private static final Rule EVENTS = Rule.of(READ_EVENTS);
  private static final Rule PRIVATE = Rule.of(READ_PRIVATE);
  private static final Rule EVIDENCE = Rule.of(EXPORT_EVIDENCE);

  private final PortalServices rooms;
  private final Templates html;
  private final Assets assets;
  private final ActivityLog activity;
  private final AttestationDesk desk;
  private final PersonDesk persons;
  private final List<Route> routes = new ArrayList<>();

  RouteTable(PortalServices rooms, Templates html, Assets assets, SessionCookie cookie) {
    this.rooms = rooms;
    this.html = html;
    this.assets = assets;
    this.activity = new ActivityLog(rooms.ledger(), rooms.clock());
    this.desk = new AttestationDesk(rooms.attester());
    this.persons = new PersonDesk(rooms, activity);
    // Javalin takes the first route that matches, so /anchors/checkpoint stands before
    // /anchors/{index}.
    logs(new LogApi(rooms));
    publicPages(new SignInPages(rooms, html, cookie, activity));
    tenantPages();
    tenants(
        new TenantApi(rooms, persons),
        new EvidenceApi(rooms, desk, activity),
        new PackApi(rooms, activity));
    cell(new CellApi(rooms));
    routes.replaceAll(OpenApi::withItsQuery);
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  private void publicPages(SignInPages signIn) {
    HomePage home = new HomePage(rooms, html);
    AnchorsPage anchors = new AnchorsPage(rooms, html);
    routes.add(get("/", OPEN, PAGE, home::show));
    routes.add(get("/verify", OPEN, PAGE, home::verify));
    routes.add(get("/status", OPEN, PAGE, new StatusPage(rooms, html)::show));
    routes.add(get("/anchors", OPEN, PAGE, anchors::list).query(Set.of("before")));
    routes.add(get("/anchors/{index}", OPEN, PAGE, anchors::one));
    routes.add(get("/sign-in", OPEN, PAGE, signIn::form).query(SignInPages.QUERY));
    routes.add(post("/sign-in", OPEN, PAGE, signIn::submit));
    routes.add(post("/sign-out", OPEN, PAGE, signIn::signOut));
    routes.add(get("/assets/{fingerprint}/{name}", OPEN, ASSET, assets::serve));
  }

  private void tenantPages() {
    KeysPage keys = new KeysPage(rooms, html);
    PacksPage packs = new PacksPage(rooms, html, activity);
    page("", EVENTS, new OverviewPage(rooms, html)::show, "span", "places");
    page("events", EVENTS, new EventsPage(rooms, html, persons)::show, EventsPage.query());
    page("events/{index}", EVENTS, new EntryPage(rooms, html)::show);
    page("keys", EVENTS, keys::list, "span", "id");
    page("keys/<id>", EVENTS, keys::one, "span");
    page("residency", EVENTS, new ResidencyPage(rooms, desk, html)::show, "after", "until");
    page("policy", EVENTS, new PolicyPage(rooms, html)::show, "before");
    page("packs", EVIDENCE, packs::show);
    routes.add(post("/t/{tenant}/packs", EVIDENCE, PAGE, packs::start));
  }

  /**
   * @param query the page's query parameters
   */
  private void page(String path, Rule rule, Handler handler, String... query) {
    routes.add(get("/t/{tenant}/" + path, rule, PAGE, noted(handler)).query(Set.of(query)));
  }

  /** Reading what a tenant's log says leaves an entry in it, by page or by program. */
  private Handler noted(Handler handler) {
    return call -> {
      handler.handle(call);
      if (call.http().statusCode() == 200) {
        activity.ofView(call);
      }
    };
  }

  /** Of the tiles, bundles of entries say what the log says; hashes say nothing. */
  private void tile(LogApi logs, Call call) throws Refused {
    logs.tile(call);
    if (LogApi.ofEntries(call)) {
      activity.ofView(call);
    }
  }

  private void logs(LogApi logs) {
    routes.add(get("/logs/{tenant}/checkpoint", PROOFS, TILE, logs::checkpoint));
    routes.add(get("/logs/{tenant}/tile/<tile>", PROOFS, TILE, call -> tile(logs, call)));
    routes.add(get("/logs/{tenant}/entries/{index}", EVENTS, TILE, noted(logs::entry)));
    routes.add(get("/logs/{tenant}/entries/{index}/proof", PROOFS, TILE, logs::proof));
    ReceiptApi receipts = new ReceiptApi(rooms);
    routes.add(get("/logs/{tenant}/receipts", PROOFS, TILE, receipts::named));
    routes.add(get("/logs/{tenant}/receipts/<id>", PROOFS, TILE, receipts::receipt));
    routes.add(get("/anchors/checkpoint", OPEN, TILE, logs::publicCheckpoint));
    routes.add(get("/anchors/tile/<tile>", OPEN, TILE, logs::publicTile));
    routes.add(get("/anchors/entries/{index}", OPEN, TILE, logs::publicEntry));
    routes.add(get("/anchors/entries/{index}/proof", OPEN, TILE, logs::publicProof));
  }

  private void tenants(TenantApi tenants, EvidenceApi evidence, PackApi packs) {
    String base = "/api/v1/tenants/{tenant}/";
    routes.add(get(base + "events", EVENTS, API, noted(tenants::events)));
    routes.add(get(base + "summary", EVENTS, API, noted(tenants::summary)));
    routes.add(get(base + "keys", EVENTS, API, noted(tenants::keys)));
    routes.add(get(base + "keys/<id>", EVENTS, API, noted(tenants::key)));
    routes.add(get(base + "persons/{id}", PRIVATE, API, persons::resolve));
    routes.add(get(base + "policy", EVENTS, API, noted(tenants::policy)));
    routes.add(get(base + "residency", EVENTS, API, noted(evidence::residency)));
    routes.add(get(base + "alerts", EVENTS, API, noted(evidence::alerts)));
    routes.add(get(base + "attestations", EVENTS, API, noted(evidence::attestations)));
    routes.add(get(base + "attestations/{until}", EVIDENCE, API, evidence::attestation));
    routes.add(get(base + "attestations/{until}/progress", EVENTS, API, evidence::progress));
    routes.add(get(base + "packs", EVIDENCE, API, packs::list));
    routes.add(post(base + "packs", EVIDENCE, API, packs::start));
    routes.add(get(base + "packs/{id}", EVIDENCE, API, packs::status));
    routes.add(get(base + "packs/{id}/content", EVIDENCE, API, packs::content));
  }

  private void cell(CellApi cell) {
    routes.add(get("/healthz", OPEN, API, cell::live));
    routes.add(get("/readyz", OPEN, API, cell::ready));
    routes.add(get("/metrics", OPEN, API, cell::metrics));
    OpenApi[] described = new OpenApi[1];
    routes.add(get("/api/openapi.json", OPEN, API, call -> described[0].show(call)));
    described[0] = new OpenApi(routes, "Cadastre " + rooms.ledger().settings().cell());
  }
}
