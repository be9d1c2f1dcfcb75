package io.github.sgn4j.examples.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sgn4j.examples.data.DataException;
import io.github.sgn4j.examples.data.MnistFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from servers that truncate, stall, redirect, refuse and lie. */
@Timeout(60)
class DownloaderTest {

  private static final Duration PATIENT = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final PlaceServer server = new PlaceServer();
  private final List<String> notes = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();
  private long advanced;
  private long freeBytes = Long.MAX_VALUE;
  // Only who wants one to pass makes it short: machines may be slow.
  private Timeouts timeouts = new Timeouts(PATIENT, PATIENT, PATIENT);

  private final DownloadListener listener =
      new DownloadListener() {
        @Override
        public void started(CatalogueFile file, URI from, long done, long total) {
          starts.add(done);
        }

        @Override
        public void advanced(long done) {
          advanced = done;
        }

        @Override
        public void ended() {}

        @Override
        public void verified(CatalogueFile file) {}

        @Override
        public void note(String line) {
          notes.add(line);
        }
      };

  @AfterEach
  void tearDown() {
    server.close();
  }

  private URI place(String path) {
    return server.place(path);
  }

  private Path target() {
    return folder.resolve("digits").resolve(Fixture.NAME);
  }

  private Path part() {
    return folder.resolve("digits").resolve(Fixture.NAME + ".part");
  }

  private void download(URI... places) {
    new Downloader(Transfer.client(timeouts).build(), timeouts, path -> freeBytes, listener)
        .download(Fixture.local(folder, places));
  }

  private void assertDownloads(URI... places) {
    download(places);
    assertThat(target()).hasBinaryContent(Fixture.BYTES);
    assertThat(left()).containsExactly(Fixture.NAME);
  }

