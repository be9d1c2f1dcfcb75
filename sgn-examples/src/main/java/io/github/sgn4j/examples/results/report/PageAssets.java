package io.github.sgn4j.examples.results.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page's scripts and styles, which stand in the page itself. */
final class PageAssets {

  private final String library = resource("uplot/uPlot.iife.min.js");
  private final String licence = resource("uplot/LICENSE");
  private final String script = resource("report.js");
  private final String style = resource("uplot/uPlot.min.css") + "\n" + resource("report.css");

  /**
   * What the browser is told to allow: these two scripts and this style, word for word, and nothing
   * from anywhere else.
   */
  String policy() {
    return "default-src 'none'; script-src "
        + hash(library)
        + " "
        + hash(script)
        + "; style-src "
        + hash(style)
        + "; base-uri 'none'; form-action 'none'";
  }

  /** The style element. */
  String styleElement() {
    return "<style>" + style + "</style>\n";
  }

  /** The script elements, the chart library first. */
  String scriptElements() {
    return "<script>" + library + "</script>\n<script>" + script + "</script>\n";
  }

  /** The licence of the chart library. */
  String licence() {
    return licence;
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = PageAssets.class.getResourceAsStream(name)) {
      // A browser hashes what it parsed, in which every line ends by \n.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
