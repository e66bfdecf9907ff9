package dev.cadastre.ingest;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A gRPC call whose message begins and does not end, in HTTP/2 frames (RFC 9113) by hand. */
public final class HalfCall implements AutoCloseable {
  private static final int FRAME_MAX = 16_384;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;

  private final Socket socket;

  /**
   * @param announced length of the message
   * @param sent how much of it is sent
   */
  public HalfCall(int port, String token, int announced, int sent) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    OutputStream out = socket.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(out, SETTINGS, 0, 0, new byte[0]);
    awaitSettings(new DataInputStream(socket.getInputStream()));
    frame(out, SETTINGS, ACK, 0, new byte[0]);
    frame(out, HEADERS, END_HEADERS, 1, headers(token));
    ByteBuffer data = ByteBuffer.allocate(5 + sent).put((byte) 0).putInt(announced);
    for (int at = 0; at < data.capacity(); at += FRAME_MAX) {
      byte[] payload = new byte[Math.min(FRAME_MAX, data.capacity() - at)];
      System.arraycopy(data.array(), at, payload, 0, payload.length);
      frame(out, DATA, 0, 1, payload);
    }
    out.flush();
  }

  /** Only what the client has acknowledged lets it send more than 64 KiB. */
  private static void awaitSettings(DataInputStream in) throws IOException {
    boolean settings = false;
    while (!settings) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      settings = type == SETTINGS && flags == 0;
      in.skipNBytes(4 + length);
    }
  }

  private static void frame(OutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.write(new byte[] {(byte) (payload.length >> 16), (byte) (payload.length >> 8)});
    out.write(
        new byte[] {(byte) payload.length, (byte) type, (byte) flags, 0, 0, 0, (byte) stream});
    out.write(payload);
  }

  /** Literals without indexing or Huffman coding (RFC 7541 section 6.2.2). */
  private static byte[] headers(String token) {
    String[][] headers = {
      {":method", "POST"},
      {":scheme", "http"},
      {":path", "/opentelemetry.proto.collector.logs.v1.LogsService/Export"},
      {":authority", "localhost"},
      {"te", "trailers"},
      {"content-type", "application/grpc"},
      {"authorization", "Bearer " + token}
    };
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (String[] header : headers) {
      block.write(0);
      for (String text : header) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return block.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
