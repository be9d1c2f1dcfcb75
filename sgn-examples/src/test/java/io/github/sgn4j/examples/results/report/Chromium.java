package io.github.sgn4j.examples.results.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A headless browser, driven through chromedriver by the W3C's WebDriver protocol. */
final class Chromium implements AutoCloseable {

  private static final int ATTEMPTS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final Set<String> ADVICE = Set.of("deprecation", "intervention", "recommendation");
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private String base;
  private String session;

  private Chromium(Process driver) {
    this.driver = driver;
  }

  /**
   * Starts a browser. Where there is little memory or a cold disk, the first attempt may fail.
   *
   * @param profiles an empty folder of its own
   */
  static Chromium start(Path browser, Path driverProgram, Path profiles)
      throws IOException, InterruptedException {
    IOException failure = null;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Chromium started =
          new Chromium(
              new ProcessBuilder(driverProgram.toString(), "--port=0")
                  .redirectErrorStream(true)
                  .start());
      try {
        started.open(browser, profiles.resolve("attempt-" + attempt));
        return started;
      } catch (IOException e) {
        failure = e;
        started.kill();
      }
    }
    throw failure;
  }

  private void open(Path browser, Path profile) throws IOException, InterruptedException {
    base = "http://127.0.0.1:" + port() + "/session";
    List<String> arguments =
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + profile);
    Map<String, Object> options = Map.of("binary", browser.toString(), "args", arguments);
    Map<String, Object> wanted =
        Map.of(
            "browserName",
            "chrome",
            "goog:chromeOptions",
            options,
            "goog:loggingPrefs",
            Map.of("browser", "ALL"));
    JsonNode made = send("", Map.of("capabilities", Map.of("alwaysMatch", wanted)));
    session = "/" + made.path("sessionId").asText();
  }

  /** A program on the path. */
  static Optional<Path> find(String... names) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(names)
        .flatMap(name -> Arrays.stream(path.split(File.pathSeparator)).map(d -> Path.of(d, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private String port() throws IOException {
    // Nothing interrupts a read from a pipe: a driver that hangs is ended, and its output with it.
    CompletableFuture<Void> limit =
        CompletableFuture.runAsync(
            this::kill, CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES));
    try {
      BufferedReader output = driver.inputReader(StandardCharsets.UTF_8);
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher matcher = PORT.matcher(line);
        if (matcher.find()) {
          return matcher.group(1);
        }
      }
      throw new IOException("chromedriver did not start");
    } finally {
      limit.cancel(false);
    }
  }

  /** Opens a file. */
  void open(Path page) throws IOException, InterruptedException {
    send(session + "/url", Map.of("url", page.toUri().toString()));
  }

  /** The value of a script's return statement. */
  JsonNode script(String script) throws IOException, InterruptedException {
    return send(session + "/execute/sync", Map.of("script", script, "args", List.of()));
  }

  /**
   * Waits for the page's next frame. A browser reports changes of size and of media with the frame
   * that shows them, some time after the command that caused them has returned.
   */
  void frame() throws IOException, InterruptedException {
    String script =
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));";
    send(session + "/execute/async", Map.of("script", script, "args", List.of()));
  }

  /** Clicks on the first element that a CSS selector finds, as a user does. */
  void click(String selector) throws IOException, InterruptedException {
    send(session + "/element/" + element(selector) + "/click", Map.of());
  }

  /** Types into an element, which gets the focus. */
  void type(String selector, String keys) throws IOException, InterruptedException {
    send(session + "/element/" + element(selector) + "/value", Map.of("text", keys));
  }

  private String element(String selector) throws IOException, InterruptedException {
    JsonNode found = send(session + "/element", Map.of("using", "css selector", "value", selector));
    return found.path(ELEMENT).asText();
  }

  /** A command of Chromium's own protocol. */
  void devTools(String command, Map<String, Object> parameters)
      throws IOException, InterruptedException {
    send(session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  /** What the page has written to the console since the last call, warnings included. */
  List<String> console() throws IOException, InterruptedException {
    List<String> messages = new ArrayList<>();
    for (JsonNode entry : send(session + "/se/log", Map.of("type", "browser"))) {
      // What the browser thinks of the web at large differs from one of its versions to the next.
      if (!ADVICE.contains(entry.path("source").asText())) {
        messages.add(entry.path("level").asText() + ": " + entry.path("message").asText());
      }
    }
    return messages;
  }

  private JsonNode send(String path, Object body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofMinutes(2))
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode value = JSON.readTree(response.body()).path("value");
    if (response.statusCode() != 200) {
      throw new IOException(value.path("error").asText() + ": " + value.path("message").asText());
    }
    return value;
  }

  private void kill() {
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly();
  }

  @Override
  public void close() throws InterruptedException {
    try {
      http.send(
          HttpRequest.newBuilder(URI.create(base + session))
              .timeout(Duration.ofSeconds(30))
              .DELETE()
              .build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      // Whatever it was doing: it is ended below.
      return;
    } finally {
      kill();
      driver.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
