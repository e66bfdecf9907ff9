package dev.cadastre.server.cell;

/** Where a running cell answers: base URLs without a slash at the end. */
public record Endpoints(String portal, String otlpHttp, String otlpGrpc) {
  /** The one line that says a cell is ready. */
  public String line() {
    return "ready portal=" + portal + " otlp-http=" + otlpHttp + " otlp-grpc=" + otlpGrpc;
  }
}
