package dev.cadastre.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cadastre.bench.load.InProcess;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/**
 * What others are held against: decode the same requests and insert rows, group commit, the
 * ledger's own SQLite settings, no proofs.
 */
final class RowSink implements InProcess.Sink, AutoCloseable {
  /** Which rows a request becomes. */
  enum Form {
    /** Its bytes as one row: nothing that stores can be faster. */
    FLOOR(
        "create table request (id integer primary key, bytes blob not null)",
        "insert into request (bytes) values (?)"),
    /** A row an event with two text indexes: what one would write first. */
    NAIVE(
        "create table event (id integer primary key, actor text not null, object text not null,"
            + " bytes blob not null);create index event_actor on event (actor); create index"
            + " event_object on event (object)",
        "insert into event (bytes, actor, object) values (?, ?, ?)");

    private final String schema;
    private final String insert;

    Form(String schema, String insert) {
      this.schema = schema;
      this.insert = insert;
    }
  }

  private record Work(byte[] bytes, List<LogRecord> records, CompletableFuture<Boolean> done) {}

  private static final Work END = new Work(new byte[0], List.of(), new CompletableFuture<>());

  private final Form form;
  private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(256);
  private final Connection connection;
  private final Thread writer = new Thread(this::write, "rows");

  RowSink(Path directory, Form form) throws SQLException {
    this.form = form;
    this.connection = SqliteDatabase.open(directory, Schema.LEDGER).writer();
    try (Statement statement = connection.createStatement()) {
      for (String table : form.schema.split(";")) {
        statement.execute(table);
      }
    }
    writer.start();
  }

  @Override
  public CompletableFuture<?> take(byte[] request) {
    try {
      List<LogRecord> records =
          ExportLogsServiceRequest.parseFrom(request)
              .getResourceLogs(0)
              .getScopeLogs(0)
              .getLogRecordsList();
      Work work = new Work(request.clone(), records, new CompletableFuture<>());
      queue.put(work);
      return work.done;
    } catch (InvalidProtocolBufferException | InterruptedException e) {
      throw new IllegalStateException("a prepared request is sound, and nobody interrupts", e);
    }
  }

  private void write() {
    List<Work> works = new ArrayList<>();
    try (PreparedStatement insert = connection.prepareStatement(form.insert)) {
      connection.setAutoCommit(false);
      while (!works.contains(END)) {
        works.clear();
        works.add(queue.take());
        queue.drainTo(works);
        for (Work work : works) {
          insert(insert, work);
        }
        insert.executeBatch();
        connection.commit();
        works.forEach(work -> work.done.complete(true));
      }
    } catch (SQLException | InterruptedException failure) {
      works.forEach(work -> work.done.completeExceptionally(failure));
    }
  }

  private void insert(PreparedStatement insert, Work work) throws SQLException {
    if (form == Form.FLOOR && work != END) {
      insert.setBytes(1, work.bytes);
      insert.addBatch();
    }
    if (form == Form.NAIVE) {
      for (LogRecord record : work.records) {
        insert.setBytes(1, record.toByteArray());
        insert.setString(2, text(record, "audit.actor.id"));
        insert.setString(3, text(record, "ledger.data.object.id"));
        insert.addBatch();
      }
    }
  }

  private static String text(LogRecord record, String name) {
    for (KeyValue attribute : record.getAttributesList()) {
      if (attribute.getKey().equals(name)) {
        return attribute.getValue().getStringValue();
      }
    }
    return "";
  }

  @Override
  public void close() throws SQLException, InterruptedException {
    queue.put(END);
    writer.join();
    connection.close();
  }
}
