package dev.cadastre.ingest.http;

import dev.cadastre.ingest.Intake;
import dev.cadastre.ingest.request.Encoding;
import dev.cadastre.ingest.request.Refusal.Reason;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * What a request's headers say, checked before its body is read.
 *
 * @param length of the body as announced, or -1
 * @param bytesMax how large the body may be, as sent and decompressed
 */
record HttpPreconditions(Sender sender, Encoding encoding, boolean gzip, int length, int bytesMax) {

  static HttpPreconditions check(Intake intake, Signal signal, Request request) throws Rejected {
    if (!request.getMethod().equals("POST")) {
      throw Rejected.of(Reason.METHOD_NOT_ALLOWED, "requests are sent with POST");
    }
    Sender sender =
        intake.authenticate(
            Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)),
            session(request));
    int bytesMax = intake.requestBytesMax(sender);
    return new HttpPreconditions(
        sender, encoding(signal, request), gzip(request), length(request, bytesMax), bytesMax);
  }

  private static Optional<SSLSession> session(Request request) {
    return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
            instanceof EndPoint.SslSessionData tls
        ? Optional.ofNullable(tls.sslSession())
        : Optional.empty();
  }

  private static Encoding encoding(Signal signal, Request request) throws Rejected {
    if (signal == Signal.EVENTS) {
      // The data of a CloudEvent is of any type; so is JSON of senders that say nothing.
      return Encoding.JSON;
    }
    return Encoding.of(HttpReply.contentType(request))
        .orElseThrow(
            () ->
                Rejected.of(
                    Reason.UNSUPPORTED_TYPE,
                    "the Content-Type of OTLP is application/x-protobuf or application/json"));
  }

  private static boolean gzip(Request request) throws Rejected {
    List<String> codings = request.getHeaders().getCSV(HttpHeader.CONTENT_ENCODING, false);
    boolean gzip = false;
    for (String coding : codings) {
      switch (coding.toLowerCase(Locale.ROOT)) {
        case "identity" -> {}
        case "gzip", "x-gzip" -> {
          if (gzip) {
            throw unsupported("gzip twice");
          }
          gzip = true;
        }
        default -> throw unsupported(coding);
      }
    }
    return gzip;
  }

  private static Rejected unsupported(String coding) {
    return Rejected.of(
        Reason.UNSUPPORTED_TYPE,
        "the Content-Encoding is gzip or none at all, not " + coding.replaceAll("[^ -~]", "?"));
  }

  private static int length(Request request, int bytesMax) throws Rejected {
    long length = request.getLength();
    if (length > bytesMax) {
      throw Rejected.of(
          Reason.TOO_LARGE, "the request exceeds " + bytesMax + " bytes; send less at once");
    }
    return (int) length;
  }
}
