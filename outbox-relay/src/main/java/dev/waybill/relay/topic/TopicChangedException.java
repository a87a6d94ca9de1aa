package dev.waybill.relay.topic;

/**
 * A topic is not any more what it was when events were published to it. The lane stays before its
 * next page: in another partition, or beside a cursor that is of another topic, it would be wrong.
 */
public final class TopicChangedException extends RuntimeException {
  public TopicChangedException(String message) {
    super(message);
  }
}
