//! Customers by their value: segments, bands, and how much rests on few.

use super::format::Habits;
use super::words;
use crate::engine::base::Unit;
use crate::engine::report::{CustomerGroup, CustomerGroups, Report};
use crate::engine::rows::RowsQuery;
use crate::present::language::say;
use crate::told;

/// The groups of one table.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupsView {
    /// "Customers by what they ordered".
    pub title: &'static str,
    /// "From orders.csv".
    pub note: String,
    /// Who and how much, and how much rests on few; or why there is nothing.
    pub sentences: Vec<String>,
    /// The segments, where there are any, and the bands.
    pub tables: Vec<Vec<GroupLine>>,
    /// What must be known beside them.
    pub remarks: Vec<String>,
}

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupLine {
    /// "Champions".
    pub name: &'static str,
    /// What makes a customer one of them.
    pub says: &'static str,
    /// "35 (8.1%)".
    pub customers: String,
    /// "€12,000 (42.0%)".
    pub revenue: String,
    /// How many rows are theirs, and the question that shows them; absent where there are none.
    pub rows: Option<(String, RowsQuery)>,
}

/// The groups of every table that has them.
pub fn groups(habits: &Habits, report: &Report) -> Vec<GroupsView> {
    let all = report.customer_groups.iter();
    all.map(|groups| view(habits, groups)).collect()
}

fn view(habits: &Habits, groups: &CustomerGroups) -> GroupsView {
    let is_orders = groups.of == "orders";
    let line = |group: &CustomerGroup| line(habits, groups, group);
    let lists = [&groups.segments, &groups.bands].into_iter();
    GroupsView {
        title: if is_orders {
            say(words::GROUPS_BY_ORDERS)
        } else {
            say(words::GROUPS_BY_REVENUE)
        },
        note: told!("From {0}", groups.table),
        sentences: match &groups.refusal {
            Some(refusal) => vec![format!("{} {}", refusal.message, refusal.hint)],
            None => sentences(habits, groups),
        },
        tables: lists
            .filter(|list| !list.is_empty())
            .map(|list| list.iter().map(line).collect())
            .collect(),
        remarks: groups
            .notes
            .iter()
            .map(|note| habits.sentence(&note.effect))
            .collect(),
    }
}

fn sentences(habits: &Habits, groups: &CustomerGroups) -> Vec<String> {
    let day = groups.as_of.map_or_else(String::new, |day| {
        format!(", {} {}", say(words::GROUPS_UP_TO), habits.date(day))
    });
    let mut found = vec![format!(
        "{} {}: {}{day}.",
        habits.count(groups.customers),
        if groups.customers == 1 {
            say("customer")
        } else {
            say("customers")
        },
        habits.money(groups.revenue),
    )];
    let shares: Vec<String> = groups
        .largest
        .iter()
        .map(|it| {
            let share = habits.percent(it.share);
            match it.customers {
                1 => share,
                more => format!("{} {more} {share}", say(words::THE_LARGEST)),
            }
        })
        .collect();
    if !shares.is_empty() {
        found.push(format!(
            "{} {}.",
            say(words::LARGEST_MAKES),
            shares.join(", ")
        ));
    }
    if let (Some(gini), Some(effective)) = (groups.gini, groups.effective_customers) {
        let within = groups
            .gini_interval
            .as_ref()
            .map_or_else(String::new, |it| {
                told!(
                    " ({0} to {1})",
                    habits.number(it.low, 2),
                    habits.number(it.high, 2)
                )
            });
        found.push(format!(
            "{} {}{within}. {} {}.",
            say(words::GINI),
            habits.number(gini, 2),
            say(words::AS_CONCENTRATED_AS),
            habits.number(effective, 1),
        ));
    }
    found
}

fn line(habits: &Habits, groups: &CustomerGroups, group: &CustomerGroup) -> GroupLine {
    let (name, says) = words::customer_group(&group.id);
    let share = group.share_of_revenue.map(|it| habits.percent(it));
    let revenue = habits.value(group.revenue, Unit::Money);
    let query = RowsQuery {
        table: groups.table.clone(),
        group: Some(format!("{}/{}", groups.of, group.id)),
        ..RowsQuery::default()
    };
    GroupLine {
        name,
        says,
        customers: format!(
            "{} ({})",
            habits.count(group.customers),
            habits.percent(group.share_of_customers)
        ),
        revenue: share.map_or(revenue.clone(), |share| format!("{revenue} ({share})")),
        rows: (group.rows > 0).then(|| (habits.count(group.rows), query)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::{Example, plain};

    fn found(json: &str) -> GroupsView {
        let example = Example::new();
        let groups: CustomerGroups = serde_json::from_str(json).unwrap();
        let report = Report {
            customer_groups: vec![groups],
            ..example.report.clone()
        };
        super::groups(example.reader().habits, &report).remove(0)
    }

    #[test]
    fn concentration_and_groups_are_told_in_plain_words() {
        let view = found(
            r#"{"table":"orders.csv","of":"orders","as_of":"2025-06-30","currency":"EUR",
            "customers":1200,"revenue":50000.0,"largest":[{"customers":1,"share":0.1},{"customers":5,"share":0.255}],
            "gini":0.6213,"gini_interval":{"low":0.58,"high":0.66,"level":0.95,"method":"m"},"effective_customers":212.34,
            "bands":[{"id":"a","customers":300,"share_of_customers":0.25,"revenue":40000.0,"share_of_revenue":0.8,"rows":2100}],
            "notes":[{"code":"bought_once","count":1000,"effect":"Customers who ordered once: 1000."}]}"#,
        );
        let said: Vec<String> = view.sentences.iter().map(|it| plain(it)).collect();
        assert_eq!(
            said,
            [
                "1,200 customers: €50,000, up to 30 Jun 2025.",
                "The largest customer makes 10.0%, the largest 5 25.5%.",
                "Gini coefficient (0 where all bring the same, 1 where one brings everything): 0.62 (0.58 to 0.66). As concentrated as this many customers of one size: 212.3.",
            ]
        );
        let line = &view.tables[0][0];
        assert_eq!(plain(&line.customers), "300 (25.0%)");
        assert_eq!(plain(&line.revenue), "€40,000 (80.0%)");
        let (count, query) = line.rows.clone().unwrap();
        assert_eq!(
            (count.as_str(), query.group.as_deref()),
            ("2,100", Some("orders/a"))
        );
        assert_eq!(view.remarks, ["Customers who ordered once: 1,000."]);
    }

    #[test]
    fn a_refusal_stands_alone() {
        let view = found(
            r#"{"table":"t","of":"recurring_revenue","as_of":null,"currency":null,"customers":0,"revenue":0.0,
            "gini":null,"gini_interval":null,"effective_customers":null,
            "refusal":{"code":"currencies_mixed","message":"Two currencies.","hint":"Split."}}"#,
        );
        assert_eq!(view.sentences, ["Two currencies. Split."]);
        assert!(view.tables.is_empty());
    }
}
