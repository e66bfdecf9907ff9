package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.HttpClientOf.Answer;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in examples/senders does what it says. */
class ExampleSendersTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("cadastre.root"), "examples", "senders");

  private TestCell cell;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    cell = new TestCell(directory);
    cell.mark();
  }

  @AfterEach
  void close() {
    cell.close();
  }

  @Test
  void theJsonForCurlIsTakenAndTakenAgainWithTheSameReceipt() throws Exception {
    HttpClientOf client = new HttpClientOf(cell);
    byte[] body = Files.readAllBytes(EXAMPLES.resolve("audit-record.json"));
    Answer first = client.post("/v1/audit", TestCell.ACME, HttpClientOf.JSON, body);
    Answer again = client.post("/v1/audit", TestCell.ACME, HttpClientOf.JSON, body);
    assertEquals(200, first.code(), first::toString);
    assertEquals(first.text(), again.text());
    assertEquals(
        "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
        Json.parseObject(first.body()).objects("receipts").get(0).str("recordId"));
    assertEquals(1, cell.records(TestCell.ACME_LOG).size());
  }

  @Test
  void theJavaProgramSendsAnAuditRecord(@TempDir Path classes) throws Exception {
    Method send = compiled(classes).getMethod("send", String.class, String.class);
    String otlp = cell.url("").toString();

    send.invoke(null, otlp, TestCell.ACME);
    RecordEvent kept = cell.records(TestCell.ACME_LOG).get(0);
    assertEquals("config.change", kept.name());
    assertEquals("eu-central-1", kept.resourceAttributes().string("cloud.region").orElseThrow());

    InvocationTargetException refused =
        assertThrows(
            InvocationTargetException.class, () -> send.invoke(null, otlp, TestCell.VIEWER));
    assertInstanceOf(IllegalStateException.class, refused.getCause());
  }

  private static Class<?> compiled(Path classes) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
      boolean compiles =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjects(EXAMPLES.resolve("AuditSender.java")))
              .call();
      assertTrue(compiles, said::toString);
    }
    URL[] path = {classes.toUri().toURL()};
    return new URLClassLoader(path, ExampleSendersTest.class.getClassLoader())
        .loadClass("AuditSender");
  }
}
