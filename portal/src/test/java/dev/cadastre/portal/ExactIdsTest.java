package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.ledger.access.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever senders call things, the portal's own links open them, and nothing else. */
class ExactIdsTest {
  private static final List<String> IDS =
      List.of(
          "k",
          "0",
          "-",
          "null",
          " k",
          "k ",
          "  k",
          "\tk",
          "k\t",
          "k\n",
          "k\r\n",
          "k\u0000",
          "\u0000k",
          "\u001bk",
          "k\u007f",
          "k\u0085",
          "k\u2028",
          "k\u2029x",
          "k\u202ex",
          "k\u00a0",
          "\ufeffk",
          "k\ufffd",
          " ",
          "  ",
          "\t",
          "",
          ".",
          "..",
          "/",
          "//",
          "/k",
          "k/",
          "k/../k",
          "k//k",
          "k%",
          "k%20",
          "k%2f",
          "k#x",
          "k?x",
          "k?id=k",
          "k+k",
          "k k",
          "k;k",
          "k;v=1",
          "k&k=k",
          "k=k",
          "k\\k",
          "k\"k",
          "k'k",
          "k<b>k",
          "${7*7}",
          "base64url:",
          "base64url:aw",
          "K",
          "ключ",
          "🔑",
          "e\u0301",
          "é",
          "k".repeat(1000),
          "k".repeat(999) + "l",
          "k".repeat(512),
          "k".repeat(513),
          "鍵".repeat(1000));

  private static TestCell cell;
  private static Web web;
  private static String token;

  @BeforeAll
  static void open() throws Exception {
    cell = new TestCell();
    cell.adopt();
    for (int i = 0; i < IDS.size(); i++) {
      String id = IDS.get(i);
      Attributes said =
          Attributes.builder()
              .put(Names.KEY_ID, id)
              .put(Names.KEY_OPERATION, "decrypt")
              .put(Names.AUDIT_ACTOR_ID, id)
              .put(Names.AUDIT_TARGET_ID, id)
              .put("test.number", Integer.toString(i))
              .build();
      cell.append(
          TestCell.BANK,
          RecordEvent.builder(Kind.KEY_USE, "token/0badcafe")
              .id(id)
              .time(cell.nanos())
              .attributes(said)
              .resource(new Resource(Attributes.builder().put(Names.SERVICE_NAME, id).build()))
              .build(),
          List.of());
    }
    cell.index();
    web = new Web(cell.url());
    token = cell.token(Role.AUDITOR, TestCell.BANK);
  }

  @AfterAll
  static void close() throws Exception {
    cell.close();
  }

  /** Birth and policy stand before them. */
  private static long entryOf(String id) {
    return 2 + IDS.indexOf(id);
  }

  /** A blank text names no key. */
  private static List<String> names() {
    return IDS.stream().filter(id -> !id.isBlank()).toList();
  }

  @Test
  void eachKeyOfTheListOpensAndItsUsesAreItsOwn() throws Exception {
    String list = web.getAs(token, "/t/rheinbank/keys").text();
    List<String> rows =
        all(list, "<th scope=\"row\" class=\"wrap\"><a class=\"mono\" href=\"([^\"]*)\"");
    assertEquals(names().size(), rows.size());
    List<Long> entries = new ArrayList<>();
    for (String href : rows) {
      Web.Answer page = web.getAs(token, href);
      assertEquals(200, page.status(), href);
      String uses = all(page.text(), "href=\"([^\"]*)\">1 uses?</a>").get(0);
      List<String> listed =
          all(
              web.getAs(token, uses).text(),
              "<th scope=\"row\"><a href=\"/t/rheinbank/events/([0-9]+)\"");
      assertEquals(1, listed.size(), uses);
      entries.add(Long.parseLong(listed.get(0)));
    }
    assertEquals(
        names().size(), entries.stream().distinct().count(), "no two rows lead to one key");
  }

