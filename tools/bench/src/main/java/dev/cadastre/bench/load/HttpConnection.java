package dev.cadastre.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that sends OTLP requests one after the other. Written by hand because a
 * client library would take more of the machine than what it measures.
 */
public final class HttpConnection implements AutoCloseable {
  private static final int PATIENCE_MS = 60_000;
  private static final int ONE_PACKET = 16 << 10;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String head;
  private boolean retryAfter;

  public HttpConnection(URI server, String token) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    head =
        "POST /v1/logs HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Type: application/x-protobuf\r\nContent-Length: ";
  }

  /** Sends a request and returns the status of its answer. */
  public int post(byte[] body) throws IOException {
    send(body);
    return answer();
  }

  /** Sends a request whose answer is not waited for. */
  void send(byte[] body) throws IOException {
    byte[] start = (head + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    if (body.length > ONE_PACKET) {
      out.write(start);
      out.write(body);
      return;
    }
    byte[] request = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    out.write(request);
  }

  /** Whether the last answer said when to come again. */
  boolean retryAfter() {
    return retryAfter;
  }

  private int answer() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    retryAfter = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
      retryAfter |= header.startsWith("retry-after:");
    }
    if (in.readNBytes(length).length != length) {
      throw new EOFException("the answer broke off");
    }
    return status;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.US_ASCII).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
