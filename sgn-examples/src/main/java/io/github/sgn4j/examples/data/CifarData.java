package io.github.sgn4j.examples.data;

import io.github.sgn4j.examples.IoReasons;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * CIFAR-10 in its official binary layout: five files of train images and one of test images, in the
 * folder {@value #FOLDER} of {@code cifar10} in the data folder, or in the official archive {@value
 * #ARCHIVE} there, which is read without being unpacked to disk.
 */
public final class CifarData {

  private static final String SET = "cifar10";
  private static final String FOLDER = "cifar-10-batches-bin";
  private static final String ARCHIVE = "cifar-10-binary.tar.gz";
  private static final List<String> FILES =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");

  private CifarData() {}

  /**
   * Reads both parts. The folder is taken where there are both a folder and an archive.
   *
   * @param type of their batches, FLOAT or DOUBLE
   * @throws DataException if files are missing, damaged or do not belong together
   */
  public static ImageData read(DataFolder folder, DataType type) {
    Optional<Path> files = folder.file(SET, FOLDER).filter(Files::isDirectory);
    if (files.isPresent()) {
      return readFolder(files.get(), type);
    }
    Path archive =
        folder
            .file(SET, ARCHIVE)
            .filter(Files::isRegularFile)
            .orElseThrow(
                () ->
                    new DataException(
                        String.format(
                            "CIFAR-10 is not there: neither a folder %s nor %s in %s (%s).%n"
                                + "Fetch it: %s%n"
                                + "Or put the official binary version there, unpacked or not, or"
                                + " name the folder that holds a folder %s with it: --data-dir DIR,"
                                + " or the environment variable SGN_DATA.",
                            FOLDER,
                            ARCHIVE,
                            folder.of(SET),
                            folder.origin(),
                            folder.downloadCommand(SET),
                            SET)));
    return readArchive(archive, type);
  }

  private static ImageData readFolder(Path folder, DataType type) {
    CifarRecords records = new CifarRecords();
    for (int slot = 0; slot < FILES.size(); slot++) {
      Path file = folder.resolve(FILES.get(slot));
      if (!Files.isRegularFile(file)) {
        throw new DataException(
            file
                + " is missing.\nPut CIFAR-10's six files there: "
                + String.join(", ", FILES)
                + ".");
      }
      try (InputStream in = Files.newInputStream(file)) {
        records.read(slot, file.toString(), in, Files.size(file));
      } catch (EOFException e) {
        throw new DataException(file + " is cut short.\nFetch it again.", e);
      } catch (IOException e) {
        throw new DataException("Cannot read " + file + ": " + IoReasons.of(e) + ".", e);
      }
    }
    return records.toData(type);
  }

  private static ImageData readArchive(Path archive, DataType type) {
    CifarRecords records = new CifarRecords();
    try (GzipMember gzip = GzipMember.open(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(gzip)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        // Only the last part of the name: nothing is written anywhere, and folders do not matter.
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        boolean isLink = entry.isSymbolicLink() || entry.isLink();
        int slot = entry.isFile() && !isLink ? FILES.indexOf(name) : -1;
        if (slot >= 0) {
          records.read(slot, name + " in " + archive, tar, entry.getSize());
        }
      }
      // To the end, so that a damaged rest is noticed.
      gzip.transferTo(OutputStream.nullOutputStream());
    } catch (EOFException e) {
      throw new DataException(archive + " is cut short.\nFetch it again.", e);
    } catch (ZipException e) {
      throw new DataException(
          archive + " is a damaged gzip file: " + e.getMessage() + ".\nFetch it again.", e);
    } catch (IOException e) {
      throw new DataException(
          "Cannot read " + archive + ": " + IoReasons.of(e) + ".\nFetch it again.", e);
    }
    for (int slot = 0; slot < FILES.size(); slot++) {
      if (!records.has(slot)) {
        throw new DataException(
            archive + " holds no " + FILES.get(slot) + ".\nPut the official archive there.");
      }
    }
    return records.toData(type);
  }
}
