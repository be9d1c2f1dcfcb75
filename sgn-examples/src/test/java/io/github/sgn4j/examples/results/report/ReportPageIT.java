package io.github.sgn4j.examples.results.report;

import static io.github.sgn4j.examples.results.report.RunFiles.config;
import static io.github.sgn4j.examples.results.report.RunFiles.finished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sgn4j.examples.results.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

/** The page in a browser: headless Chromium; skipped where it or its driver is missing. */
@Timeout(300)
class ReportPageIT {

  private static final String ENTER = "\uE007";
  private static final String RIGHT = "\uE014";
  private static final String SPACE = " ";

  @TempDir static Path root;

  // What is left of the browser may write on for a moment.
  @TempDir(deletionStrategy = TempDirDeletionStrategy.IgnoreFailures.class)
  static Path profile;

  private static Chromium browser;

  @BeforeAll
  static void startTheBrowser() throws Exception {
    Optional<Path> chromium = Chromium.find("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = Chromium.find("chromedriver", "chromium.chromedriver");
    assumeTrue(
        chromium.isPresent() && driver.isPresent(),
        "needs chromium and chromedriver on the path (Debian: chromium, chromium-driver)");
    for (int seed = 1; seed <= 2; seed++) {
      double shift = seed;
      double[] losses = IntStream.range(0, 40).mapToDouble(i -> shift / (i + 1)).toArray();
      RunFiles.write(root.resolve("sgn" + seed), config("SGN", seed), finished(0.1, 0.2, losses));
    }
    double[] slow =
        IntStream.range(0, 40).mapToDouble(i -> i == 20 ? Double.NaN : 2 - i / 40.0).toArray();
    RunFiles.write(root.resolve("adam"), config("ADAM", 1), finished(1, 1, slow));
    RunFiles.write(
        root.resolve("sgd"),
        config("SGD", 1),
        RunFiles.regression(RunStatus.NON_FINITE, 1, 1e3, 1e30, Double.NaN));
    RunFiles.write(
        root.resolve("z-classes"),
        config("<i>" + "long".repeat(30), 1, "dataset", "</script><b>'\""),
        RunFiles.classification(0.5, 0.9));
    Report.of(root).write();
    browser = Chromium.start(chromium.orElseThrow(), driver.orElseThrow(), profile);
  }

  @AfterAll
  static void stopTheBrowser() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    look(1280, "light");
    browser.open(root.resolve(Report.PAGE));
    browser.frame();
  }

  @AfterEach
  void theConsoleIsEmpty() throws Exception {
    assertThat(browser.console()).isEmpty();
  }

