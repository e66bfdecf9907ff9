package dev.cadastre.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Sends single requests to a {@link TestCell} and reads the answers. */
public final class HttpClientOf {
  public static final String PROTOBUF = "application/x-protobuf";
  public static final String JSON = "application/json";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final TestCell cell;

  public HttpClientOf(TestCell cell) {
    this.cell = cell;
  }

  public Answer post(String path, String token, String contentType, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(cell.url(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return send(request.build());
  }

  public Answer protobuf(byte[] body) throws IOException, InterruptedException {
    return post("/v1/logs", TestCell.ACME, PROTOBUF, body);
  }

  public Answer json(String body) throws IOException, InterruptedException {
    return post("/v1/logs", TestCell.ACME, JSON, body.getBytes(StandardCharsets.UTF_8));
  }

  Answer send(HttpRequest request) throws IOException, InterruptedException {
    return new Answer(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
  }

  /** An answer that prints itself when a test fails. */
  public record Answer(HttpResponse<byte[]> response) {
    public int code() {
      return response.statusCode();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public byte[] body() {
      return response.body();
    }

    /** The body as {@code google.rpc.Status}, in the encoding that its content type says. */
    public Status status() throws InvalidProtocolBufferException, Refused {
      if (header("content-type").equals(PROTOBUF)) {
        return Status.parseFrom(body());
      }
      Json.Obj json = Json.parseObject(body());
      return Status.newBuilder()
          .setCode((int) json.integer("code"))
          .setMessage(json.str("message"))
          .build();
    }

    ExportLogsServiceResponse logs() throws InvalidProtocolBufferException {
      return ExportLogsServiceResponse.parseFrom(body());
    }

    String text() {
      return new String(body(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return code() + " " + response.headers().map() + " " + text();
    }
  }
}
