//! Exports of shops and of customer databases.

use super::Export;
use crate::engine::roles::kind::Kind::{Account, Order};
use crate::engine::roles::role::Role;

pub(super) const EXPORTS: &[Export] = &[
    Export {
        name: "Shopify order export",
        kinds: &[Order],
        telling: "\
            financial status|fulfillment status|fulfilled at|accepts marketing|\
            lineitem quantity|lineitem name|lineitem price|lineitem sku|\
            lineitem compare at price|lineitem fulfillment status|\
            lineitem requires shipping|lineitem taxable|note attributes|risk level|\
            outstanding balance|lineitem discount",
        least: 3,
        others: "\
            name|email|paid at|currency|subtotal|shipping|taxes|total|discount code|\
            discount amount|shipping method|created at|billing name|billing street|\
            billing address 1|billing address 2|billing company|billing city|billing zip|\
            billing province|billing country|billing phone|shipping name|shipping street|\
            shipping address 1|shipping address 2|shipping company|shipping city|\
            shipping zip|shipping province|shipping country|shipping phone|notes|\
            cancelled at|payment method|payment reference|refunded amount|vendor|employee|\
            location|device id|id|tags|source|tax 1 name|tax 1 value|tax 2 name|tax 2 value|\
            tax 3 name|tax 3 value|tax 4 name|tax 4 value|tax 5 name|tax 5 value|phone|\
            receipt number|duties|billing province name|shipping province name|payment id|\
            payment terms name|next payment due at|payment references",
        columns: &[
            // One row a line item: the order's number repeats, its total stands in its first row.
            ("name", Some(Role::Order), None),
            ("created at", Some(Role::OrderedAt), None),
            ("paid at", None, None),
            ("total", Some(Role::Amount), None),
            ("currency", Some(Role::Currency), None),
            ("email", Some(Role::Customer), None),
            ("financial status", Some(Role::Status), None),
            ("cancelled at", Some(Role::CancelledAt), None),
            ("refunded amount", Some(Role::Refunded), None),
            ("lineitem quantity", Some(Role::Quantity), None),
            ("source", Some(Role::Channel), None),
            ("id", None, None),
            ("subtotal", None, None),
            ("lineitem price", None, None),
            ("billing company", None, None),
            ("shipping company", None, None),
            ("receipt number", None, None),
            ("payment id", None, None),
            ("fulfilled at", None, None),
            ("next payment due at", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "HubSpot deal export",
        kinds: &[Order],
        telling: "deal name|deal stage|deal owner|pipeline|deal type|associated deal ids",
        least: 2,
        others: "\
            record id|deal id|amount|close date|associated company|associated companies|\
            associated company ids|associated contact|associated contact ids|create date|\
            last activity date|amount in company currency|currency|last modified date|\
            priority|next step|forecast category|deal probability|is closed won",
        columns: &[
            ("record id", Some(Role::Order), None),
            ("deal id", Some(Role::Order), None),
            ("deal name", Some(Role::Order), None),
            ("close date", Some(Role::OrderedAt), None),
            ("amount", Some(Role::Amount), None),
            ("associated company ids", Some(Role::Customer), None),
            ("associated company", Some(Role::Customer), None),
            ("associated companies", Some(Role::Customer), None),
            ("deal stage", Some(Role::Status), None),
            ("currency", Some(Role::Currency), None),
            ("create date", None, None),
            ("last activity date", None, None),
            ("last modified date", None, None),
            ("amount in company currency", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "HubSpot company export",
        kinds: &[Account],
        telling: "record id|company name|company owner|company domain name|domain",
        least: 3,
        others: "\
            industry|create date|city|country region|state region|phone number|\
            last activity date|number of employees|annual revenue|lead status|\
            lifecycle stage|type|time zone|associated contacts|associated deals|postal code|\
            description|linked in company page|website url",
        columns: &[
            ("record id", Some(Role::Customer), None),
            ("company name", None, None),
            ("company owner", None, None),
            ("create date", None, None),
            ("last activity date", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "HubSpot contact export",
        kinds: &[Account],
        telling: "\
            record id|associated company ids|associated company|contact owner|lead status|\
            first name|last name",
        least: 3,
        others: "\
            email|phone number|create date|last activity date|marketing contact status|\
            favorite content topics|preferred channels|lifecycle stage|company name|\
            job title|mobile phone number|city|country region",
        columns: &[
            ("record id", Some(Role::Customer), None),
            ("associated company ids", None, None),
            ("associated company", None, None),
            ("create date", None, None),
            ("last activity date", None, None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
    Export {
        name: "Salesforce opportunity report",
        kinds: &[Order],
        telling: "\
            opportunity name|opportunity id|opportunity owner|opportunity record type|\
            fiscal period|probability|probability percent|lead source|stage|stage name|\
            campaign id|forecast category|is won",
        least: 2,
        others: "\
            account name|account id|amount|amount currency|amount converted|\
            amount converted currency|close date|type|age|created date|next step|owner role|\
            owner id|id|name|expected revenue|is closed|created by|last modified date|\
            currency iso code|primary campaign source",
        columns: &[
            ("opportunity id", Some(Role::Order), None),
            ("id", Some(Role::Order), None),
            ("opportunity name", Some(Role::Order), None),
            ("close date", Some(Role::OrderedAt), None),
            ("amount", Some(Role::Amount), None),
            ("amount currency", Some(Role::Currency), None),
            ("currency iso code", Some(Role::Currency), None),
            ("account id", Some(Role::Customer), None),
            ("account name", Some(Role::Customer), None),
            ("stage", Some(Role::Status), None),
            ("stage name", Some(Role::Status), None),
            ("created date", None, None),
            ("last modified date", None, None),
            ("amount converted", None, None),
            ("amount converted currency", None, None),
            ("expected revenue", None, None),
            ("lead source", Some(Role::Channel), None),
        ],
        amount_spans_stretch: false,
        adds_columns: false,
    },
];
