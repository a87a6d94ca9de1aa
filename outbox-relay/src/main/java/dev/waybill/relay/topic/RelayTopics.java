package dev.waybill.relay.topic;

/** The relay's two topics as they were found when it started, and what each has to be like. */
public record RelayTopics(
    RelayTopic events, TopicRules eventRules, RelayTopic cursors, TopicRules cursorRules) {}
