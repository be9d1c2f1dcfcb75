package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.sgn4j.examples.cli.CommandLineRunner.Outcome;
import io.github.sgn4j.examples.data.MnistFiles;
import io.github.sgn4j.examples.data.download.Catalogue;
import io.github.sgn4j.examples.data.download.CatalogueFile;
import io.github.sgn4j.examples.data.download.CatalogueSet;
import io.github.sgn4j.examples.data.download.Downloader;
import io.github.sgn4j.examples.data.download.FileKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DatasetsCommandTest {

  private static final String IMAGES = "images.gz";
  private static final String LABELS = "labels.gz";

  @TempDir Path folder;

  private HttpServer server;
  private Catalogue catalogue;

  @BeforeEach
  void setUp() throws IOException, GeneralSecurityException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] images = MnistFiles.images(5, 28, 28);
    byte[] labels = MnistFiles.labels(5);
    serve(IMAGES, images);
    serve(LABELS, labels);
    server.start();
    URI place = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    catalogue =
        new Catalogue(
            List.of(
                set("digits", place, file(IMAGES, images), file(LABELS, labels)),
                set("letters", place, file("letters.gz", labels))));
  }

  @AfterEach
  void tearDown() {
    server.stop(0);
  }

  private void serve(String name, byte[] content) {
    byte[] bytes = MnistFiles.gzip(content);
    server.createContext(
        "/" + name,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  private static CatalogueSet set(String name, URI place, CatalogueFile... files) {
    return new CatalogueSet(
        name,
        name,
        name.toUpperCase(Locale.ROOT),
        "small images",
        "nobody",
        "none",
        List.of(place),
        List.of(files),
        null);
  }

  private static CatalogueFile file(String name, byte[] content) throws GeneralSecurityException {
    return new CatalogueFile(
        name,
        FileKind.IDX,
        MnistFiles.gzip(content).length,
        content.length,
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
  }

  private Outcome run(int columns, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("SGN_DATA", folder.toString()),
            columns);
    int status =
        DatasetsCommand.commandLine(
                console, () -> catalogue, () -> new Downloader(DownloadProgress.of(console)))
            .setOut(console.outWriter())
            .setErr(console.errWriter())
            .setParameterExceptionHandler(new Errors(console)::badParameters)
            .setExecutionExceptionHandler(new Errors(console)::failed)
            .execute(args);
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Outcome run(String... args) {
    return run(0, args);
  }

  private static void assertDone(Outcome outcome, String... parts) {
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(parts).allSatisfy(part -> assertThat(outcome.out()).contains(part));
    assertThat(outcome.err()).isEmpty();
  }

  private static void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(parts).doesNotContain("Exception", "\tat ");
    assertThat(outcome.err().lines().count()).as(outcome.err()).isBetween(1L, 3L);
  }

  @Test
  void downloadsVerifiesListsAndRemoves() throws IOException {
    assertDone(run(), "digits", "DIGITS: small images", "missing, " + folder.resolve("digits"));

    assertDone(run("download", "digits"), IMAGES + ": verified", LABELS + ": verified", "is there");
    assertThat(folder.resolve("digits").resolve(IMAGES))
        .hasBinaryContent(MnistFiles.gzip(MnistFiles.images(5, 28, 28)));

    assertDone(run("list"), "present, " + folder.resolve("digits"), "missing, ");
    assertDone(run("verify"), IMAGES + ": verified", LABELS + ": verified");

    assertRefused(run("remove", "digits"), "Nothing is removed", "--yes");
    assertThat(folder.resolve("digits").resolve(IMAGES)).exists();
    assertDone(run("remove", "--yes", "digits"), "Removed: ", LABELS);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    assertDone(run("remove", "digits"), "Nothing of it is there");
  }

  @Test
  void verifyTellsWhatDiffers() throws IOException {
    run("download", "digits");
    Path digits = folder.resolve("digits");
    byte[] labels = MnistFiles.labels(5);
    labels[9] = 7;
    Files.write(digits.resolve(LABELS), labels);
    Outcome outcome = run("verify");
    assertRefused(outcome, "1 not the official content");
    assertThat(outcome.out())
        .contains(
            LABELS + ": not the official content: its SHA-256 begins with", IMAGES + ": verified");

    Files.write(digits.resolve(LABELS), new byte[] {0, 0, 8});
    assertRefused(run("verify", "digits", "letters"), "1 damaged, 1 missing", "download");
    assertDone(run("list"), "files: 1 verified, 1 damaged");

    assertDone(run("download", "digits"));
    assertDone(run("verify"));
  }

  @Test
  void verifyWithoutAnythingThereSaysSo() {
    assertDone(run("verify"), "No data set is there");
  }

  @Test
  void aDownloadThatFailsEndsWithTwo() {
    Outcome outcome = run("download", "--all");

    assertThat(outcome.out()).contains("DIGITS is there");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("letters.gz: 127.0.0.1: answers 404", "Cannot download letters.gz")
        .doesNotContain("Exception");
    assertThat(folder.resolve("letters")).doesNotExist();
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertRefused(run("download"), "--all");
    assertRefused(run("download", "--all", "digits"), "--all");
    assertRefused(run("download", "iris"), "iris", "digits, letters");
    assertRefused(run("verify", "sine"), "sine comes with the program");
    assertRefused(run("remove"), "NAME");
    assertRefused(run("fetch"), "fetch");
    assertRefused(run("--data-dir", folder.resolve("no").toString()), "no such folder");
    assertRefused(run("verify", "--data-dir", folder.resolve("no").toString()), "no such folder");
  }

  @Test
  void aTerminalGetsABarThatFits() {
    Outcome outcome = run(80, "download", "digits");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).contains(IMAGES, "100%", "MB");
    assertThat(outcome.err().split("[\r\n]", -1))
        .allSatisfy(line -> assertThat(line.length()).isLessThan(80));
  }

  @Test
  void theWholeCommandLineKnowsTheCommand() {
    Outcome outcome = CommandLineRunner.run("datasets");
    assertDone(outcome, "mnist", "fashion", "cifar10", "licence", "missing");

    assertThat(CommandLineRunner.run("datasets", "--help").out())
        .contains("list", "download", "verify", "remove", "--data-dir");
    assertThat(CommandLineRunner.run("datasets", "download", "--help").out())
        .contains("--all", "--data-dir", "NAME");
    assertRefused(CommandLineRunner.run("datasets", "xyz"), "xyz", "list, download");
    assertRefused(
        CommandLineRunner.run("mlp", "--dataset", "mnist"), "./sgn datasets download mnist");
    assertRefused(
        CommandLineRunner.run("convnet", "--dataset", "cifar10", "--data-dir", folder.toString()),
        "./sgn datasets download cifar10 --data-dir " + folder);
  }
}
