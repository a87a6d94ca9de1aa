package dev.waybill.relay.topic;

/**
 * The relay's topics as they were found when it started, and what those have to be like without
 * which it publishes nothing.
 */
public record RelayTopics(
    RelayTopic events,
    TopicRules eventRules,
    RelayTopic cursors,
    TopicRules cursorRules,
    RelayTopic deadLetters) {}
