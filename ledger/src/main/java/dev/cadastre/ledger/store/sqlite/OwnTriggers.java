package dev.cadastre.ledger.store.sqlite;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a file's triggers and views against the migrations, at each opening: a foreign trigger can
 * swallow rows that were written and acknowledged. That its own are missing is only said: they keep
 * mistakes out, and what was changed behind them is found by the logs' own checks. {@code fsck}
 * compares tables and indexes, too.
 */
final class OwnTriggers {
  private static final Logger LOG = LoggerFactory.getLogger(OwnTriggers.class);
  private static final Pattern CREATED =
      Pattern.compile("create trigger (\\w+)", Pattern.CASE_INSENSITIVE);

  private OwnTriggers() {}

  /**
   * @param scripts the file names of the migrations that made the file
   * @throws StorageFailure naming the first trigger or view that is foreign or was changed
   */
  static void require(SqliteDatabase database, Schema schema, List<String> scripts)
      throws SQLException, IOException {
    String migrations = text(schema, scripts);
    Set<String> missing = new TreeSet<>();
    for (Matcher created = CREATED.matcher(migrations); created.find(); ) {
      missing.add(created.group(1));
    }
    try (Connection connection = database.reader();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select type, name, sql from sqlite_master where type in ('trigger', 'view')")) {
      while (found.next()) {
        String name = found.getString("name");
        if (!migrations.contains(definition(found.getString("sql"), name))) {
          throw new StorageFailure(
              database.file()
                  + " has a "
                  + found.getString("type")
                  + " "
                  + name
                  + " that is not its own; run cadastre fsck, and restore the directory from a"
                  + " backup");
        }
        missing.remove(name);
      }
    }
    if (!missing.isEmpty()) {
      LOG.error("{} lacks its triggers {}; run cadastre fsck", database.file(), missing);
    }
  }

  /** From the name on, which SQLite keeps as it was written. */
  private static String definition(String sql, String name) {
    return oneBlank(sql.substring(Math.max(0, sql.indexOf(name))));
  }

  private static String text(Schema schema, List<String> scripts) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String script : scripts) {
      String resource = SqliteFile.migrations(schema) + "/" + script;
      try (InputStream in = OwnTriggers.class.getClassLoader().getResourceAsStream(resource)) {
        if (in == null) {
          throw new IOException("this program's " + resource + " cannot be read");
        }
        text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
      }
    }
    return oneBlank(text.toString());
  }

  private static String oneBlank(String text) {
    return text.replaceAll("[ \\t\\r\\n]+", " ").strip();
  }
}
