package dev.cadastre.portal.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.entry.Entry;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EntrySource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFiguresTest {
  private final Counting logs = new Counting();
  private final Map<LogName, Long> indexed = new HashMap<>();
  private final LogFigures figures = new LogFigures(logs, this::indexed);

  private Map<LogName, Long> indexed() {
    logs.questions++;
    return Map.copyOf(indexed);
  }

  /** Logs in memory, in which every question is counted. */
  private static final class Counting implements EntrySource {
    final Map<LogName, Long> sizes = new TreeMap<>();
    final Map<LogName, Long> changed = new HashMap<>();
    long segment;
    int questions;

    void grow(LogName log, long entries) {
      sizes.merge(log, entries, Long::sum);
      changed.put(log, ++segment);
    }

    @Override
    public List<LogName> logs() {
      questions++;
      return List.copyOf(sizes.keySet());
    }

    @Override
    public long newestSegment() {
      questions++;
      return segment;
    }

    @Override
    public List<LogName> grownSince(long seen) {
      questions++;
      return sizes.keySet().stream().filter(log -> changed.getOrDefault(log, 0L) > seen).toList();
    }

    @Override
    public long size(LogName log) {
      questions++;
      return sizes.getOrDefault(log, 0L);
    }

    @Override
    public List<Entry> entries(LogName log, long from, long to) {
      throw new AssertionError("no figure is worth reading entries");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void asManyQuestionsHoweverManyLogs(int count) {
    for (int i = 0; i < count; i++) {
      logs.grow(new LogName("t" + i), 5);
    }
    assertEquals(5L * count, figures.find().entries());
    logs.questions = 0;
    assertEquals(5L * count, figures.find().entries());
    assertEquals(3, logs.questions);
    logs.grow(new LogName("t0"), 1);
    logs.questions = 0;
    assertEquals(5L * count + 1, figures.find().entries());
    assertEquals(4, logs.questions, "and one for the log that grew");
  }

  @Test
  void theLogThatLiesBehindMostIsTheOneThatCounts() {
    LogName acme = new LogName("acme");
    LogName globex = new LogName("globex");
    logs.grow(acme, 10);
    logs.grow(globex, 20);
    logs.grow(LogName.ANCHORS, 1000);
    indexed.put(acme, 3L);
    indexed.put(globex, 18L);
    assertEquals(new LogFigures.Found(1030, 21, 7), figures.find());
    indexed.put(acme, 11L);
    indexed.put(globex, 21L);
    assertEquals(0, figures.find().lag(), "an index ahead of the sizes is not behind");
  }
}
