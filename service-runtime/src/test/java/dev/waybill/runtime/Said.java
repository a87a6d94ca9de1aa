package dev.waybill.runtime;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class writes to the log. */
final class Said {
  private Said() {}

  static List<ILoggingEvent> by(Class<?> type, Runnable doing) {
    Logger logger = (Logger) LoggerFactory.getLogger(type);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.addAppender(appender);
    try {
      doing.run();
      return appender.list;
    } finally {
      logger.detachAppender(appender);
    }
  }
}
