//! Exports of survey tools.

use super::Export;
use crate::engine::roles::kind::Kind::Survey;
use crate::engine::roles::role::Role;

pub(super) const EXPORTS: &[Export] = &[
    Export {
        name: "SurveyMonkey export",
        kinds: &[Survey],
        telling: "respondent id|collector id|custom data 1",
        least: 2,
        others: "\
            start date|end date|ip address|email address|first name|last name|date created|\
            date modified",
        columns: &[
            ("respondent id", Some(Role::Respondent), None),
            ("end date", Some(Role::RespondedAt), None),
            ("date modified", Some(Role::RespondedAt), None),
            ("start date", Some(Role::RespondedAt), None),
            ("collector id", None, None),
            ("date created", None, None),
            ("email address", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: true,
    },
    Export {
        name: "Typeform export",
        kinds: &[Survey],
        telling: "#|submit date|network id",
        least: 2,
        others: "start date",
        columns: &[
            ("#", Some(Role::Respondent), None),
            ("submit date", Some(Role::RespondedAt), None),
            ("start date", None, None),
            ("network id", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: true,
    },
    Export {
        name: "Delighted response export",
        kinds: &[Survey],
        telling: "survey type|permalink|person properties|additional answers|person id|person",
        least: 2,
        others: "id|score|comment|created at|updated at|notes|tags|name|email",
        columns: &[
            ("score", Some(Role::Score), None),
            ("created at", Some(Role::RespondedAt), None),
            ("person", Some(Role::Respondent), None),
            ("person id", Some(Role::Respondent), None),
            ("email", Some(Role::Respondent), None),
            ("id", None, None),
            ("survey type", Some(Role::Question), None),
            ("comment", Some(Role::Comment), None),
            ("updated at", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "Qualtrics response export",
        kinds: &[Survey],
        telling: "\
            recorded date|response id|distribution channel|user language|\
            duration in seconds|recipient last name|recipient first name|external reference|\
            location latitude|location longitude|external data reference",
        least: 3,
        others: "\
            start date|end date|status|ip address|progress|finished|recipient email|\
            response type",
        columns: &[
            ("response id", Some(Role::Respondent), None),
            ("recorded date", Some(Role::RespondedAt), None),
            ("end date", Some(Role::RespondedAt), None),
            ("start date", None, None),
            ("progress", None, None),
            ("duration in seconds", None, None),
            ("finished", None, None),
            ("recipient email", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: true,
    },
    Export {
        name: "Medallia Agent Connect export",
        kinds: &[Survey],
        telling: "request sent at|request delivery status|response received at|star rating",
        least: 2,
        others: "\
            request id|comments|agent id|agent name|agent email|team|customer id|\
            customer name|customer email|customer language|reference id|external id|channel|\
            tags|reasons|question|answer",
        columns: &[
            ("star rating", Some(Role::Score), None),
            ("response received at", Some(Role::RespondedAt), None),
            ("request sent at", Some(Role::SentAt), None),
            ("request id", Some(Role::Respondent), None),
            ("customer id", Some(Role::Customer), None),
            ("comments", Some(Role::Comment), None),
            ("question", None, None),
            ("answer", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
];
