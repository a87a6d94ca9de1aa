package dev.waybill.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/** The part of a log line's pattern, {@code %hide(...)}, that keeps secrets out of the log. */
public final class HidingConverter extends CompositeConverter<ILoggingEvent> {

  @Override
  protected String transform(ILoggingEvent event, String line) {
    return Secrets.hide(line);
  }
}
