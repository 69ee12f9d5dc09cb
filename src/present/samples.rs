//! The samples: invented companies, bundled with the page, one for every type of business.

/// One sample: what kind of business, what is in it, its files.
#[derive(Debug)]
pub struct Sample {
    /// The kind of business.
    pub title: &'static str,
    /// The id of its business type; absent where the data fit any type.
    pub business_type: Option<&'static str>,
    /// What the files hold.
    pub says: &'static str,
    /// Names and texts of the files.
    pub files: &'static [(&'static str, &'static str)],
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../www/samples/", $name)))),+]
    };
}

/// All samples, in the order of the page.
pub static SAMPLES: [Sample; 9] = [
    Sample {
        title: "Subscription software",
        business_type: Some("subscription"),
        says: "214 subscriptions on three plans over two years, and the answers to two years of NPS and CSAT surveys, many with a comment.",
        files: files!["subscriptions.csv", "nps_answers.csv", "csat_answers.csv"],
    },
    Sample {
        title: "Support desk",
        business_type: None,
        says: "310 tickets of one year with priorities, first replies, solving times and ratings.",
        files: files!["tickets.csv"],
    },
    Sample {
        title: "Online shop",
        business_type: Some("ecommerce"),
        says: "420 orders of 14 months from 170 customers, some of them cancelled; visits, carts and purchases by month; 150 ratings.",
        files: files!["orders.csv", "shop_funnel.csv", "shop_reviews.csv"],
    },
    Sample {
        title: "Supplier to companies",
        business_type: Some("b2b"),
        says: "96 customers, two years of renewals, what marketing and sales cost, and a survey with comments.",
        files: files![
            "customers.csv",
            "renewals.csv",
            "spending.csv",
            "relationship_survey.csv",
        ],
    },
    Sample {
        title: "Agency",
        business_type: Some("services"),
        says: "64 projects with plan, end, budget and cost, and 160 answers on how satisfied clients are.",
        files: files!["projects.csv", "project_feedback.csv"],
    },
    Sample {
        title: "Two shops in town",
        business_type: Some("retail"),
        says: "Half a year of visitors by day, 320 receipts, and a year of stock by month.",
        files: files!["visitors.csv", "receipts.csv", "stock.csv"],
    },
    Sample {
        title: "Marketplace for jobs",
        business_type: Some("marketplace"),
        says: "360 jobs of one year: completed, cancelled or not shown up for, with complaints and ratings.",
        files: files!["jobs.csv"],
    },
    Sample {
        title: "Factory",
        business_type: Some("manufacturing"),
        says: "300 deliveries with the day promised, and what was produced, inspected and defective by month.",
        files: files!["deliveries.csv", "quality.csv"],
    },
    Sample {
        title: "Product team",
        business_type: None,
        says: "640 product events of 70 users over five months.",
        files: files!["events.csv"],
    },
];

/// The samples in the order in which they are offered: those of the chosen type of business first.
pub fn offered(business_type: Option<&str>) -> Vec<&'static Sample> {
    let mut samples: Vec<&Sample> = SAMPLES.iter().collect();
    samples.sort_by_key(|sample| business_type.is_none() || sample.business_type != business_type);
    samples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::kpi::business_type;

    #[test]
    fn every_type_of_business_has_a_sample_and_is_offered_it_first() {
        for kind in business_type::ALL {
            let first = offered(Some(kind.id))[0];
            assert_eq!(first.business_type, Some(kind.id));
        }
        assert_eq!(offered(None)[0].title, SAMPLES[0].title);
        assert_eq!(offered(Some("retail")).len(), SAMPLES.len());
    }
}
