package dev.cadastre.ingest;

import dev.cadastre.formats.event.RecordEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One cell for all tests of a class, which run one after the other; each sees its own records. */
public abstract class WithCell {
  public static TestCell cell;
  public static HttpClientOf client;

  @BeforeAll
  static void openCell(@TempDir Path directory) throws Exception {
    cell = new TestCell(directory);
    client = new HttpClientOf(cell);
  }

  @AfterAll
  static void closeCell() {
    cell.close();
  }

  @BeforeEach
  void markCell() throws Exception {
    cell.mark();
  }

  /** Acme's records of the test. */
  static List<RecordEvent> kept() throws Exception {
    return cell.records(TestCell.ACME_LOG);
  }
}
