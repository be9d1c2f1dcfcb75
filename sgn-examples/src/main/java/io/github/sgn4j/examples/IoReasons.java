package io.github.sgn4j.examples;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words why the file system refused; Java's own messages are often just the path. */
public final class IoReasons {

  private IoReasons() {}

  /** A few words without a full stop, to follow a colon. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return "a file of that name is in the way";
    }
    if (e instanceof JsonProcessingException json) {
      // Jackson's own messages name our classes, over several lines.
      JsonLocation where = json.getLocation();
      return "it is not the JSON it should be"
          + (where == null ? "" : ", line " + where.getLineNr());
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
