package dev.waybill.runtime;

import java.util.List;

/**
 * A start was refused: the message names every wrong setting, one a line, without secrets. Nothing
 * was started.
 */
public final class BadSettingsException extends RuntimeException {
  public BadSettingsException(List<String> errors) {
    super(Secrets.hide("refusing to start, wrong settings:\n  " + String.join("\n  ", errors)));
  }
}
