package io.github.sgn4j.examples.data.download;

import java.net.URI;
import java.util.List;

/**
 * A data set of the catalogue.
 *
 * @param name what users call it
 * @param folder its folder in the data folder
 * @param title its full name
 * @param description what it is, in a few words
 * @param source whose it is
 * @param licence what its authors allow
 * @param places folders on the web that have all its files, the first to be asked first
 * @param files to be downloaded
 * @param unpacked what comes in the place of the files where the set has been unpacked; may be
 *     empty
 */
public record CatalogueSet(
    String name,
    String folder,
    String title,
    String description,
    String source,
    String licence,
    List<URI> places,
    List<CatalogueFile> files,
    List<CatalogueFile> unpacked) {

  /** Takes copies; null stands for none. */
  public CatalogueSet {
    places = List.copyOf(places);
    files = List.copyOf(files);
    unpacked = unpacked == null ? List.of() : List.copyOf(unpacked);
  }

  /** Bytes to download. */
  public long size() {
    return files.stream().mapToLong(CatalogueFile::size).sum();
  }

  /** Where to ask for a file, in order. */
  List<URI> urls(CatalogueFile file) {
    return places.stream().map(place -> place.resolve(file.name())).toList();
  }
}
