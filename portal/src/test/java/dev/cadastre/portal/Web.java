package dev.cadastre.portal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A program that calls the portal; it follows no redirect and keeps no cookie. */
final class Web {
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final String url;

  Web(String url) {
    this.url = url;
  }

  /** An answer with its body. */
  record Answer(int status, HttpResponse<byte[]> response) {
    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    @Override
    public String toString() {
      String text = text();
      return status
          + " "
          + response.headers().map()
          + "\n"
          + text.substring(0, Math.min(600, text.length()));
    }
  }

  /** GET with headers: names and values in turn. */
  Answer get(String path, String... headers) throws IOException, InterruptedException {
    return send(request(path, headers).GET());
  }

  Answer getAs(String token, String path) throws IOException, InterruptedException {
    return get(path, "Authorization", "Bearer " + token);
  }

  Answer post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), response);
  }
}
