package io.github.sgn4j.examples.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The images of CIFAR-10's six files as they are read, in any order: files 0 to 4 hold train images
 * and file 5 test images. A record is a class and 3 planes of 32 x 32 pixels, red, green and blue.
 *
 * <p>All files must hold equally many records, as the official ones do (10,000 each): one that was
 * cut between two records is found out by that.
 */
final class CifarRecords {

  private static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final int PIXELS = SIDE * SIDE * CHANNELS;
  private static final int RECORD = 1 + PIXELS;
  private static final int CLASSES = 10;
  private static final int TRAIN_FILES = 5;

  /** What an official file holds; a damaged size cannot make us allocate more. */
  private static final int MOST_RECORDS = 10_000;

  private final boolean[] read = new boolean[TRAIN_FILES + 1];
  private String first;
  private int count;
  private byte[] trainPixels;
  private byte[] trainClasses;
  private byte[] testPixels;
  private byte[] testClasses;

  /** Whether that file has been read. */
  boolean has(int slot) {
    return read[slot];
  }

  /**
   * Reads a file.
   *
   * @param slot its number
   * @param name for messages
   * @param in its content
   * @param size its bytes
   * @throws DataException if it is not what it should be
   * @throws EOFException if it ends too early
   */
  void read(int slot, String name, InputStream in, long size) throws IOException {
    if (read[slot]) {
      throw new DataException(name + " is there twice.\nPut the official archive there.");
    }
    int records = count(name, size);
    if (first == null) {
      first = name;
      count = records;
      trainPixels = new byte[TRAIN_FILES * count * PIXELS];
      trainClasses = new byte[TRAIN_FILES * count];
      testPixels = new byte[count * PIXELS];
      testClasses = new byte[count];
    } else if (records != count) {
      throw new DataException(
          String.format(
              "%s holds %d images, but %s holds %d; all six files hold equally many.%n"
                  + "Fetch them again.",
              name, records, first, count));
    }
    boolean test = slot == TRAIN_FILES;
    int offset = test ? 0 : slot * count;
    byte[] pixels = test ? testPixels : trainPixels;
    byte[] classes = test ? testClasses : trainClasses;
    byte[] record = new byte[RECORD];
    for (int i = 0; i < count; i++) {
      if (in.readNBytes(record, 0, RECORD) < RECORD) {
        throw new EOFException();
      }
      int label = record[0] & 0xff;
      if (label >= CLASSES) {
        throw new DataException(
            String.format(
                "%s: the class of image %d is %d; CIFAR-10's go from 0 to %d.%n"
                    + "Put an undamaged file there.",
                name, i + 1, label, CLASSES - 1));
      }
      classes[offset + i] = record[0];
      System.arraycopy(record, 1, pixels, (offset + i) * PIXELS, PIXELS);
    }
    if (in.read() >= 0) {
      throw new DataException(name + " is longer than announced.\nFetch it again.");
    }
    read[slot] = true;
  }

  private static int count(String name, long size) {
    if (size == 0 || size % RECORD != 0) {
      throw new DataException(
          String.format(
              "%s has %d bytes, which are not records of %d as CIFAR-10's binary version has"
                  + " them.%nIt is cut short or something else: fetch it again.",
              name, size, RECORD));
    }
    long records = size / RECORD;
    if (records > MOST_RECORDS) {
      throw new DataException(
          String.format(
              "%s holds %d images; CIFAR-10's files hold %d.%nPut the right file there.",
              name, records, MOST_RECORDS));
    }
    return (int) records;
  }

  /** The data set, once all files have been read. */
  ImageData toData(DataType type) {
    return new ImageData(
        CLASSES,
        new ImageSet(SIDE, SIDE, CHANNELS, trainPixels, trainClasses),
        new ImageSet(SIDE, SIDE, CHANNELS, testPixels, testClasses),
        type);
  }
}
