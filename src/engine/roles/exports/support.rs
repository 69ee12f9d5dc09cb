//! Exports of support desks.

use super::Export;
use crate::engine::options::ColumnUnit::{Hours, Minutes, Seconds};
use crate::engine::roles::kind::Kind::{Survey, Ticket};
use crate::engine::roles::role::Role;

pub(super) const EXPORTS: &[Export] = &[
    Export {
        name: "Zendesk ticket export",
        kinds: &[Ticket, Survey],
        telling: "\
            summation column|requester external id|requester domain|initially assigned at|\
            group stations|assignee stations|first reply time in minutes|\
            first reply time in minutes within business hours|\
            first resolution time in minutes|\
            first resolution time in minutes within business hours|\
            full resolution time in minutes|\
            full resolution time in minutes within business hours|\
            agent wait time in minutes|agent wait time in minutes within business hours|\
            requester wait time in minutes|\
            requester wait time in minutes within business hours|on hold time in minutes|\
            on hold time in minutes within business hours",
        least: 2,
        others: "\
            id|requester|requester id|requester email|submitter|assignee|group|subject|tags|\
            status|priority|via|ticket type|created at|updated at|assigned at|organization|\
            due date|solved at|resolution time|satisfaction score|reopens|replies",
        columns: &[
            ("id", Some(Role::Ticket), None),
            ("created at", Some(Role::CreatedAt), None),
            (
                "first reply time in minutes",
                Some(Role::FirstResponseMinutes),
                Some(Minutes),
            ),
            ("solved at", Some(Role::ResolvedAt), None),
            (
                "full resolution time in minutes",
                Some(Role::ResolutionMinutes),
                Some(Minutes),
            ),
            (
                "first resolution time in minutes",
                Some(Role::FirstResolutionMinutes),
                Some(Minutes),
            ),
            // The only one of its times that is in hours, and rounded to whole ones.
            (
                "resolution time",
                Some(Role::ResolutionMinutes),
                Some(Hours),
            ),
            ("status", Some(Role::Status), None),
            ("priority", Some(Role::Priority), None),
            ("via", Some(Role::Channel), None),
            ("organization", Some(Role::Customer), None),
            ("requester domain", Some(Role::Customer), None),
            ("requester email", Some(Role::Customer), None),
            ("requester id", Some(Role::Customer), None),
            ("reopens", Some(Role::Reopens), None),
            ("satisfaction score", Some(Role::Satisfaction), None),
            ("due date", None, None),
            ("updated at", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "Freshdesk ticket export",
        kinds: &[Ticket, Survey],
        telling: "\
            due by time|initial response time|resolved time|closed time|last update time|\
            time tracked|agent interactions|customer interactions|every response status|\
            association type|first response time in hrs|resolution time in hrs|\
            survey results|created time",
        least: 3,
        others: "\
            ticket id|subject|description|status|priority|source|type|agent|group|\
            resolution status|first response status|tags|product|full name|title|email|\
            contact id|company name|first response time in hrs 1|resolution time in hrs 1|\
            survey result|department|requester email|last updated time",
        columns: FRESH,
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "Freshservice ticket export",
        kinds: &[Ticket, Survey],
        telling: "\
            last updated time|survey result|requester vip|requester location|\
            planned start date|planned end date|planned effort|resolved time|closed time|\
            first response time in hrs|resolution time in hrs|created time",
        least: 3,
        others: "\
            ticket id|subject|description|status|priority|source|type|requester name|\
            requester email|agent|group|category|sub category|item category|department|\
            impact|urgency|due by time|initial response time|resolution status|\
            first response status|tags|workspace|association type|resolution note|\
            first response time in hrs 1|resolution time in hrs 1|survey results|\
            company name|contact id|email|last update time",
        columns: FRESH,
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "Intercom conversation export",
        kinds: &[Ticket, Survey],
        telling: "\
            first contact reply at|first assignment at|first admin reply at|first close at|\
            last assignment at|last assignment admin reply at|last contact reply at|\
            last admin reply at|last close at|time to assignment|time to admin reply|\
            time to first close|time to last close|median time to reply|count reopens|\
            count assignments|count conversation parts",
        least: 3,
        others: "\
            id|conversation id|created at|updated at|state|open|read|priority|title|\
            source type|source delivered as|channel|admin assignee id|team assignee id|\
            assignee id|contact id|contact email|company id|company|company name|\
            conversation rating|conversation rating remark|rating|remark|tags|waiting since|\
            snoozed until|sla name|sla status",
        columns: &[
            ("conversation id", Some(Role::Ticket), None),
            ("id", Some(Role::Ticket), None),
            // Its first response counts from the first message of the customer.
            ("first contact reply at", Some(Role::CreatedAt), None),
            ("created at", Some(Role::CreatedAt), None),
            ("first admin reply at", Some(Role::FirstResponseAt), None),
            (
                "time to admin reply",
                Some(Role::FirstResponseMinutes),
                Some(Seconds),
            ),
            ("last close at", Some(Role::ResolvedAt), None),
            ("first close at", Some(Role::FirstResolvedAt), None),
            (
                "time to last close",
                Some(Role::ResolutionMinutes),
                Some(Seconds),
            ),
            (
                "time to first close",
                Some(Role::FirstResolutionMinutes),
                Some(Seconds),
            ),
            ("state", Some(Role::Status), None),
            ("priority", Some(Role::Priority), None),
            ("channel", Some(Role::Channel), None),
            ("source type", Some(Role::Channel), None),
            ("company id", Some(Role::Customer), None),
            ("company", Some(Role::Customer), None),
            ("company name", Some(Role::Customer), None),
            ("contact id", Some(Role::Customer), None),
            ("contact email", Some(Role::Customer), None),
            ("count reopens", Some(Role::Reopens), None),
            ("sla status", Some(Role::SlaMet), None),
            ("conversation rating", Some(Role::Satisfaction), None),
            ("rating", Some(Role::Satisfaction), None),
            ("conversation rating remark", Some(Role::Comment), None),
            ("remark", Some(Role::Comment), None),
            ("updated at", None, None),
            ("median time to reply", None, None),
            ("time to assignment", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    // Help Scout documents the fields of its conversation lists and ratings, not of its files, and
    // in which unit times are only where the name says it.
    Export {
        name: "Help Scout conversation export",
        kinds: &[Ticket, Survey],
        telling: "\
            first response time|first response time seconds|resolve time|resolve time seconds|\
            handle time|replies sent|replies to resolve|mailbox|mailbox id|mailboxid|\
            customer ids|thread count|threadid|rating id|rating comments|assigned name|\
            assignedid",
        least: 4,
        others: "\
            id|number|conversation id|type|subject|status|preview|tags|attachments|\
            customer name|customer email|assigned to|created at|modified at|closed at|\
            response time|response time seconds|resolution time seconds|resolved|rating",
        columns: &[
            ("conversation id", Some(Role::Ticket), None),
            ("number", Some(Role::Ticket), None),
            ("id", Some(Role::Ticket), None),
            ("created at", Some(Role::CreatedAt), None),
            ("closed at", Some(Role::ResolvedAt), None),
            (
                "first response time",
                Some(Role::FirstResponseMinutes),
                None,
            ),
            (
                "first response time seconds",
                Some(Role::FirstResponseMinutes),
                Some(Seconds),
            ),
            ("resolve time", Some(Role::ResolutionMinutes), None),
            (
                "resolve time seconds",
                Some(Role::ResolutionMinutes),
                Some(Seconds),
            ),
            ("status", Some(Role::Status), None),
            ("type", Some(Role::Channel), None),
            ("customer email", Some(Role::Customer), None),
            ("rating", Some(Role::Satisfaction), None),
            ("rating comments", Some(Role::Comment), None),
            // Every later reply too, and the time that agents spent writing.
            ("response time", None, None),
            ("handle time", None, None),
            ("modified at", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "HubSpot ticket export",
        kinds: &[Ticket],
        telling: "\
            ticket name|ticket owner|ticket status|ticket description|\
            first agent email response date|first agent response date|\
            time to first agent email reply hh mm ss|time to first agent reply hh mm ss|\
            time to close hh mm ss|time to first response sla status|\
            time to close sla status",
        least: 3,
        others: "\
            ticket id|record id|pipeline|create date|close date|priority|source|category|\
            associated company|associated contact|last modified date|last activity date|\
            last contacted date|resolution",
        columns: &[
            ("ticket id", Some(Role::Ticket), None),
            ("record id", Some(Role::Ticket), None),
            ("create date", Some(Role::CreatedAt), None),
            (
                "first agent email response date",
                Some(Role::FirstResponseAt),
                None,
            ),
            (
                "first agent response date",
                Some(Role::FirstResponseAt),
                None,
            ),
            (
                "time to first agent email reply hh mm ss",
                Some(Role::FirstResponseMinutes),
                None,
            ),
            (
                "time to first agent reply hh mm ss",
                Some(Role::FirstResponseMinutes),
                None,
            ),
            ("close date", Some(Role::ResolvedAt), None),
            (
                "time to close hh mm ss",
                Some(Role::ResolutionMinutes),
                None,
            ),
            ("ticket status", Some(Role::Status), None),
            ("priority", Some(Role::Priority), None),
            ("source", Some(Role::Channel), None),
            ("associated company", Some(Role::Customer), None),
            (
                "time to first response sla status",
                Some(Role::SlaMet),
                None,
            ),
            ("time to close sla status", Some(Role::SlaMet), None),
            ("last modified date", None, None),
            ("last activity date", None, None),
            ("last contacted date", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    // What its service-level columns hold is what was left of a promise, which is no time that
    // something took.
    Export {
        name: "Jira issue export",
        kinds: &[Ticket],
        telling: "\
            issue key|issue id|issue type|project key|project type|project lead|last viewed|\
            status category|custom field request type|custom field organizations|\
            custom field time to resolution|custom field time to first response",
        least: 4,
        others: "\
            summary|status|priority|resolution|assignee|reporter|creator|created|updated|\
            resolved|due date|labels|environment|description|votes|project name",
        columns: &[
            ("issue key", Some(Role::Ticket), None),
            ("created", Some(Role::CreatedAt), None),
            ("resolved", Some(Role::ResolvedAt), None),
            ("status", Some(Role::Status), None),
            ("priority", Some(Role::Priority), None),
            ("custom field organizations", Some(Role::Customer), None),
            ("resolution", None, None),
            ("custom field time to resolution", None, None),
            ("custom field time to first response", None, None),
            ("updated", None, None),
            ("last viewed", None, None),
            ("due date", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: true,
    },
    Export {
        name: "Intercom message export",
        kinds: &[Ticket],
        telling: "\
            conversation first response at|conversation closed at|conversation created at|\
            conversation state|message author type|message author companies|\
            conversation tags|message created at",
        least: 3,
        others: "\
            message id|message body|message type|message author id|message author user id|\
            message author name|message author email|conversation id|app id|app name",
        columns: &[
            ("conversation id", Some(Role::Ticket), None),
            ("conversation created at", Some(Role::CreatedAt), None),
            (
                "conversation first response at",
                Some(Role::FirstResponseAt),
                None,
            ),
            ("conversation closed at", Some(Role::ResolvedAt), None),
            ("conversation state", Some(Role::Status), None),
            ("message author companies", Some(Role::Customer), None),
            ("message created at", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
];

/// Freshdesk and Freshservice call what matters here alike.
const FRESH: &[(
    &str,
    Option<Role>,
    Option<crate::engine::options::ColumnUnit>,
)] = &[
    ("ticket id", Some(Role::Ticket), None),
    ("created time", Some(Role::CreatedAt), None),
    ("initial response time", Some(Role::FirstResponseAt), None),
    (
        "first response time in hrs",
        Some(Role::FirstResponseMinutes),
        Some(Hours),
    ),
    (
        "first response time in hrs 1",
        Some(Role::FirstResponseMinutes),
        Some(Hours),
    ),
    ("resolved time", Some(Role::ResolvedAt), None),
    ("closed time", Some(Role::ResolvedAt), None),
    (
        "resolution time in hrs",
        Some(Role::ResolutionMinutes),
        Some(Hours),
    ),
    (
        "resolution time in hrs 1",
        Some(Role::ResolutionMinutes),
        Some(Hours),
    ),
    ("status", Some(Role::Status), None),
    ("priority", Some(Role::Priority), None),
    ("source", Some(Role::Channel), None),
    ("resolution status", Some(Role::SlaMet), None),
    ("first response status", Some(Role::SlaMet), None),
    ("survey results", Some(Role::Satisfaction), None),
    ("survey result", Some(Role::Satisfaction), None),
    ("company name", Some(Role::Customer), None),
    ("department", Some(Role::Customer), None),
    ("contact id", Some(Role::Customer), None),
    ("email", Some(Role::Customer), None),
    ("requester email", Some(Role::Customer), None),
    ("due by time", None, None),
    ("last update time", None, None),
    ("last updated time", None, None),
];
