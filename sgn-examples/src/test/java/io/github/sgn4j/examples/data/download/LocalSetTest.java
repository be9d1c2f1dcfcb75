package io.github.sgn4j.examples.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.sgn4j.examples.data.CifarFiles;
import io.github.sgn4j.examples.data.DataException;
import io.github.sgn4j.examples.data.DataFolder;
import io.github.sgn4j.examples.data.MnistFiles;
import io.github.sgn4j.examples.data.download.FileCheck.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSetTest {

  @TempDir Path folder;
  private Path digits;

  @BeforeEach
  void setUp() throws IOException {
    digits = Files.createDirectory(folder.resolve("digits"));
  }

  private LocalSet local() {
    return Fixture.local(folder);
  }

  private FileCheck check(byte[] bytes) throws IOException {
    Files.write(digits.resolve(Fixture.NAME), bytes);
    return local().files().get(0).check();
  }

  @Test
  void verifiesTheContentWhateverItsCompression() throws IOException {
    assertThat(local().files().get(0).check().state()).isEqualTo(State.MISSING);
    assertThat(local().isAnythingThere()).isFalse();

    assertThat(check(Fixture.BYTES).state()).isEqualTo(State.VERIFIED);
    assertThat(check(Fixture.CONTENT).state()).isEqualTo(State.VERIFIED);
    assertThat(local().isAnythingThere()).isTrue();
  }

  @Test
  void tellsAnotherContentFromADamagedFile() throws IOException {
    assertThat(check(Fixture.otherBytes()).text()).contains("not the official content", "SHA-256");
    assertThat(check(MnistFiles.images(3, 28, 28)).text()).contains("not the official", "bytes");
    assertThat(check(MnistFiles.labels(5)).state()).isEqualTo(State.OTHER);
    byte[] huge = ByteBuffer.allocate(16).putInt(0x803).putInt(-1).putInt(-1).putInt(-1).array();
    assertThat(check(huge).state()).isEqualTo(State.OTHER);

    assertThat(check(new byte[0]).state()).isEqualTo(State.DAMAGED);
    assertThat(check(new byte[] {1, 2, 3, 4, 5}).state()).isEqualTo(State.DAMAGED);
    assertThat(check(Arrays.copyOf(Fixture.CONTENT, 1000)).text()).contains("damaged", "cut short");
    assertThat(check(Arrays.copyOf(Fixture.BYTES, 1000)).text()).contains("damaged", "cut short");
    assertThat(check(Arrays.copyOf(Fixture.BYTES, Fixture.BYTES.length + 9)).text())
        .contains("damaged", "gzip");
    assertThat(check(Arrays.copyOf(Fixture.CONTENT, Fixture.CONTENT.length + 1)).text())
        .contains("damaged", "longer");
    Files.delete(digits.resolve(Fixture.NAME));
    Files.createDirectory(digits.resolve(Fixture.NAME));
    assertThat(local().files().get(0).check().state()).isEqualTo(State.DAMAGED);
  }

  @Test
  void aDecompressedFileComesFirstAsForTheLoaders() throws IOException {
    Files.write(digits.resolve(Fixture.NAME), Fixture.BYTES);
    Files.write(digits.resolve("images"), Fixture.otherBytes());

    LocalFile chosen = local().files().get(0);

    assertThat(chosen.path()).isEqualTo(digits.resolve("images"));
    assertThat(chosen.isTarget()).isFalse();
    assertThat(chosen.check().state()).isEqualTo(State.OTHER);
  }

  /** A set that may be unpacked, of which these bytes are the official ones. */
  private LocalSet cifar(byte[] archive, Map<String, byte[]> files) {
    List<CatalogueFile> unpacked =
        files.entrySet().stream()
            .map(
                entry ->
                    new CatalogueFile(
                        "cifar-10-batches-bin/" + entry.getKey(),
                        FileKind.RECORDS,
                        entry.getValue().length,
                        entry.getValue().length,
                        Fixture.sha256(entry.getValue())))
            .toList();
    CatalogueFile file =
        new CatalogueFile(
            "cifar-10-binary.tar.gz",
            FileKind.ARCHIVE,
            archive.length,
            archive.length,
            Fixture.sha256(archive));
    CatalogueSet set =
        new CatalogueSet(
            "cifar10", "cifar10", "CIFAR-10", "", "", "", List.of(), List.of(file), unpacked);
    return new LocalSet(set, DataFolder.find(folder, Map.of()));
  }

  @Test
  void anArchiveIsItsBytes() throws IOException {
    Map<String, byte[]> files = Map.of("test_batch.bin", new byte[3073]);
    byte[] archive = MnistFiles.gzip("content".getBytes(StandardCharsets.UTF_8));
    LocalSet local = cifar(archive, files);
    Path path = Files.createDirectory(folder.resolve("cifar10")).resolve("cifar-10-binary.tar.gz");

    Files.write(path, archive);
    assertThat(local.files()).extracting(LocalFile::path).containsExactly(path);
    assertThat(local.files().get(0).check().state()).isEqualTo(State.VERIFIED);

    Files.write(path, MnistFiles.gzip(new byte[] {1}));
    assertThat(local.files().get(0).check().state()).isEqualTo(State.OTHER);
    Files.write(path, Arrays.copyOf(archive, archive.length - 2));
    assertThat(local.files().get(0).check().state()).isEqualTo(State.DAMAGED);
    Files.write(path, new byte[archive.length]);
    assertThat(local.files().get(0).check().state()).isEqualTo(State.DAMAGED);
  }

  @Test
  void imagesThatWentThroughALossyFormatAreNotTheOfficialOnesButNotDamaged() throws IOException {
    byte[] official = new byte[4 * 3073];
    byte[] lossy = official.clone();
    lossy[17] = 1;
    LocalSet local = cifar(new byte[1], Map.of("test_batch.bin", official));

    CifarFiles.write(folder, 1);
    assertThat(local.files()).allMatch(file -> !file.isTarget());
    Path path = folder.resolve("cifar10/cifar-10-batches-bin/test_batch.bin");
    Files.write(path, official);
    assertThat(local.files().get(0).check().state()).isEqualTo(State.VERIFIED);
    Files.write(path, lossy);
    assertThat(local.files().get(0).check().text()).startsWith("not the official content");
    Files.write(path, Arrays.copyOf(official, official.length - 1));
    assertThat(local.files().get(0).check().state()).isEqualTo(State.DAMAGED);
    Files.delete(path);
    assertThat(local.files().get(0).check().state()).isEqualTo(State.MISSING);
  }

  @Test
  void removesTheFilesOfTheCatalogueAndNothingElse() throws IOException {
    CifarFiles.write(folder, 1);
    Path bins = folder.resolve("cifar10/cifar-10-batches-bin");
    Files.writeString(bins.resolve("notes.txt"), "mine");
    LocalSet cifar =
        cifar(
            new byte[1],
            CifarFiles.NAMES.stream().collect(Collectors.toMap(name -> name, name -> new byte[1])));
    for (String name :
        new String[] {
          "images", Fixture.NAME, Fixture.NAME + ".part", Fixture.NAME + ".part.from"
        }) {
      Files.write(digits.resolve(name), new byte[1]);
    }
    assertThat(local().everything()).hasSize(4);

    local().remove();
    cifar.remove();

    assertThat(digits).doesNotExist();
    assertThat(bins).isDirectoryContaining("glob:**notes.txt").isNotEmptyDirectory();
    assertThat(cifar.everything()).isEmpty();
    cifar.remove();
    assertThat(bins.resolve("notes.txt")).hasContent("mine");
  }

  @Test
  void removesLinksAndNotWhatTheyLeadTo() throws IOException {
    Path elsewhere = Files.write(folder.resolve("elsewhere.gz"), Fixture.BYTES);
    Files.createSymbolicLink(digits.resolve(Fixture.NAME), elsewhere);
    assertThat(local().files().get(0).check().state()).isEqualTo(State.VERIFIED);

    local().remove();

    assertThat(digits).doesNotExist();
    assertThat(elsewhere).hasBinaryContent(Fixture.BYTES);
  }

  @Test
  void aFolderInTheWayIsNotRemoved() throws IOException {
    Files.createDirectories(digits.resolve(Fixture.NAME).resolve("deep"));

    local().remove();

    assertThat(digits.resolve(Fixture.NAME).resolve("deep")).isDirectory();
  }

  @Test
  void checksOfDamagedFilesEndSoon() {
    Random random = new Random(3);
    assertTimeoutPreemptively(
        Duration.ofMinutes(5),
        () -> {
          Set<State> seen = EnumSet.noneOf(State.class);
          for (int i = 0; i < 1500; i++) {
            byte[] bytes = (i % 2 == 0 ? Fixture.BYTES : Fixture.CONTENT).clone();
            int changes = random.nextInt(3);
            for (int c = 0; c < changes; c++) {
              int most = random.nextBoolean() ? 32 : bytes.length;
              bytes[random.nextInt(Math.min(bytes.length, most))] = (byte) random.nextInt();
            }
            if (i % 5 == 0) {
              bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            seen.add(check(bytes).state());
          }
          assertThat(seen).containsExactlyInAnyOrder(State.VERIFIED, State.OTHER, State.DAMAGED);
        });
  }

  @Test
  void knowsTheSetsByNameAndFolder() {
    Catalogue catalogue = Catalogue.bundled();

    assertThat(catalogue.sets())
        .extracting(CatalogueSet::name)
        .containsExactly("mnist", "fashion", "cifar10");
    assertThat(catalogue.find("fashion-mnist")).isSameAs(catalogue.find("fashion"));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> catalogue.find("iris"))
        .withMessageContainingAll("iris", "mnist, fashion, cifar10");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> catalogue.find("boston"))
        .withMessageContaining("comes with the program");
  }

  @Test
  void theBundledCatalogueIsComplete() {
    for (CatalogueSet set : Catalogue.bundled().sets()) {
      assertThat(set.title() + set.description() + set.source() + set.licence())
          .doesNotContain("null");
      assertThat(set.places()).hasSizeGreaterThan(1);
      assertThat(set.folder()).matches("[a-z0-9-]+");
      for (CatalogueFile file : set.files()) {
        assertThat(file.name()).matches("[a-z0-9.-]+\\.gz");
        assertThat(file.sha256()).matches("[0-9a-f]{64}");
        assertThat(file.size()).isPositive().isLessThanOrEqualTo(file.mostBytes());
        assertThat(set.urls(file))
            .allMatch(url -> url.toString().endsWith("/" + file.name()))
            .allMatch(url -> url.getScheme().startsWith("http"));
      }
      for (CatalogueFile file : set.unpacked()) {
        assertThat(file.name()).matches("cifar-10-batches-bin/[a-z0-9_]+\\.bin");
        assertThat(file.sha256()).matches("[0-9a-f]{64}");
        assertThat(file.contentSize()).isEqualTo(10_000 * 3073);
      }
    }
    assertThat(Catalogue.bundled().find("cifar10").unpacked())
        .extracting(file -> file.name().substring(file.name().indexOf('/') + 1))
        .containsExactlyElementsOf(CifarFiles.NAMES);
  }
}
