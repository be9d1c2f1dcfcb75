package io.github.sgn4j.examples.data.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server on this machine that behaves as badly as it is told. */
final class PlaceServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  PlaceServer() {
    this(bound());
  }

  /** Wraps a server that is bound to a free port of the loopback interface. */
  PlaceServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.start();
  }

  private static HttpServer bound() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** A place of this server; ends with a slash. */
  URI place(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** Everything that was asked for: path, and the range if there was one. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  void handle(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          requests.add(exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  /** As it should be. */
  void serve(String path, byte[] content) {
    handle(path, exchange -> send(exchange, content, "\"v1\"", content.length));
  }

  /** Answers that status without anything else. */
  void answer(String path, int status) {
    handle(path, exchange -> exchange.sendResponseHeaders(status, -1));
  }

  void redirect(String path, String location) {
    handle(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Location", location);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  /**
   * Answers a request for the whole or, if the ETag agrees, a part, and breaks the connection off.
   *
   * @param etag the file's; null for none, and no ranges
   * @param most bytes of this answer's body
   */
  static void send(HttpExchange exchange, byte[] content, String etag, int most)
      throws IOException {
    int from = 0;
    if (etag != null) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      exchange.getResponseHeaders().add("ETag", etag);
      if (range != null && etag.equals(exchange.getRequestHeaders().getFirst("If-Range"))) {
        from = Integer.parseInt(range.replaceAll("\\D", ""));
        exchange
            .getResponseHeaders()
            .add(
                "Content-Range",
                "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      }
    }
    send(exchange, content, from, most);
  }

  /** Answers with the whole whatever was asked for, and breaks off after so many bytes. */
  static void sendWhole(HttpExchange exchange, byte[] content, String etag, int most)
      throws IOException {
    exchange.getResponseHeaders().add("ETag", etag);
    send(exchange, content, 0, most);
  }

  private static void send(HttpExchange exchange, byte[] content, int from, int most)
      throws IOException {
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    OutputStream out = exchange.getResponseBody();
    out.write(Arrays.copyOfRange(content, from, Math.min(content.length, from + most)));
    out.flush();
  }

  /** Does not come back before the server is closed, or a minute has passed. */
  void hang() {
    try {
      if (!end.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("nobody closed the server");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
