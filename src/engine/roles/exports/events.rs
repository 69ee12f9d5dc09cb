//! Exports of tools that watch how a product is used.

use super::Export;
use crate::engine::roles::kind::Kind::Event;
use crate::engine::roles::role::Role;

pub(super) const EXPORTS: &[Export] = &[
    Export {
        name: "GA4 event export",
        kinds: &[Event],
        telling: "\
            event timestamp|event params|event previous timestamp|event value in usd|\
            event bundle sequence id|event server timestamp offset|user pseudo id|\
            user first touch timestamp|stream id|batch event index|batch page id|\
            batch ordering id|is active user|privacy info|user ltv|collected traffic source",
        least: 3,
        others: "\
            event date|event name|user id|user properties|device|geo|app info|\
            traffic source|session traffic source last click|platform|event dimensions|\
            ecommerce|items",
        columns: &[
            ("event timestamp", Some(Role::OccurredAt), None),
            ("event date", Some(Role::OccurredAt), None),
            ("user pseudo id", Some(Role::User), None),
            ("user id", Some(Role::User), None),
            ("event name", Some(Role::Event), None),
            ("event previous timestamp", None, None),
            ("user first touch timestamp", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "Amplitude event export",
        kinds: &[Event],
        telling: "\
            amplitude id|amplitude event type|amplitude attribution ids|client event time|\
            client upload time|server received time|server upload time|processed time|\
            is attribution event|insert id|start version",
        least: 3,
        others: "\
            event time|event type|event id|user id|device id|uuid|session id|platform|os name|\
            os version|device family|device type|device carrier|country|region|city|dma|\
            language|library|version name|ip address|paying|app|schema|data|groups|\
            group properties|event properties|user properties|location lat|location lng|\
            user creation time",
        columns: &[
            // Counted as Amplitude counts: one id a person, known by name or not.
            ("amplitude id", Some(Role::User), None),
            ("user id", Some(Role::User), None),
            ("event time", Some(Role::OccurredAt), None),
            ("client event time", Some(Role::OccurredAt), None),
            ("event type", Some(Role::Event), None),
            ("device id", None, None),
            ("amplitude event type", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: true,
    },
    Export {
        name: "PostHog event export",
        kinds: &[Event],
        telling: "\
            person id|elements chain|elements hash|team id|person properties|\
            person created at|person mode|bq ingested timestamp|inserted at",
        least: 2,
        others: "\
            uuid|event|properties|elements|distinct id|timestamp|created at|set|set once|ip|\
            site url",
        columns: &[
            ("person id", Some(Role::User), None),
            ("distinct id", Some(Role::User), None),
            ("timestamp", Some(Role::OccurredAt), None),
            ("event", Some(Role::Event), None),
            ("created at", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: true,
    },
    Export {
        name: "Mixpanel event export",
        kinds: &[Event],
        telling: "\
            distinct id|insert id|mp processing time ms|properties distinct id|\
            properties insert id|properties time|properties mp processing time ms|mp lib|\
            mp country code|had persisted distinct id",
        least: 2,
        others: "\
            event|event name|name|event id|time|device id|user id|properties|\
            properties city|properties region|properties os|properties browser|\
            properties current url|properties screen height|properties screen width|\
            properties lib version|properties user id|properties device id|city|region|os|\
            browser|current url|screen height|screen width",
        columns: &[
            ("distinct id", Some(Role::User), None),
            ("properties distinct id", Some(Role::User), None),
            ("time", Some(Role::OccurredAt), None),
            ("properties time", Some(Role::OccurredAt), None),
            ("event name", Some(Role::Event), None),
            ("event", Some(Role::Event), None),
            ("name", Some(Role::Event), None),
            ("event id", None, None),
            ("mp processing time ms", None, None),
            ("properties mp processing time ms", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: true,
    },
];
