package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.access.Role;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A sender may name as many places as it likes: the overview stays one. */
class BoundedListsTest {
  private static final int PLACES = 50;

  private static long rows(String page) {
    String table = page.substring(page.indexOf("Contract against observation <span>"));
    Matcher row =
        Pattern.compile("<td data-label=\"Observed at\">")
            .matcher(table.substring(0, table.indexOf("</table>")));
    return row.results().count();
  }

  private static String more(String page, String after) {
    Matcher link =
        Pattern.compile("and <a href=\"([^\"]*)\">38 more</a>")
            .matcher(page.substring(page.indexOf(after)));
    assertTrue(link.find(), page);
    return link.group(1).replace("&amp;", "&");
  }

  @Test
  void theOverviewShowsTwelvePlacesAndLeadsToTheOthers() throws Exception {
    try (TestCell cell = new TestCell()) {
      cell.adopt();
      for (int i = 0; i < PLACES; i++) {
        Location at = new Location("nowhere-" + i, Assurance.CLAIMED);
        cell.append(
            TestCell.BANK,
            RecordEvent.builder(Kind.DATA_ACCESS, "token/0badcafe")
                .time(cell.nanos())
                .locations(Map.of(Hop.STORAGE, at))
                .build(),
            List.of());
      }
      cell.index();
      Web web = new Web(cell.url());
      String token = cell.token(Role.VIEWER, TestCell.BANK);
      String page = web.getAs(token, "/t/rheinbank/").text();
      assertEquals(12, rows(page));
      String all = more(page, "Not drawn: ");
      assertEquals(all, more(page, "Contract against observation <span>"));
      String whole = web.getAs(token, "/t/rheinbank/" + all.replaceFirst("#.*", "")).text();
      assertEquals(PLACES, rows(whole));
      assertFalse(whole.substring(whole.indexOf("Contract against")).contains("38 more"));
      assertEquals(400, web.getAs(token, "/t/rheinbank/?places=some").status());
    }
  }
}
