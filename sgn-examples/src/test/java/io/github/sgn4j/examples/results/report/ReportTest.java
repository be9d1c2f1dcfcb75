package io.github.sgn4j.examples.results.report;

import static io.github.sgn4j.examples.results.report.RunFiles.config;
import static io.github.sgn4j.examples.results.report.RunFiles.finished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sgn4j.examples.results.OutputException;
import io.github.sgn4j.examples.results.RunStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportTest {

  private static final String EVIL = "</script><img src=x onerror=alert(1)> | `*_";

  @TempDir Path root;

  @BeforeEach
  void makeRuns() {
    RunFiles.write(root.resolve("sgn-1"), config("SGN", 1), finished(0.1, 0.2, 1, 0.5, 0.1));
    RunFiles.write(root.resolve("sgn-2"), config("SGN", 2), finished(0.3, 0.4, 1, 0.7, 0.3));
    RunFiles.write(
        root.resolve("sgn-3"),
        config("SGN", 3),
        RunFiles.regression(RunStatus.INTERRUPTED, 1, 0.7));
    RunFiles.write(
        root.resolve("sgd"),
        config("SGD", 1, "lr", 1.0),
        RunFiles.regression(RunStatus.NON_FINITE, 1e3, 1e30, Double.NaN));
    RunFiles.write(
        root.resolve("z-evil"),
        RunFiles.config(EVIL, 1, "dataset", EVIL),
        RunFiles.classification(0.5, 0.75));
  }

  private String write() throws IOException {
    Report.of(root).write();
    return Files.readString(root.resolve(Report.PAGE));
  }

  private static JsonNode data(String page) throws IOException {
    Matcher matcher =
        Pattern.compile("id=\"report-data\">(.*?)</script>", Pattern.DOTALL).matcher(page);
    assertThat(matcher.find()).isTrue();
    return new ObjectMapper().readTree(matcher.group(1));
  }

  @Test
  void writesAPageFiguresAndMarkdownAndTheSameBytesAgain() throws IOException {
    String page = write();
    String markdown = Files.readString(root.resolve(Report.MARKDOWN));

    try (Stream<Path> files = Files.list(root.resolve(Report.FIGURES))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("1-boston-layers-100-100-train-loss.png")
          .contains("1-boston-layers-100-100-test-loss.svg")
          .hasSize(8);
    }
    assertThat(write()).isEqualTo(page);
    assertThat(root.resolve(Report.MARKDOWN)).hasContent(markdown);
  }

  @Test
  void thePageAllowsItsOwnScriptsAloneAndNamesNothingOutside() throws IOException {
    String page = write();

    assertThat(page)
        .startsWith("<!doctype html>\n<html lang=\"en\">")
        .contains("content=\"default-src 'none'; script-src 'sha256-")
        .contains("name=\"viewport\"", "Permission is hereby granted, free of charge")
        .doesNotContainPattern("<(link|iframe|img|object|embed)\\b")
        .doesNotContainPattern("<script[^>]*\\ssrc=")
        .doesNotContainPattern("\\sstyle=")
        .doesNotContain("@import", "url(", "unsafe-inline");
    assertThat(page.split("<script", -1)).hasSize(4);
    assertThat(page.split("</script>", -1)).hasSize(4);
  }

  @Test
  void textFromFilesIsNeverMarkup() throws IOException {
    String page = write();

    assertThat(page).doesNotContain("<img src=x").contains("&lt;img src=x onerror=alert(1)&gt;");
    assertThat(data(page).at("/sections/1/entries/0/name").asText()).isEqualTo(EVIL);
    assertThat(Files.readString(root.resolve(Report.MARKDOWN)))
        .contains("\\</script\\>\\<img src=x onerror=alert(1)\\> \\| \\`\\*\\_");
  }

  @Test
  void theDataHoldCurvesEndingsStepsAndPublishedRuns() throws IOException {
    JsonNode section = data(write()).at("/sections/0");

    assertThat(section.at("/measures").findValuesAsText("key"))
        .containsExactly("train_loss", "test_loss");
    assertThat(section.at("/entries").findValuesAsText("name"))
        .startsWith("SGD", "SGN", "published: SGN, 1 CG iteration");
    JsonNode diverged = section.at("/curves/0");
    assertThat(diverged.path("ending").asText()).isEqualTo("diverged");
    assertThat(diverged.path("name").asText()).isEqualTo("SGD, seed 1, diverged");
    assertThat(diverged.at("/train_loss/mean").toString()).isEqualTo("[1000.0,1.0E30,null]");
    JsonNode sgn = section.at("/curves/1");
    assertThat(sgn.path("ending").isNull()).isTrue();
    assertThat(sgn.path("seconds").toString()).isEqualTo("[1.0,2.0,3.0]");
    assertThat(sgn.at("/train_loss/mean").toString()).isEqualTo("[1.0,0.6,0.2]");
    assertThat(sgn.at("/train_loss/high").toString()).isEqualTo("[1.0,0.7,0.3]");
    assertThat(section.at("/curves/2/ending").asText()).isEqualTo("interrupted");
    assertThat(section.at("/curves").findValuesAsText("name"))
        .contains("published: SGN, 10 CG iterations");
    assertThat(section.at("/quantities").findValuesAsText("key"))
        .containsExactly("rho", "alpha", "cg_iterations");
    assertThat(section.at("/quantities/0/curves/1/steps")).hasSize(12);
  }

  @Test
  void thePageCountsWhatIsNotDoneAndNamesWhatIsDamaged() throws IOException {
    Files.createDirectories(root.resolve("bad<b>"));
    Files.writeString(root.resolve("bad<b>/config.json"), "{}");

    String page = write();

    assertThat(page)
        .contains("5 runs of 3 configurations on 2 tasks, 3 done.")
        .contains("SGD (of 1 run 1 diverged); SGN (of 3 runs 1 interrupted)")
        .contains("<li>bad&lt;b&gt;: there is no results.json</li>")
        .contains("<th scope=\"row\">processor</th><td>Some CPU</td>");
    assertThat(Files.readString(root.resolve(Report.MARKDOWN)))
        .contains("- bad\\<b\\>: there is no results.json")
        .contains(
            "![boston, layers 100-100: train loss](figures/1-boston-layers-100-100-train-loss.png)")
        .containsPattern("\\| SGN +\\| +0\\.2000\u00a0± 0\\.14 +\\| +0\\.3000");
  }

  @Test
  void figuresAreImages() throws Exception {
    write();

    Path svg = root.resolve("figures/1-boston-layers-100-100-train-loss.svg");
    Document document =
        DocumentBuilderFactory.newDefaultNSInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(Files.readAllBytes(svg)));
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("boston, layers 100-100: train loss");
    // Ours: SGD, SGN, the interrupted one; and two published ones; 5 in the legend as well.
    assertThat(Files.readString(svg).lines().filter(line -> line.contains("stroke-dasharray")))
        .hasSize(4);
    var image =
        ImageIO.read(root.resolve("figures/1-boston-layers-100-100-train-loss.png").toFile());
    assertThat(image.getWidth()).isEqualTo(1800);
    assertThat(
            IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                .filter(colour -> colour == 0xff0072b2)
                .count())
        .isGreaterThan(1000);
  }

  @Test
  void staysSmallForLongRuns() throws IOException {
    double[] losses = IntStream.range(0, 20_000).mapToDouble(i -> 1 + 1 / (i + 1.0)).toArray();
    RunFiles.write(root.resolve("long"), config("SGN", 4), finished(1, 2, losses));

    assertThat(write().length()).isLessThan(400_000);
  }

  @Test
  void refusesAFolderWithoutRuns() throws IOException {
    Path empty = Files.createDirectories(root.resolve("nothing"));

    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> Report.of(empty))
        .withMessageContaining("There are no runs in")
        .withMessageContaining("./sgn mlp --out");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void coloursOfThePageStandOutFromIt() throws IOException {
    String page = write();
    List<String> themes =
        List.of(page.substring(0, page.indexOf("@media (prefers-color-scheme")), page);
    for (String theme : themes) {
      String ground = last(theme, "--page: (#[0-9a-f]{6})");
      for (int i = 0; i < 6; i++) {
        assertThat(contrast(ground, last(theme, "--c" + i + ": (#[0-9a-f]{6})")))
            .as("colour %d on %s", i, ground)
            .isGreaterThan(3);
      }
      assertThat(contrast(ground, last(theme, "--text: (#[0-9a-f]{6})"))).isGreaterThan(7);
      assertThat(contrast(ground, last(theme, "--faint: (#[0-9a-f]{6})"))).isGreaterThan(4.5);
    }
  }

  private static String last(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** Of two colours, as the Web Content Accessibility Guidelines define it. */
  private static double contrast(String a, String b) {
    double first = luminance(a) + 0.05;
    double second = luminance(b) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double share = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum +=
          weights[i] * (share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
