package dev.cadastre.bench.load;

import java.io.IOException;
import java.net.URI;

/** OTLP/HTTP. */
final class HttpWire implements Wire {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpConnection connection;

  HttpWire(URI server, String token) throws IOException {
    connection = new HttpConnection(server, token);
  }

  @Override
  public boolean export(byte[] request) throws IOException {
    int status = connection.post(request);
    if (status != OK && status != UNAVAILABLE) {
      throw new WrongAnswer("a sound request was answered " + status);
    }
    return status == OK;
  }

  @Override
  public void abandon(byte[] request) throws IOException {
    connection.send(request);
    close();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
