package dev.waybill.consumer.http;

import java.util.List;

/** What became of some events, as it is shown; those of which nothing is known are left out. */
record EventsJson(List<EventJson> events) {}
