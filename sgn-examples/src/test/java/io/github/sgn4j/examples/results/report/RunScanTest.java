package io.github.sgn4j.examples.results.report;

import static io.github.sgn4j.examples.results.report.RunFiles.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sgn4j.examples.results.OutputException;
import io.github.sgn4j.examples.results.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunScanTest {

  @TempDir Path root;

  private void run(String folder) {
    RunFiles.write(
        root.resolve(folder), config("SGN", 1), RunFiles.regression(RunStatus.DONE, 2, 1));
  }

  @Test
  void findsRunsInFoldersAndTheFolderItself() throws IOException {
    run("b/c");
    run("a");
    run(".");
    run(".hidden");
    Files.createDirectories(root.resolve("empty"));

    RunScan scan = RunScan.of(root);

    assertThat(scan.runs()).extracting(FoundRun::folder).containsExactly(".", "a", "b/c");
    assertThat(scan.damaged()).isEmpty();
  }

  @Test
  void followsALinkToTheFolderButNoneInIt() throws IOException {
    run("runs/a");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("runs"));
    Files.createSymbolicLink(root.resolve("runs/b"), root.resolve("runs/a"));

    assertThat(RunScan.of(root.resolve("link")).runs())
        .extracting(FoundRun::folder)
        .containsExactly("a");
  }

  @Test
  void looksNoDeeperThanItSays() {
    run("1/2/3/4/5/6/7");
    run("1/2/3/4/5/6/7/8");

    assertThat(RunScan.of(root).runs())
        .extracting(FoundRun::folder)
        .containsExactly("1/2/3/4/5/6/7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"status\": \"done\"}",
        "{\"status\": \"flying\", \"avg_loss\": [], \"epoch_seconds\": []}",
        "{\"status\": \"done\", \"avg_loss\": [1, 2], \"epoch_seconds\": [1]}",
        "{\"status\": \"done\", \"avg_loss\": [1], \"epoch_seconds\": [1], \"test_loss\": []}",
        "{\"status\": \"done\", \"avg_loss\": [1], \"epoch_seconds\": [1], \"cg_iterations\": [null]}",
        "{\"status\": \"done\", \"avg_loss\": \"many\", \"epoch_seconds\": [1]}"
      })
  void namesDamagedFilesInALineAndGoesOn(String content) throws IOException {
    run("good");
    run("bad");
    Files.writeString(root.resolve("bad/results.json"), content);

    RunScan scan = RunScan.of(root);

    assertThat(scan.runs()).extracting(FoundRun::folder).containsExactly("good");
    assertThat(scan.damaged()).singleElement().asString().startsWith("bad: ").hasLineCount(1);
  }

  @Test
  void namesFoldersWithOneOfTheFiles() throws IOException {
    run("good");
    run("half");
    run("other");
    Files.delete(root.resolve("half/results.json"));
    Files.delete(root.resolve("other/config.json"));

    assertThat(RunScan.of(root).damaged())
        .containsExactly("half: there is no results.json", "other: there is no config.json");
  }

  @Test
  void neverFailsOnFilesThatWereCutOrChanged() throws IOException {
    run("run");
    Path config = root.resolve("run/config.json");
    Path results = root.resolve("run/results.json");
    byte[][] originals = {Files.readAllBytes(config), Files.readAllBytes(results)};
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      int which = random.nextInt(2);
      byte[] bytes = originals[which].clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(96));
      }
      int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
      String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
      Files.writeString(which == 0 ? config : results, text);

      assertThatCode(
              () -> {
                RunScan scan = RunScan.of(root);
                assertThat(scan.runs().size() + scan.damaged().size()).isEqualTo(1);
                Section.of(scan.runs()).forEach(section -> new Verdict(section).text());
              })
          .as(text)
          .doesNotThrowAnyException();

      Files.write(which == 0 ? config : results, originals[which]);
    }
  }

  @Test
  void takesNamesFromAComparison() throws IOException {
    run("runs/sgn/seed-1");
    run("runs/other/seed-1");
    Files.writeString(
        root.resolve("compare.json"),
        "{\"configurations\": [{\"name\": \"Ours\", \"slug\": \"sgn\"}, {\"slug\": 3}, 4]}");

    assertThat(RunScan.of(root).runs())
        .extracting(found -> found.name().orElse("none"))
        .containsExactly("Ours", "none");
    assertThat(RunScan.of(root.resolve("runs/sgn/seed-1")).runs().get(0).name()).contains("Ours");

    Files.writeString(root.resolve("compare.json"), "{\"configurations\": ");
    assertThat(RunScan.of(root).runs()).hasSize(2).allMatch(found -> found.name().isEmpty());
  }

  @Test
  void takesAComparisonsOrder() throws IOException {
    for (String slug : new String[] {"adam", "sgd", "sgn"}) {
      run("b/runs/" + slug + "/seed-1");
    }
    run("a");
    run("c");
    Files.writeString(
        root.resolve("b/compare.json"),
        "{\"configurations\": [{\"name\": \"SGN\", \"slug\": \"sgn\"},"
            + " {\"name\": \"Adam\", \"slug\": \"adam\"}, {\"name\": \"SGD\", \"slug\": \"sgd\"}]}");

    assertThat(RunScan.of(root).runs())
        .extracting(FoundRun::folder)
        .containsExactly("a", "b/runs/sgn/seed-1", "b/runs/adam/seed-1", "b/runs/sgd/seed-1", "c");
  }

  @Test
  void leavesTrialsOfTunedOptionsOutAndCountsThem() throws IOException {
    run("runs/sgd/seed-1");
    run("runs/sgd/tune-lr-0.1");
    run("runs/sgd/tune-lr-1");
    run("runs/nobody/tune-lr-1");
    Files.writeString(
        root.resolve("compare.json"),
        "{\"configurations\": [{\"name\": \"SGD\", \"slug\": \"sgd\"}]}");

    RunScan scan = RunScan.of(root);

    assertThat(scan.runs())
        .extracting(FoundRun::folder)
        .containsExactly("runs/sgd/seed-1", "runs/nobody/tune-lr-1");
    assertThat(scan.trials()).isEqualTo(2);
    assertThat(Report.of(root).overview()).contains("2 trials");
    assertThat(RunScan.of(root.resolve("runs/sgd/tune-lr-1")).runs()).hasSize(1);
    Files.delete(root.resolve("runs/sgd/seed-1/results.json"));
    Files.delete(root.resolve("runs/sgd/seed-1/config.json"));
    Files.delete(root.resolve("runs/nobody/tune-lr-1/results.json"));
    Files.delete(root.resolve("runs/nobody/tune-lr-1/config.json"));
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> Report.of(root))
        .withMessageContaining("only trials")
        .withMessageContaining("Go on with the comparison");
  }

  @Test
  void refusesWhatIsNoFolder() {
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> RunScan.of(root.resolve("missing")))
        .withMessageContaining("is not a folder");
  }
}