  @Test
  void theApiTellsExactlyTheKeyThatIsNamed() throws Exception {
    for (String id : names()) {
      if (!id.equals("k\ufffd")) {
        assertKey(id, "keys?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
      }
      String base64 =
          java.util.Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(id.getBytes(StandardCharsets.UTF_8));
      assertKey(id, "keys?id=base64url:" + base64);
    }
  }

  private static void assertKey(String id, String address) throws Exception {
    if (id.startsWith("base64url:") && !address.contains("YmFzZTY0dXJs")) {
      return; // taken for what it says
    }
    Web.Answer answer = web.getAs(token, "/api/v1/tenants/rheinbank/" + address);
    assertEquals(200, answer.status(), address + answer);
    assertEquals(id, Json.parseObject(answer.response().body()).str("key"), address);
  }

  @Test
  void everyLinkOfAnEntryOpensAndLeadsBackToIt() throws Exception {
    for (String id : IDS) {
      long index = entryOf(id);
      String page = web.getAs(token, "/t/rheinbank/events/" + index).text();
      for (String href : all(page, "href=\"(/(?:t|logs)/rheinbank/[^\"]*)\"")) {
        Web.Answer answer = web.getAs(token, href);
        assertEquals(200, answer.status(), href);
        if (href.contains("/events?record=")) {
          assertEquals(List.of(Long.toString(index)), listed(answer.text()), href);
        }
        if (href.contains("receipts")) {
          assertEquals(
              Long.toString(index),
              answer.text().replaceAll("(?s).*\"index\":\"?([0-9]+).*", "$1"),
              href);
        }
      }
    }
  }

  @Test
  void receiptsAreFoundByExactlyTheId() throws Exception {
    for (String id : IDS) {
      if (id.isEmpty() || id.startsWith("base64url:") || id.equals("k\ufffd")) {
        continue;
      }
      Web.Answer answer =
          web.getAs(
              token,
              "/logs/rheinbank/receipts?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
      assertEquals(200, answer.status(), id + answer);
      Json.Obj receipt = Json.parseObject(answer.response().body());
      assertTrue(receipt.toString().contains("" + entryOf(id)), id + receipt);
    }
  }

  @Test
  void eventsAreFilteredByExactlyTheIdAndTheFormKeepsIt() throws Exception {
    for (String name : List.of("key", "actor", "target", "service", "record")) {
      for (String id : names()) {
        if (id.isEmpty() || id.startsWith("base64url:") || id.equals("k\ufffd")) {
          continue;
        }
        String query = "?" + name + "=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        Json.Obj found =
            Json.parseObject(
                web.getAs(token, "/api/v1/tenants/rheinbank/events" + query).response().body());
        assertEquals(1, found.arr("events").size(), name + " " + id);
        String page = web.getAs(token, "/t/rheinbank/events" + query).text();
        String kept = name.equals("key") ? chosen(page) : hidden(page, name);
        String again =
            web.getAs(
                    token,
                    "/t/rheinbank/events?"
                        + name
                        + "="
                        + URLEncoder.encode(kept, StandardCharsets.UTF_8))
                .text();
        assertEquals(
            List.of("" + entryOf(id)),
            all(again, "<th scope=\"row\"><a href=\"/t/rheinbank/events/([0-9]+)\""),
            name + " " + kept);
      }
    }
  }

  private static String chosen(String page) {
    return all(page.replaceFirst("(?s).*id=\"f-key\"", ""), "<option value=\"([^\"]+)\" selected")
        .get(0);
  }

  private static String hidden(String page, String name) {
    return all(page, "<input type=\"hidden\" name=\"" + name + "\" value=\"([^\"]*)\"").get(0);
  }

  private static List<String> listed(String page) {
    return all(page, "<th scope=\"row\"><a href=\"/t/rheinbank/events/([0-9]+)\"");
  }

  private static List<String> all(String page, String pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    while (matcher.find()) {
      found.add(
          matcher
              .group(1)
              .replace("&lt;", "<")
              .replace("&gt;", ">")
              .replace("&quot;", "\"")
              .replace("&#39;", "'")
              .replace("&amp;", "&"));
    }
    return found;
  }
}