  private static void look(int width, String scheme) throws IOException, InterruptedException {
    browser.devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    browser.devTools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /**
   * How many pixels of a chart's canvas are of roughly the colour of a legend's entry. The curve is
   * two pixels wide: enough of them are not blended with what lies below.
   */
  private static int pixels(String chart, int entry) throws IOException, InterruptedException {
    String script =
        String.format(
            """
      const canvas = document.querySelector('[data-chart="%s"] canvas');
      const style = getComputedStyle(document.documentElement);
      const hex = style.getPropertyValue('--c%d').trim();
      const want = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
      const copy = document.createElement('canvas');
      copy.width = canvas.width;
      copy.height = canvas.height;
      const context = copy.getContext('2d', { willReadFrequently: true });
      context.drawImage(canvas, 0, 0);
      const pixels = context.getImageData(0, 0, copy.width, copy.height).data;
      let count = 0;
      for (let i = 0; i < pixels.length; i += 4) {
        if (pixels[i + 3] > 200 && want.every((c, k) => Math.abs(pixels[i + k] - c) < 12)) count++;
      }
      return count;
      """,
            chart, entry);
    return browser.script(script).asInt();
  }

  private static String button(int entry) {
    return "#s1 .entries li:nth-child(" + (entry + 1) + ") button";
  }

  private static String pressed(int entry) throws IOException, InterruptedException {
    return browser
        .script(
            "return document.querySelector('" + button(entry) + "').getAttribute('aria-pressed')")
        .asText();
  }

  @Test
  void drawsEveryCurveAndEveryQuantityOfTheSteps() throws Exception {
    for (int entry = 0; entry < 3; entry++) {
      assertThat(pixels("train_loss", entry)).as("train, entry %d", entry).isGreaterThan(30);
      assertThat(pixels("test_loss", entry)).as("test, entry %d", entry).isGreaterThan(30);
    }
    // Of the groups in the order of their folders, Adam and SGN have steps of their own.
    for (String chart : List.of("rho", "alpha", "cg_iterations")) {
      assertThat(pixels(chart, 2)).as(chart).isGreaterThan(30);
    }
    assertThat(browser.script("return document.querySelectorAll('#s1 canvas').length").asInt())
        .isEqualTo(5);
    assertThat(browser.script("return document.querySelectorAll('#s2 canvas').length").asInt())
        .isEqualTo(5);
  }

  @Test
  void aClickOnTheLegendHidesACurveAndShowsItAgain() throws Exception {
    int before = pixels("train_loss", 2);
    assertThat(pressed(2)).isEqualTo("true");

    browser.click(button(2));
    assertThat(pressed(2)).isEqualTo("false");
    assertThat(pixels("train_loss", 2)).isZero();
    assertThat(pixels("test_loss", 2)).isZero();
    assertThat(pixels("rho", 2)).isZero();
    assertThat(pixels("train_loss", 0)).isGreaterThan(30);

    browser.click(button(2));
    assertThat(pixels("train_loss", 2)).isEqualTo(before);
  }

  @Test
  void soDoKeys() throws Exception {
    browser.type(button(0), ENTER);
    assertThat(pressed(0)).isEqualTo("false");
    assertThat(pixels("train_loss", 0)).isZero();

    browser.type(button(0), SPACE);
    assertThat(pressed(0)).isEqualTo("true");
    assertThat(pixels("train_loss", 0)).isGreaterThan(30);
  }

  @Test
  void hidingAllCurvesLeavesAnEmptyChart() throws Exception {
    int entries =
        browser.script("return document.querySelectorAll('#s1 .entries button').length").asInt();
    assertThat(entries).isEqualTo(13);
    browser.script(
        "document.querySelectorAll('#s1 .entries button[aria-pressed=true]')"
            + ".forEach((button) => button.click())");

    assertThat(pixels("train_loss", 2)).isZero();
    assertThat(label("train_loss")).contains("No curve is shown.");
  }

  private static String label(String chart) throws IOException, InterruptedException {
    return browser
        .script(
            "return document.querySelector('[data-chart=\""
                + chart
                + "\"]').getAttribute('aria-label')")
        .asText();
  }

  @Test
  void publishedRunsAreShownOnDemand() throws Exception {
    assertThat(label("train_loss"))
        .contains("published: SGN, 10 CG iterations")
        .doesNotContain("published: SGN, 2 CG iterations");

    browser.click("#s1 details summary");
    browser.click("#s1 .entries.more li:nth-child(2) button");

    assertThat(label("train_loss")).contains("published: SGN, 2 CG iterations");
  }

  @Test
  void axesChange() throws Exception {
    assertThat(label("train_loss")).contains("against training seconds");
    int before = pixels("train_loss", 0);

    browser.click("input[name=s1-x][value=epochs]");
    assertThat(label("train_loss")).contains("against epochs");
    browser.click("input[name=s1-yscale][value=linear]");
    assertThat(pixels("train_loss", 0)).isGreaterThan(30).isNotEqualTo(before);
    browser.type("input[name=s1-xscale]:checked", RIGHT);
    assertThat(
            browser
                .script("return document.querySelector('input[name=s1-xscale]:checked').value")
                .asText())
        .isEqualTo("log");
    assertThat(pixels("train_loss", 0)).isGreaterThan(30);
  }

  @Test
  void arrowKeysReadValues() throws Exception {
    browser.type("[data-chart=train_loss]", RIGHT + RIGHT);

    assertThat(
            browser
                .script("return document.querySelector('#s1 .tip:not([hidden])').textContent")
                .asText())
        .matches("\\d+(\\.\\d+)? s.*Adam1\\.\\d+.*SGN0?\\.\\d+.*");
  }

  @Test
  void aClickOnATitleSortsTheTable() throws Exception {
    String first = "return document.querySelector('#s1 table.sortable tbody td').textContent";
    browser.click("#s1 table.sortable th:nth-child(2) button");
    assertThat(browser.script(first).asText()).isEqualTo("SGN");
    browser.click("#s1 table.sortable th:nth-child(2) button");
    assertThat(browser.script(first).asText()).isEqualTo("Adam");
    // What has no number stays at the end.
    assertThat(
            browser
                .script(
                    "return document.querySelector('#s1 table.sortable tbody tr:last-child td').textContent")
                .asText())
        .isEqualTo("SGD");
  }

  @Test
  void namesAreText() throws Exception {
    assertThat(browser.script("return document.querySelectorAll('main b, main i').length").asInt())
        .isZero();
    assertThat(browser.script("return document.querySelector('#s2 h2').textContent").asText())
        .isEqualTo("</script><b>'\", layers 100-100");
  }

  @Test
  void fitsNarrowAndWideScreensInLightAndDark() throws Exception {
    for (String scheme : List.of("light", "dark")) {
      for (int width : new int[] {360, 390, 800, 1280}) {
        look(width, scheme);
        browser.open(root.resolve(Report.PAGE));
        browser.frame();
        assertThat(browser.script("return document.documentElement.scrollWidth").asInt())
            .as("%s, %d pixels", scheme, width)
            .isLessThanOrEqualTo(width);
        assertThat(pixels("train_loss", 2)).as("%s, %d pixels", scheme, width).isGreaterThan(30);
      }
    }
  }

  @Test
  void drawsAnewWhenTheSchemeChanges() throws Exception {
    String light =
        browser.script("return getComputedStyle(document.body).backgroundColor").asText();

    look(1280, "dark");
    browser.frame();

    assertThat(browser.script("return getComputedStyle(document.body).backgroundColor").asText())
        .isNotEqualTo(light);
    // The colours that are looked for are the dark scheme's.
    assertThat(pixels("train_loss", 2)).isGreaterThan(30);
  }
}
