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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A headless browser, driven through chromedriver by the W3C's WebDriver protocol. */
final class Chromium implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final String base;
  private final String session;

  /**
   * Starts a browser.
   *
   * @param profile an empty folder of its own
   */
  Chromium(Path browser, Path driverProgram, Path profile)
      throws IOException, InterruptedException {
    driver =
        new ProcessBuilder(driverProgram.toString(), "--port=0").redirectErrorStream(true).start();
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
    BufferedReader output = driver.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = PORT.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new IOException("chromedriver did not start");
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
      messages.add(entry.path("level").asText() + ": " + entry.path("message").asText());
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

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      http.send(
          HttpRequest.newBuilder(URI.create(base + session)).DELETE().build(),
          HttpResponse.BodyHandlers.discarding());
    } finally {
      driver.descendants().forEach(ProcessHandle::destroy);
      driver.destroy();
      driver.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
