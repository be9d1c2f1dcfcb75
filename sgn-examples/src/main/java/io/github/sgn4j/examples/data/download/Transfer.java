package io.github.sgn4j.examples.data.download;

import io.github.sgn4j.examples.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a place for a file, or for what is missing of it.
 *
 * <p>A download is taken up again by a range of bytes on the condition that the file has not
 * changed ({@code If-Range}, RFC 9110, section 13.1.5). A server that does not know ranges, or
 * whose file has changed, sends the whole, and the file starts anew.
 */
final class Transfer {

  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18})");

  private final HttpClient client;
  private final Timeouts timeouts;

  /**
   * Transfers by that client.
   *
   * @param client follows redirects, but not from https to http
   */
  Transfer(HttpClient client, Timeouts timeouts) {
    this.client = client;
    this.timeouts = timeouts;
  }

  /** A client as transfers want it. */
  static HttpClient.Builder client(Timeouts timeouts) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(timeouts.connect());
  }

  /**
   * Fetches into the part file.
   *
   * @return whether the server said how long the file is, and it is that long
   * @throws TransferException if it does not arrive as a whole; what has arrived stays
   */
  boolean fetch(URI url, CatalogueFile file, PartFile part, DownloadListener listener)
      throws TransferException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(timeouts.response())
            .header("User-Agent", "sgn4j/" + Version.current());
    if (url.equals(part.resumableFrom())) {
      request.header("Range", "bytes=" + part.size() + "-").header("If-Range", part.validator());
    }
    try {
      HttpResponse<TimedBody> response =
          client.send(request.build(), headers -> new TimedBody(timeouts.stall()));
      try (TimedBody body = response.body()) {
        long total = begin(response, url, file, part);
        listener.started(file, url, part.size(), total < 0 ? file.size() : total);
        receive(body, file, part, listener);
        if (total >= 0 && part.size() != total) {
          throw cutOff(part, total);
        }
        return total >= 0;
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      // Redirects to something that is no address end as the last two.
      throw TransferException.of(e);
    }
  }

  /** Prepares the part file for what is going to come, and returns the total length or -1. */
  private static long begin(HttpResponse<?> response, URI url, CatalogueFile file, PartFile part)
      throws TransferException {
    HttpHeaders headers = response.headers();
    long total;
    switch (response.statusCode()) {
      case OK -> {
        OptionalLong length = headers.firstValueAsLong("Content-Length");
        total = length.orElse(-1);
        checkLength(total, file);
        part.begin(url, validator(headers));
      }
      case PARTIAL_CONTENT -> {
        Matcher range = CONTENT_RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != part.size()) {
          part.discard();
          throw new TransferException("sends other bytes than it was asked for");
        }
        total = Long.parseLong(range.group(2));
        checkLength(total, file);
      }
      case RANGE_NOT_SATISFIABLE -> {
        part.discard();
        throw new TransferException("does not have the rest of the file");
      }
      default -> throw refusal(response);
    }
    return total;
  }

  private static TransferException refusal(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status / 100 == 3) {
      return new TransferException(
          "redirects too often, or to where it must not: "
              + response.headers().firstValue("Location").orElse("nowhere"));
    }
    return new TransferException("answers " + status);
  }

  private static void checkLength(long total, CatalogueFile file) throws TransferException {
    boolean wrong =
        total > file.mostBytes()
            || (file.kind() == FileKind.ARCHIVE && total >= 0 && total != file.size());
    if (wrong) {
      throw new TransferException(
          "offers " + total + " bytes where " + file.size() + " are expected");
    }
  }

  /** A strong ETag, else the date of the last change; null if there is neither. */
  private static String validator(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> tag.startsWith("\""))
        .or(() -> headers.firstValue("Last-Modified"))
        .orElse(null);
  }

  private static void receive(
      TimedBody body, CatalogueFile file, PartFile part, DownloadListener listener)
      throws IOException, InterruptedException {
    for (List<ByteBuffer> bytes = body.next(); bytes != null; bytes = body.next()) {
      bytes.forEach(part::append);
      if (part.size() > file.mostBytes()) {
        part.discard();
        throw new TransferException("sends more than " + file.mostBytes() + " bytes");
      }
      listener.advanced(part.size());
    }
  }

  private static TransferException cutOff(PartFile part, long total) {
    return new TransferException("ended after " + part.size() + " of " + total + " bytes");
  }
}
