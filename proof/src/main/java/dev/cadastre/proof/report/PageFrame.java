package dev.cadastre.proof.report;

import dev.cadastre.formats.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/** What both pages have around their text: head, style, and the policy that allows nothing else. */
final class PageFrame {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1a2421; --soft: #56645f; --line: #d9dfdc; --paper: #fff; --tint: #f3f6f4; --accent: #0b6b53; --bad: #a4262c; --warn: #8a5a00; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e7ecea; --soft: #a0ada8; --line: #33403b; --paper: #141a18; --tint: #1c2421; --accent: #5fcbaa; --bad: #ff8f8f; --warn: #f0c060; } }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
      main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
      h1 { font-size: 2rem; line-height: 1.2; margin: .2rem 0 1rem; overflow-wrap: anywhere; }
      h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; border-top: 1px solid var(--line); padding-top: 1.2rem; }
      .kicker { margin: 0; color: var(--accent); font-weight: 600; letter-spacing: .04em; text-transform: uppercase; font-size: .8rem; }
      .lead { font-size: 1.1rem; }
      .soft { color: var(--soft); }
      code, pre { font: .875em/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; }
      pre { background: var(--tint); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; overflow-x: auto; }
      code { overflow-wrap: anywhere; } pre code { overflow-wrap: normal; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
      caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
      th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); }
      td:last-child, th:last-child { padding-right: 0; }
      th { font-weight: 600; color: var(--soft); font-size: .875rem; }
      tbody th { color: var(--ink); font-size: 1em; font-weight: 400; overflow-wrap: anywhere; }
      td.n, th.n { text-align: right; white-space: nowrap; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.2rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
      .violation { color: var(--bad); font-weight: 600; } .unproven { color: var(--warn); font-weight: 600; } .compliant, .exception, .prevented { font-weight: 600; } .compliant { color: var(--accent); }
      .verdict { border-left: 4px solid var(--accent); background: var(--tint); padding: .8rem 1rem; font-size: 1.15rem; } .verdict.bad { border-color: var(--bad); } .verdict.open { border-color: var(--warn); }
      li { margin: .4rem 0; }
      @media (max-width: 36rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } h1 { font-size: 1.6rem; } }
      @media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --tint: #f5f5f5; --accent: #0b6b53; --bad: #a4262c; --warn: #8a5a00; } body { font-size: 11pt; } main { max-width: none; padding: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; } .scroll { overflow: visible; } pre { white-space: pre-wrap; } }
      """;

  private PageFrame() {}

  /** Begins a page; what follows goes into its main part. */
  static HtmlWriter begin(String title, String kicker, String tenant) {
    return new HtmlWriter()
        .raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .raw(securityPolicy())
        .raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
        .text(title + ": " + tenant)
        .raw("</title>\n<style>")
        .raw(STYLE)
        .raw("</style>\n</head>\n<body>\n<main>\n<p class=\"kicker\">")
        .raw(kicker)
        .raw("</p>\n<h1>")
        .foreign(tenant)
        .raw("</h1>\n");
  }

  static byte[] end(HtmlWriter page) {
    return page.raw("</main>\n</body>\n</html>\n").bytes();
  }

  /** The style by its hash; no script, no image, no request, no frame. */
  private static String securityPolicy() {
    byte[] digest = Hash.sha256(STYLE.getBytes(StandardCharsets.UTF_8)).bytes();
    return "default-src 'none'; style-src 'sha256-"
        + Base64.getEncoder().encodeToString(digest)
        + "'; base-uri 'none'; form-action 'none'";
  }

  /** The tenant in a log's origin: what stands behind its last slash. */
  static String tenant(String origin) {
    return origin.substring(origin.lastIndexOf('/') + 1);
  }

  /** Unix nanoseconds to the second. */
  static String time(long ns) {
    return UTC.format(Instant.ofEpochSecond(0, ns));
  }
}
