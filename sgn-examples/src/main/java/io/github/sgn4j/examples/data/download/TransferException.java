package io.github.sgn4j.examples.data.download;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** A place did not deliver. The message is a few words, to follow the place's name. */
final class TransferException extends IOException {

  private static final long serialVersionUID = 1L;

  TransferException(String message) {
    super(message);
  }

  private TransferException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The client's exceptions in words; its own messages are often empty. */
  static TransferException of(Exception e) {
    if (e instanceof TransferException known) {
      return known;
    }
    if (e instanceof HttpConnectTimeoutException) {
      return new TransferException("no connection in time", e);
    }
    if (e instanceof HttpTimeoutException) {
      return new TransferException("no answer in time", e);
    }
    if (e instanceof ConnectException) {
      return new TransferException(
          isUnknownHost(e) ? "its address is unknown" : "no connection", e);
    }
    if (e instanceof SSLException) {
      return new TransferException("no secure connection (" + e.getMessage() + ")", e);
    }
    if (e instanceof IOException) {
      return new TransferException("the connection broke off", e);
    }
    return new TransferException("it answers something unreadable", e);
  }

  private static boolean isUnknownHost(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