  private void assertFails(String part, URI... places) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(places))
        .withMessageContaining(part)
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isBetween(1L, 3L));
    assertThat(target()).doesNotExist();
  }

  private List<String> left() {
    Path digits = folder.resolve("digits");
    if (!Files.exists(digits)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(digits)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void downloadsAndVerifies() {
    server.serve("/a/", Fixture.BYTES);

    assertDownloads(place("/a/"));

    assertThat(server.requests()).containsExactly("/a/" + Fixture.NAME);
    assertThat(notes).isEmpty();
    assertThat(advanced).isEqualTo(Fixture.BYTES.length);
  }

  @Test
  void whatIsThereAndGoodIsNotAskedFor() throws IOException {
    Files.createDirectories(target().getParent());
    Files.write(folder.resolve("digits").resolve("images"), Fixture.CONTENT);

    download(place("/a/"));

    assertThat(server.requests()).isEmpty();
    assertThat(left()).containsExactly("images");
  }

  @Test
  void whatIsThereAndAnotherIsLeftAlone() throws IOException {
    server.serve("/a/", Fixture.BYTES);
    Files.createDirectories(target().getParent());
    byte[] smaller = MnistFiles.images(3, 28, 28);
    Files.write(target(), smaller);

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(place("/a/")))
        .withMessageContainingAll("not the official content", "datasets remove digits");
    assertThat(target()).hasBinaryContent(smaller);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aDamagedFileIsReplacedButNotOneOfAnotherNameThatComesFirst() throws IOException {
    server.serve("/a/", Fixture.BYTES);
    Files.createDirectories(target().getParent());
    Files.write(target(), Arrays.copyOf(Fixture.BYTES, 100));

    assertDownloads(place("/a/"));

    Path plain = Files.write(folder.resolve("digits").resolve("images"), new byte[] {1, 2});
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(place("/a/")))
        .withMessageContainingAll(plain.toString(), "damaged", "datasets remove digits");
  }

  @Test
  void theNextPlaceIsAskedWhateverIsWrongWithTheFirst() {
    server.answer("/404/", 404);
    server.answer("/500/", 500);
    server.serve("/good/", Fixture.BYTES);

    assertDownloads(place("/404/"), place("/500/"), place("/good/"));

    assertThat(notes)
        .containsExactly(
            Fixture.NAME + ": 127.0.0.1: answers 404", Fixture.NAME + ": 127.0.0.1: answers 500");
  }

  @Test
  void aPlaceThatCannotBeReachedIsPassedOver() {
    int port = server.port();
    server.close();

    assertFails("no connection", URI.create("http://127.0.0.1:" + port + "/a/"));
    assertThat(left()).isEmpty();
  }

  @Test
  void saysWhatFailedWhereAllDo() {
    server.answer("/404/", 404);
    server.answer("/503/", 503);

    assertFails("The last, 127.0.0.1: answers 503.", place("/404/"), place("/503/"));
    assertThat(left()).isEmpty();
  }

  @Test
  void aDownloadThatIsCutOffGoesOnFromThere() {
    int[] most = {5000};
    server.handle(
        "/cut/",
        exchange -> {
          PlaceServer.send(exchange, Fixture.BYTES, "\"v1\"", most[0]);
          most[0] = Fixture.BYTES.length;
        });

    assertDownloads(place("/cut/"));

    assertThat(server.requests())
        .containsExactly("/cut/" + Fixture.NAME, "/cut/" + Fixture.NAME + " bytes=5000-");
    assertThat(starts).containsExactly(0L, 5000L);
    assertThat(notes).singleElement().asString().contains("going on from there");
  }

  @Test
  void theNextCommandGoesOnFromThere() throws IOException {
    AtomicInteger answers = new AtomicInteger();
    server.handle(
        "/bad/",
        exchange -> {
          if (answers.getAndIncrement() == 0) {
            PlaceServer.send(exchange, Fixture.BYTES, "\"v1\"", 4000);
          } else {
            exchange.sendResponseHeaders(503, -1);
          }
        });
    server.answer("/404/", 404);

    assertFails("kept", place("/bad/"), place("/404/"));
    assertThat(part()).hasSize(4000);
    assertThat(server.requests())
        .containsExactly(
            "/bad/" + Fixture.NAME,
            "/bad/" + Fixture.NAME + " bytes=4000-",
            "/404/" + Fixture.NAME);

    // First where the part came from, although it is the second place now.
    PlaceServer again = server;
    again.handle(
        "/bad/" + Fixture.NAME,
        exchange -> PlaceServer.send(exchange, Fixture.BYTES, "\"v1\"", Fixture.BYTES.length));
    assertDownloads(place("/404/"), place("/bad/"));
    assertThat(server.requests()).last().isEqualTo("/bad/" + Fixture.NAME + " bytes=4000-");
  }

  @Test
  void whatCannotBeTakenUpIsNotKept() {
    server.handle("/a/", exchange -> PlaceServer.send(exchange, Fixture.BYTES, null, 4000));

    assertFails("broke off", place("/a/"));

    assertThat(left()).isEmpty();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aFileThatHasChangedStartsAnew() {
    int[] answers = {0};
    server.handle(
        "/a/",
        exchange -> {
          boolean first = answers[0]++ == 0;
          PlaceServer.send(
              exchange,
              first ? Fixture.otherBytes() : Fixture.BYTES,
              first ? "\"v1\"" : "\"v2\"",
              first ? 5000 : Fixture.BYTES.length);
        });

    assertDownloads(place("/a/"));

    assertThat(starts).containsExactly(0L, 0L);
  }

  @Test
  void aServerWithoutRangesSendsTheWholeAgain() {
    int[] answers = {0};
    server.handle(
        "/a/",
        exchange -> {
          PlaceServer.sendWhole(
              exchange, Fixture.BYTES, "\"v1\"", answers[0]++ == 0 ? 5000 : Fixture.BYTES.length);
        });

    assertDownloads(place("/a/"));

    assertThat(starts).containsExactly(0L, 0L);
  }

  @Test
  void aServerThatAlwaysCutsAtTheSamePlaceIsLeft() {
    server.handle(
        "/a/",
        exchange -> {
          PlaceServer.sendWhole(exchange, Fixture.BYTES, "\"v1\"", 5000);
        });
    server.serve("/good/", Fixture.BYTES);

    assertDownloads(place("/a/"), place("/good/"));

    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void anEtagThatLiesIsFoundOutByTheContent() {
    int[] answers = {0};
    byte[] other = MnistFiles.gzip(MnistFiles.images(30, 28, 28));
    server.handle(
        "/a/",
        exchange -> {
          boolean first = answers[0]++ == 0;
          PlaceServer.send(
              exchange,
              first ? other : Fixture.BYTES,
              "\"v1\"",
              first ? other.length / 2 : Fixture.BYTES.length);
        });

    assertDownloads(place("/a/"));

    assertThat(starts).containsExactly(0L, (long) other.length / 2, 0L);
    assertThat(notes).last().asString().contains("something else", "starting anew");
  }

  @Test
  void aWrongRangeStartsAnew() {
    int[] answers = {0};
    server.handle(
        "/a/",
        exchange -> {
          switch (answers[0]++) {
            case 0 -> PlaceServer.send(exchange, Fixture.BYTES, "\"v1\"", 5000);
            case 1 -> {
              exchange
                  .getResponseHeaders()
                  .add("Content-Range", "bytes 7-9/" + Fixture.BYTES.length);
              exchange.sendResponseHeaders(206, 3);
              exchange.getResponseBody().write(new byte[3]);
            }
            case 2 -> PlaceServer.send(exchange, Fixture.BYTES, "\"v1\"", 6000);
            case 3 -> exchange.sendResponseHeaders(416, -1);
            default -> PlaceServer.send(exchange, Fixture.BYTES, "\"v1\"", Fixture.BYTES.length);
          }
        });

    assertDownloads(place("/a/"));

    assertThat(starts).containsExactly(0L, 0L, 0L);
  }

  @Test
  void aWholePartThatWasNotPutInPlaceNeedsNoServer() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), Fixture.BYTES);
    Files.write(part().resolveSibling(Fixture.NAME + ".part.from"), List.of("http://x/", "\"v\""));

    assertDownloads(place("/a/"));

    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aPartWithoutItsSourceStartsAnew() throws IOException {
    server.serve("/a/", Fixture.BYTES);
    for (String from : new String[] {"", "x", "not an address\n\"v\"\n", "a\nb\nc\n"}) {
      Files.createDirectories(part().getParent());
      Files.write(part(), new byte[100]);
      Files.writeString(part().resolveSibling(Fixture.NAME + ".part.from"), from);

      assertDownloads(place("/a/"));
      Files.delete(target());
    }
    assertThat(server.requests()).hasSize(4).allMatch(request -> !request.contains("bytes"));
  }

  @Test
  void aServerThatStallsInTheMiddleIsTakenUpElsewhere() {
    timeouts = new Timeouts(PATIENT, PATIENT, Duration.ofSeconds(4));
    server.handle(
        "/stall/",
        exchange -> {
          PlaceServer.send(exchange, Fixture.BYTES, null, 3000);
          server.hang();
        });
    server.serve("/good/", Fixture.BYTES);

    assertDownloads(place("/stall/"), place("/good/"));

    assertThat(notes).singleElement().asString().contains("nothing came for 4.0 seconds");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    timeouts = new Timeouts(PATIENT, Duration.ofSeconds(3), PATIENT);
    server.handle("/silent/", exchange -> server.hang());

    assertFails("no answer in time", place("/silent/"));
  }

  @Test
  void followsRedirects() {
    server.serve("/good/", Fixture.BYTES);
    server.redirect("/old/", "/good/" + Fixture.NAME);

    assertDownloads(place("/old/"));
  }

  @Test
  void redirectsThatLeadNowhereAreLeft() {
    server.redirect("/loop/", "/loop/" + Fixture.NAME);
    server.redirect("/file/", "file:///etc/hostname");
    server.redirect("/junk/", "ht tp://[");
    server.handle("/none/", exchange -> exchange.sendResponseHeaders(302, -1));

    assertFails("redirects", place("/loop/"));
    assertThat(server.requests().size()).isBetween(2, 10);
    assertFails("redirects", place("/file/"));
    assertFails("127.0.0.1", place("/junk/"));
    assertFails("127.0.0.1", place("/none/"));
    assertThat(left()).isEmpty();
  }

  @Test
  void wrongContentIsThrownAway() {
    server.serve("/a/", Fixture.otherBytes());
    server.serve("/b/", "<html>Sign in to the network</html>".getBytes(StandardCharsets.UTF_8));

    assertFails("something else (damaged: it is no IDX file)", place("/a/"), place("/b/"));

    assertThat(left()).isEmpty();
    assertThat(notes.get(0)).contains("not the official content: its SHA-256 begins with");
  }

  @Test
  void aServerThatSendsMoreThanItSaysOrEndlesslyIsLeft() {
    server.serve("/long/", new byte[(int) Fixture.FILE.mostBytes() + 1]);
    server.handle(
        "/endless/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] bytes = new byte[1 << 16];
          for (int i = 0; i < 10_000; i++) {
            exchange.getResponseBody().write(bytes);
          }
        });

    assertFails("offers " + (Fixture.FILE.mostBytes() + 1) + " bytes", place("/long/"));
    assertFails("more than", place("/endless/"));
    assertThat(left()).isEmpty();
  }

  @Test
  void anotherCompressionOfTheSameContentIsAsGood() {
    byte[] plain = Fixture.CONTENT;
    server.serve("/plain/", plain);

    download(place("/plain/"));

    assertThat(target()).hasBinaryContent(plain);
  }

  @Test
  void anAnswerOfUnknownLengthThatEndsEarlyIsNoGood() {
    server.handle(
        "/a/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(Fixture.BYTES, 0, 4000);
          exchange.getResponseBody().close();
        });
    server.handle(
        "/b/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(Fixture.BYTES);
          exchange.getResponseBody().close();
        });

    assertDownloads(place("/a/"), place("/b/"));

    assertThat(notes).singleElement().asString().contains("ended early, after 4000 bytes");
  }

  @Test
  void aFullDiskIsNoticedBefore() {
    freeBytes = 1000;

    assertFails("Not enough room", place("/a/"));

    assertThat(server.requests()).isEmpty();
    assertThat(folder.resolve("digits")).doesNotExist();
  }

  @Test
  void twoDownloadsOfOneFileDoNotMix() throws IOException {
    Files.createDirectories(part().getParent());
    try (FileChannel other =
            FileChannel.open(part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertFails("being downloaded already", place("/a/"));
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    server.serve("/a/", Fixture.BYTES);
    Files.createFile(folder.resolve("digits"));

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(place("/a/")))
        .withMessageContainingAll("Cannot write to", "digits");
  }
}
