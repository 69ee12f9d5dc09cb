//! The samples: invented companies, bundled with the page.

/// One sample: what kind of business, what is in it, its files.
#[derive(Debug)]
pub struct Sample {
    /// The kind of business.
    pub title: &'static str,
    /// What the files hold.
    pub says: &'static str,
    /// Names and texts of the files.
    pub files: &'static [(&'static str, &'static str)],
}

/// All samples, in the order of the page.
pub static SAMPLES: [Sample; 4] = [
    Sample {
        title: "Subscription software",
        says: "214 subscriptions on three plans over two years, and the answers to two years of NPS and CSAT surveys.",
        files: &[
            (
                "subscriptions.csv",
                include_str!("../../../www/samples/subscriptions.csv"),
            ),
            (
                "nps_answers.csv",
                include_str!("../../../www/samples/nps_answers.csv"),
            ),
            (
                "csat_answers.csv",
                include_str!("../../../www/samples/csat_answers.csv"),
            ),
        ],
    },
    Sample {
        title: "Support desk",
        says: "310 tickets of one year with priorities, first replies, solving times and ratings.",
        files: &[(
            "tickets.csv",
            include_str!("../../../www/samples/tickets.csv"),
        )],
    },
    Sample {
        title: "Online shop",
        says: "420 orders of 14 months from 170 customers in four countries, some of them cancelled.",
        files: &[(
            "orders.csv",
            include_str!("../../../www/samples/orders.csv"),
        )],
    },
    Sample {
        title: "Product team",
        says: "640 product events of 70 users over five months.",
        files: &[(
            "events.csv",
            include_str!("../../../www/samples/events.csv"),
        )],
    },
];
