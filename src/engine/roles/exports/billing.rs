//! Exports of billing systems and of tools that look at revenue.

use super::Export;
use crate::engine::options::ColumnUnit::MinorUnits;
use crate::engine::roles::kind::Kind::{Account, Order, Subscription};
use crate::engine::roles::role::Role;

pub(super) const EXPORTS: &[Export] = &[
    Export {
        name: "Stripe payments export",
        kinds: &[Order],
        telling: "\
            seller message|amount refunded|converted amount|converted amount refunded|\
            converted currency|statement descriptor|card brand|card funding|\
            card fingerprint|payment source type|interchange costs|card issue country|\
            captured|dispute status|disputed amount",
        least: 3,
        others: "\
            id|description|created|amount|currency|fee|tax|mode|status|customer id|\
            customer description|customer email|card id|card last 4|card exp month|\
            card exp year|card name|card address line 1|card address line 2|\
            card address city|card address state|card address country|card address zip|\
            card cvc status|card avs zip status|card avs line 1 status|\
            card tokenization method|dispute reason|dispute date|dispute evidence due|\
            invoice id|destination|transfer|taxes on fee|invoice number|checkout session id|\
            payment link id|checkout line item summary|transfer group|decline reason|\
            refunded date|created date|user email",
        columns: &[
            ("id", Some(Role::Order), None),
            ("created", Some(Role::OrderedAt), None),
            ("created date", Some(Role::OrderedAt), None),
            ("amount", Some(Role::Amount), None),
            ("amount refunded", Some(Role::Refunded), None),
            ("currency", Some(Role::Currency), None),
            ("customer id", Some(Role::Customer), None),
            ("customer email", Some(Role::Customer), None),
            ("status", Some(Role::Status), None),
            ("converted amount", None, None),
            ("converted amount refunded", None, None),
            ("converted currency", None, None),
            ("disputed amount", None, None),
            ("invoice id", None, None),
            ("invoice number", None, None),
            ("fee", None, None),
            ("tax", None, None),
            ("refunded date", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "Stripe subscriptions export",
        kinds: &[Subscription],
        telling: "\
            canceled at|ended at|current period start|current period end|trial start|\
            trial end|cancellation reason|start date|customer description|\
            cancel at period end|collection method",
        least: 4,
        others: "\
            id|customer id|customer name|customer email|plan|product|quantity|currency|\
            interval|amount|status|created|start|cancellation feedback|cancellation comment|\
            billing cycle anchor|days until due|discount|coupon|tax percent|\
            application fee percent|metadata",
        columns: &[
            ("id", Some(Role::Subscription), None),
            ("customer id", Some(Role::Customer), None),
            ("customer email", Some(Role::Customer), None),
            ("start date", Some(Role::StartedAt), None),
            ("start", Some(Role::StartedAt), None),
            ("created", Some(Role::StartedAt), None),
            // When it was asked for is not when it ends; it stands in only where nothing else says.
            ("ended at", Some(Role::EndedAt), None),
            ("amount", Some(Role::Amount), None),
            ("interval", Some(Role::Interval), None),
            ("quantity", Some(Role::Quantity), None),
            ("plan", Some(Role::Plan), None),
            ("product", Some(Role::Plan), None),
            ("currency", Some(Role::Currency), None),
            ("status", Some(Role::Status), None),
            ("trial end", Some(Role::TrialEndsAt), None),
            ("discount", Some(Role::Discount), None),
            ("cancellation reason", Some(Role::CancellationReason), None),
            ("current period start", None, None),
            ("current period end", None, None),
            ("billing cycle anchor", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "ChartMogul customer table",
        kinds: &[Account],
        telling: "lead created at|free trial started at|external id",
        least: 2,
        others: "\
            name|email|company|country|state|city|zip|customer id|owner|customer since|mrr|\
            arr|status|attributes|tags|primary contact",
        columns: &[
            ("external id", Some(Role::Customer), None),
            ("customer id", Some(Role::Customer), None),
            ("free trial started at", Some(Role::TrialStartedAt), None),
            ("customer since", Some(Role::StartedAt), None),
            ("mrr", Some(Role::RecurringRevenue), None),
            ("lead created at", None, None),
            ("company", None, None),
            ("status", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "ChartMogul table of invoice lines",
        kinds: &[Subscription],
        telling: "\
            invoice external id|subscription external id|subscription set external id|\
            amount in cents|service period start|service period end|proration|\
            transaction fee|account code|transaction fees currency|balance transfer|\
            discount description",
        least: 4,
        others: "\
            external id|customer external id|type|plan|quantity|discount code|\
            discount amount|tax amount|description|currency|plan external id|\
            transaction fees|event order",
        columns: &[
            ("customer external id", Some(Role::Customer), None),
            ("external id", Some(Role::Customer), None),
            ("subscription external id", Some(Role::Subscription), None),
            ("service period start", Some(Role::StartedAt), None),
            ("service period end", Some(Role::EndedAt), None),
            ("amount in cents", Some(Role::Amount), Some(MinorUnits)),
            ("plan", Some(Role::Plan), None),
            ("plan external id", Some(Role::Plan), None),
            ("currency", Some(Role::Currency), None),
            ("discount amount", Some(Role::Discount), Some(MinorUnits)),
            ("tax amount", Some(Role::Tax), Some(MinorUnits)),
            // The amount of a line holds all of it already.
            ("quantity", None, None),
            ("invoice external id", None, None),
            ("account code", None, None),
            ("transaction fees currency", None, None),
            ("type", None, None),
        ],
        amount_spans_stretch: true,
        adds_columns: false,
    },
    Export {
        name: "Baremetrics subscription table",
        kinds: &[Subscription],
        telling: "\
            plan oid|plan amount|plan interval|plan interval count|customer oid|\
            subscription oid|subscription started at|subscription canceled at|\
            subscription quantity|plan currency",
        least: 4,
        others: "\
            plan name|customer name|customer email|plan trial duration|\
            plan trial duration unit|subscription discount|subscription addons",
        columns: &[
            ("customer oid", Some(Role::Customer), None),
            ("subscription oid", Some(Role::Subscription), None),
            ("subscription started at", Some(Role::StartedAt), None),
            ("subscription canceled at", Some(Role::EndedAt), None),
            ("plan amount", Some(Role::Amount), Some(MinorUnits)),
            ("plan interval", Some(Role::Interval), None),
            ("plan interval count", Some(Role::IntervalCount), None),
            ("subscription quantity", Some(Role::Quantity), None),
            ("plan currency", Some(Role::Currency), None),
            ("plan name", Some(Role::Plan), None),
            ("plan oid", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "Lago invoice export",
        kinds: &[Order],
        telling: "\
            lago id|sequential id|partner billing|customer lago id|customer external id|\
            customer legal name|issuing date",
        least: 3,
        others: "\
            customer name|customer email|customer country|\
            customer tax identification number|invoice number|number|invoice type|\
            payment status|status|file url|currency|fees amount cents|coupons amount cents|\
            taxes amount cents|credit notes amount cents|prepaid credit amount cents|\
            total amount cents|payment due date|payment dispute lost at|payment overdue|\
            billing entity code|progressive billing credit amount cents|total amount|\
            total due amount cents",
        columns: &[
            ("lago id", Some(Role::Order), None),
            ("issuing date", Some(Role::OrderedAt), None),
            ("total amount cents", Some(Role::Amount), Some(MinorUnits)),
            ("total amount", Some(Role::Amount), None),
            ("customer external id", Some(Role::Customer), None),
            ("customer lago id", Some(Role::Customer), None),
            ("currency", Some(Role::Currency), None),
            ("payment status", Some(Role::Status), None),
            ("status", Some(Role::Status), None),
            ("payment due date", None, None),
            ("sequential id", None, None),
            ("invoice number", None, None),
            ("number", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "table of the dbt playbook for recurring revenue",
        kinds: &[Subscription],
        telling: "subscription id|customer id|start date|end date|monthly amount",
        least: 5,
        others: "plan|status",
        columns: &[
            ("subscription id", Some(Role::Subscription), None),
            ("customer id", Some(Role::Customer), None),
            ("start date", Some(Role::StartedAt), None),
            ("end date", Some(Role::EndedAt), None),
            ("monthly amount", Some(Role::Amount), None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
];
