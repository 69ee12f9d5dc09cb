//! Customer churn rate: how many customers leave?

use crate::engine::base::Date;
use crate::engine::facts::WhyLeft;
use crate::engine::kpi::churn_reasons::{self, REASON_CLASSES, SOURCE};
use crate::engine::kpi::on_counts::above_whole;
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "customer_churn_rate",
    edition: 1,
    name: "Customer churn rate",
    short: None,
    family: "retention",
    question: "How many of our customers leave?",
    definition: "Customers who paid at the start of the period and no longer pay at its end, divided by all who paid at its start. A list of customers without dates gives the share who have left.",
    formula: "customers lost ÷ customers at the start",
    unit: Unit::Ratio,
    better: Better::Lower,
    needs: CUSTOMER_NEEDS,
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "standard",
            name: "Lost from the opening base",
            rule: "Who joined and left, or left and came back, within the period does not count as lost.",
            source: "ChartMogul, Churn rate formulas, help article 207340419",
            estimates: &[
                (Basis::Customers, standard),
                (Basis::Accounts, share_left),
                (Basis::Typed, typed_standard),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "stripe",
            name: "Departures ÷ (start + new)",
            rule: "Every departure counts, also of those who joined within the period or came back; new customers count in the base.",
            source: "Stripe, Calculating churn rate in Billing, support article",
            estimates: &[(Basis::Customers, stripe), (Basis::Typed, typed_stripe)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "departures",
            name: "Departures ÷ start",
            rule: "Every departure counts, over the customers at the start.",
            source: "Maxio (Chargify), Churn analytics, help.chargify.com/reports/churn-analytics.html",
            estimates: &[
                (Basis::Customers, departures),
                (Basis::Typed, typed_departures),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "daily",
            name: "Sum of daily rates",
            rule: "For every day, the departures of the day ÷ the customers at its start; the days are added up.",
            source: "ChartMogul, Churn rate formulas, the rule for Shopify stores, help article 207340419",
            estimates: &[(Basis::Customers, daily)],
            ledger: &[],
            path: Some(to_daily),
            unit: None,
        },
        Rule {
            id: "renewable_base",
            name: "Lost ÷ those who could leave",
            rule: "Only customers of the opening base with a term that ends within the period are in the base: a yearly contract cannot end in eleven months of twelve.",
            source: "Kept; the trouble with annual contracts is discussed in ChartMogul, Churn rate formulas, help article 207340419",
            estimates: &[(Basis::Customers, renewable_base)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "voluntary",
            name: "Lost by decision",
            rule: "Of the customers lost only those count who left by their own decision: a reason is given, and it is no failed payment.",
            source: SOURCE,
            estimates: &[
                (Basis::Customers, voluntary),
                (Basis::Accounts, list_voluntary),
                (Basis::Typed, typed_voluntary),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "involuntary",
            name: "Lost by failed payment",
            rule: "Of the customers lost only those count whose payment failed or was taken back.",
            source: SOURCE,
            estimates: &[
                (Basis::Customers, involuntary),
                (Basis::Accounts, list_involuntary),
                (Basis::Typed, typed_involuntary),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "lost",
            unit: Unit::Count,
            says: "customers lost",
        },
        Part {
            name: "opening",
            unit: Unit::Count,
            says: "customers at the start",
        },
        Part {
            name: "new",
            unit: Unit::Count,
            says: "customers who paid for the first time within the period",
        },
        Part {
            name: "closing",
            unit: Unit::Count,
            says: "customers at the end",
        },
        Part {
            name: "departures",
            unit: Unit::Count,
            says: "times that a customer stopped paying within the period",
        },
        Part {
            name: "returned",
            unit: Unit::Count,
            says: "typed figures: departures of customers who came back within the period",
        },
        Part {
            name: "passed",
            unit: Unit::Count,
            says: "typed figures: departures of customers who had joined within the period",
        },
        churn_reasons::part(WhyLeft::Voluntary, Unit::Count),
        churn_reasons::part(WhyLeft::Involuntary, Unit::Count),
        churn_reasons::part(WhyLeft::Unknown, Unit::Count),
        Part {
            name: "annualised",
            unit: Unit::Ratio,
            says: "the share lost in a year if every month were like this one: 1 − (1 − rate)¹²",
        },
        Part {
            name: "numerator",
            unit: Unit::Count,
            says: "lost",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "customers it is divided by",
        },
    ],
    limits: &[
        "A reason as given is not always the true one; without a column of reasons the split is not told.",
        "Yearly contracts cannot end in eleven months of twelve; fast growth hides churn.",
        "Twelve monthly rates do not add up to a yearly one: 5% a month is 46% a year.",
    ],
    examples: &[
        Example {
            name: "one_of_four_left",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,2025-03-15,10\nC,2025-01-01,,10\nD,2025-01-01,,10\nE,2025-03-02,2025-03-20,10\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Value(
                0.25,
                &[
                    ("lost", 1.0),
                    ("opening", 4.0),
                    ("new", 1.0),
                    ("departures", 2.0),
                    ("closing", 3.0),
                ],
            ),
        },
        Example {
            name: "stripe_counts_every_departure_over_a_larger_base",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,2025-03-15,10\nC,2025-01-01,2025-03-04,10\nC,2025-03-20,,10\nD,2025-01-01,,10\nE,2025-03-02,2025-03-20,10\n",
            options: r#"{"as_of":"2025-03-31","variants":{"customer_churn_rate":"stripe"}}"#,
            gives: Gives::Value(
                3.0 / 5.0,
                &[("lost", 1.0), ("departures", 3.0), ("denominator", 5.0)],
            ),
        },
        Example {
            name: "a_yearly_contract_is_not_in_the_renewable_base",
            pasted: "customer,started_on,ended_on,price,interval\nA,2025-01-01,,10,month\nB,2025-01-01,2025-03-15,10,month\nC,2025-01-01,,120,year\nD,2024-03-10,,120,year\n",
            options: r#"{"as_of":"2025-03-31","variants":{"customer_churn_rate":"renewable_base"}}"#,
            gives: Gives::Value(1.0 / 3.0, &[("opening", 4.0), ("denominator", 3.0)]),
        },
        Example {
            name: "the_daily_rule_divides_by_each_days_own_base",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,2025-03-10,10\nB,2025-01-01,2025-03-20,10\nC,2025-01-01,,10\nD,2025-01-01,,10\n",
            options: r#"{"as_of":"2025-03-31","variants":{"customer_churn_rate":"daily"}}"#,
            gives: Gives::Value(1.0 / 4.0 + 1.0 / 3.0, &[("departures", 2.0)]),
        },
        Example {
            name: "typed_figures_of_a_month_give_a_tenth_and_never_129_percent",
            pasted: "start,new,churned,reactivated,joined and left,end\n100,40,12,1,1,129\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.1, &[("denominator", 100.0)]),
        },
        Example {
            name: "the_same_figures_as_stripe_counts_them",
            pasted: "start,new,churned,reactivated,joined and left,end\n100,40,12,1,1,129\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_churn_rate":"stripe"}}"#,
            gives: Gives::Value(12.0 / 140.0, &[("denominator", 140.0)]),
        },
        Example {
            name: "the_same_figures_with_every_departure",
            pasted: "start,new,churned,reactivated,joined and left,end\n100,40,12,1,1,129\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_churn_rate":"departures"}}"#,
            gives: Gives::Value(0.12, &[("denominator", 100.0)]),
        },
        Example {
            name: "a_list_of_customers_gives_the_share_who_left",
            pasted: "customerID,tenure,Churn\nA,12,No\nB,3,Yes\nC,40,No\nD,1,Yes\n",
            options: "",
            gives: Gives::Value(0.5, &[("lost", 2.0), ("opening", 4.0)]),
        },
        Example {
            name: "two_decided_and_one_payment_failed_among_four_lost",
            pasted: "id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Cancellation Reason,Created (UTC),Start Date (UTC),Canceled At (UTC),Ended At (UTC)\ns1,A,Team,1,eur,month,10.00,canceled,cancellation_requested,2025-01-01 08:00,2025-01-01 08:00,2025-02-20 08:00,2025-03-05 08:00\ns2,B,Team,1,eur,month,10.00,canceled,payment_failed,2025-01-01 08:00,2025-01-01 08:00,2025-03-09 08:00,2025-03-09 08:00\ns3,C,Team,1,eur,month,10.00,canceled,,2025-01-01 08:00,2025-01-01 08:00,2025-03-10 08:00,2025-03-10 08:00\ns4,D,Team,1,eur,month,10.00,canceled,too expensive,2025-01-01 08:00,2025-01-01 08:00,2025-03-11 08:00,2025-03-11 08:00\ns5,E,Team,1,eur,month,10.00,active,,2025-01-01 08:00,2025-01-01 08:00,,\n",
            options: r#"{"as_of":"2025-03-31","variants":{"customer_churn_rate":"voluntary"}}"#,
            gives: Gives::Value(
                0.4,
                &[
                    ("lost", 4.0),
                    ("voluntary", 2.0),
                    ("involuntary", 1.0),
                    ("reason_unknown", 1.0),
                    ("numerator", 2.0),
                    ("denominator", 5.0),
                ],
            ),
        },
        Example {
            name: "a_payment_that_failed_is_no_decision",
            pasted: "customer,started_on,ended_on,mrr,expiration_reason\nA,2025-01-01,2025-03-05,10,nonpayment\nB,2025-01-01,2025-03-15,10,canceled\nC,2025-01-01,,10,\nD,2025-01-01,,10,\n",
            options: r#"{"as_of":"2025-03-31","variants":{"customer_churn_rate":"involuntary"}}"#,
            gives: Gives::Value(0.25, &[("lost", 2.0), ("involuntary", 1.0)]),
        },
        Example {
            name: "a_list_tells_its_reasons_too",
            pasted: "customerID,tenure,Churn,Churn type\nA,12,No,\nB,3,Yes,involuntary\nC,40,No,\nD,1,Yes,voluntary\n",
            options: r#"{"variants":{"customer_churn_rate":"involuntary"}}"#,
            gives: Gives::Value(0.25, &[("lost", 2.0), ("voluntary", 1.0)]),
        },
        Example {
            name: "typed_decisions_over_the_customers_of_the_start",
            pasted: "start,voluntary churn,involuntary churn\n1000,24,9\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_churn_rate":"voluntary"}}"#,
            gives: Gives::Value(0.024, &[("denominator", 1000.0)]),
        },
        Example {
            name: "typed_failed_payments_over_the_customers_of_the_start",
            pasted: "start,voluntary churn,involuntary churn\n1000,24,9\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_churn_rate":"involuntary"}}"#,
            gives: Gives::Value(0.009, &[("denominator", 1000.0)]),
        },
        Example {
            name: "without_reasons_the_split_is_refused",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,2025-03-05,10\nB,2025-01-01,,10\n",
            options: r#"{"as_of":"2025-03-31","variants":{"customer_churn_rate":"voluntary"}}"#,
            gives: Gives::Refusal("rule_not_applicable"),
        },
        Example {
            name: "nobody_at_the_start_is_refused",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-03-02,,10\nB,2025-03-03,,10\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Refusal("no_opening"),
        },
    ],
};

const OPENING: &str = "customers at the start";
const LOST: &str = "at the start and gone at the end";
const RETURNED: &str = "left and came back within the period";
const PASSED: &str = "joined and left within the period";
const NEW: &str = "paid for the first time within the period";
const BOUND: &str = "bound by a term that goes on beyond the period";

/// Which departures count.
#[derive(Clone, Copy, PartialEq)]
enum Leaving {
    /// Who was there at the start and is not at the end.
    Lost,
    /// Every time that someone stopped paying.
    Every,
}

/// The classes of a rule: the opening base, and who left.
fn tally(scope: &Scope<'_>, leaving: Leaving) -> Outcome<Tally> {
    let (ledger, window) = scope.ledger()?;
    let (before, after) = ledger.ends(window)?;
    let mut tally = Tally::ratio(
        Counted::Heads,
        &[
            OPENING,
            LOST,
            RETURNED,
            PASSED,
            NEW,
            BOUND,
            REASON_CLASSES[0],
            REASON_CLASSES[1],
            REASON_CLASSES[2],
        ],
        scope.names_customers(),
    );
    let [opening, lost_at_end] = tally.places([OPENING, LOST]);
    let mut lost = vec![false; before.len()];
    for (customer, (from, to)) in before.iter().zip(after.iter()).enumerate() {
        if *from > 0 {
            tally.add_at(opening, customer as u32, 0, 1);
            if *to <= 0 {
                lost[customer] = true;
                tally.add_at(lost_at_end, customer as u32, 1, 0);
            }
        }
    }
    if leaving == Leaving::Lost {
        return Ok(tally);
    }
    for life in ledger.lifetimes() {
        if !window.contains(Date(life.end)) {
            continue;
        }
        let customer = life.customer as usize;
        if before[customer] <= 0 {
            tally.add(PASSED, life.customer, 1, 0);
        } else if !std::mem::take(&mut lost[customer]) {
            // The first departure of a lost customer is the loss itself.
            tally.add(RETURNED, life.customer, 1, 0);
        }
    }
    Ok(tally)
}

/// The rate of some classes.
fn rate(scope: &Scope<'_>, tally: Tally) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let (numerator, denominator) = (tally.numerator() as u64, tally.denominator() as u64);
    if denominator == 0 {
        return Err(no_opening());
    }
    let moved = ledger.movements(window)?.customers;
    let share = numerator as f64 / denominator as f64;
    let mut parts = vec![
        ("lost", moved.churn as f64),
        ("opening", moved.opening as f64),
        ("new", ledger.first_timers(window) as f64),
        ("closing", moved.closing as f64),
        ("departures", ledger.departures(window) as f64),
    ];
    if matches!(scope.detail, Detail::Headline | Detail::Segment)
        && let Some(gone) = churn_reasons::gone(scope)?
    {
        parts.extend(churn_reasons::parts(gone.iter().map(|it| (it.why, 1.0))));
    }
    if window.is_one_month() && share <= 1.0 {
        parts.push(("annualised", 1.0 - math::pow(1.0 - share, 12.0)));
    }
    parts.push(("numerator", numerator as f64));
    parts.push(("denominator", denominator as f64));
    // Departures can outnumber the customers at the start; then they are no share of them.
    let estimate = if numerator > denominator {
        Estimate::of(share, denominator, Spread::StandardError(None))
    } else {
        Estimate::share(numerator, denominator)
    };
    Ok(estimate.with_parts(parts).with_tally(tally))
}

fn standard(scope: &Scope<'_>) -> Outcome<Estimate> {
    rate(scope, tally(scope, Leaving::Lost)?)
}

fn stripe(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let mut tally = tally(scope, Leaving::Every)?;
    for (customer, start) in ledger.first_starts().iter().enumerate() {
        if window.contains(Date(*start)) {
            tally.add(NEW, customer as u32, 0, 1);
        }
    }
    rate(scope, tally)
}

fn departures(scope: &Scope<'_>) -> Outcome<Estimate> {
    rate(scope, tally(scope, Leaving::Every)?)
}

fn renewable_base(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let Some(due) = ledger.renewable(window) else {
        return Err(Refusal::new(
            "rule_not_applicable",
            "No column says how long a term is.",
            "Add the billing interval to the export, or choose another rule.",
        ));
    };
    let mut tally = tally(scope, Leaving::Lost)?;
    let (before, _) = ledger.ends(window)?;
    for (customer, from) in before.iter().enumerate() {
        if *from > 0 && !due[customer] {
            tally.add(BOUND, customer as u32, 0, -1);
        }
    }
    rate(scope, tally)
}

/// Of the customers lost those who left for one reason.
fn for_reason(scope: &Scope<'_>, wanted: WhyLeft) -> Outcome<Estimate> {
    let gone = churn_reasons::gone_needed(scope)?;
    let mut tally = tally(scope, Leaving::Lost)?;
    for other in gone.iter().filter(|it| it.why != wanted) {
        tally.add(churn_reasons::class_of(other.why), other.customer, -1, 0);
    }
    rate(scope, tally)
}

fn voluntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    for_reason(scope, WhyLeft::Voluntary)
}

fn involuntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    for_reason(scope, WhyLeft::Involuntary)
}

fn daily(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let moved = ledger.movements(window)?.customers;
    let mut paying = moved.opening as i64;
    let mut sum = 0.0;
    let mut left = 0_u64;
    for of_day in ledger
        .steps(window)
        .chunk_by(|one, other| one.day == other.day)
    {
        let gone = of_day
            .iter()
            .filter(|step| step.from > 0 && step.to <= 0)
            .count() as i64;
        let come = of_day
            .iter()
            .filter(|step| step.from <= 0 && step.to > 0)
            .count() as i64;
        if gone > 0 {
            sum += gone as f64 / paying as f64;
        }
        left += gone as u64;
        paying += come - gone;
    }
    if moved.opening == 0 {
        return Err(no_opening());
    }
    Ok(
        Estimate::of(sum, moved.opening, Spread::StandardError(None)).with_parts(vec![
            ("opening", moved.opening as f64),
            ("closing", moved.closing as f64),
            ("departures", left as f64),
        ]),
    )
}

fn to_daily(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let every = departures(scope)?;
    let more: Vec<u32> = every
        .tally
        .iter()
        .flat_map(|tally| &tally.classes)
        .filter(|class| class.says == RETURNED || class.says == PASSED)
        .flat_map(|class| class.customers.iter().copied())
        .collect();
    let left: Vec<u32> = {
        let (ledger, window) = scope.ledger()?;
        let steps = ledger.steps(window).iter();
        steps
            .filter(|step| step.from > 0 && step.to <= 0)
            .map(|step| step.customer)
            .collect()
    };
    Ok(vec![
        PathStep::new("every departure counts", every.value, more),
        PathStep::new(
            "each departure is divided by the customers at the start of its own day",
            daily(scope)?.value,
            left,
        ),
    ])
}

/// Typed figures: departures, those of them that were no loss of the opening base, and the base.
struct TypedFigures {
    opening: f64,
    new: f64,
    departures: f64,
    returned: f64,
    passed: f64,
}

fn typed(scope: &Scope<'_>) -> Outcome<TypedFigures> {
    Ok(TypedFigures {
        opening: scope.figure("opening")?,
        new: scope.figure_or_nothing("new"),
        departures: scope.figure("departures")?,
        returned: scope.figure_or_nothing("returned"),
        passed: scope.figure_or_nothing("passed"),
    })
}

fn typed_rate(typed: &TypedFigures, numerator: f64, denominator: f64) -> Outcome<Estimate> {
    let heads = heads(numerator).zip(heads(denominator));
    let Some((numerator, denominator)) = heads else {
        return Err(not_heads());
    };
    if denominator == 0 {
        return Err(no_opening());
    }
    let parts = vec![
        ("opening", typed.opening),
        ("new", typed.new),
        ("departures", typed.departures),
        ("returned", typed.returned),
        ("passed", typed.passed),
        ("numerator", numerator as f64),
        ("denominator", denominator as f64),
    ];
    let estimate = if numerator > denominator {
        let share = numerator as f64 / denominator as f64;
        Estimate::of(share, denominator, Spread::StandardError(None))
    } else {
        Estimate::share(numerator, denominator)
    };
    Ok(estimate.with_parts(parts))
}

fn typed_standard(scope: &Scope<'_>) -> Outcome<Estimate> {
    let typed = typed(scope)?;
    let lost = typed.departures - typed.returned - typed.passed;
    typed_rate(&typed, lost, typed.opening)
}

fn typed_stripe(scope: &Scope<'_>) -> Outcome<Estimate> {
    let typed = typed(scope)?;
    typed_rate(&typed, typed.departures, typed.opening + typed.new)
}

fn typed_departures(scope: &Scope<'_>) -> Outcome<Estimate> {
    let typed = typed(scope)?;
    typed_rate(&typed, typed.departures, typed.opening)
}

/// Typed figures of those who left for one reason.
fn typed_for_reason(scope: &Scope<'_>, term: &'static str) -> Outcome<Estimate> {
    let (lost, opening) = (scope.figure(term)?, scope.figure("opening")?);
    let counts = heads(lost).zip(heads(opening));
    let (lost, opening) = counts.ok_or_else(not_heads)?;
    if opening == 0 {
        return Err(no_opening());
    }
    if lost > opening {
        return Err(above_whole(term, "opening"));
    }
    Ok(Estimate::share(lost, opening).with_parts(vec![
        (term, lost as f64),
        ("opening", opening as f64),
        ("numerator", lost as f64),
        ("denominator", opening as f64),
    ]))
}

fn typed_voluntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_for_reason(scope, "voluntary")
}

fn typed_involuntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_for_reason(scope, "involuntary")
}

/// The share of a list of customers who have left, for this reason or for any.
fn of_list(scope: &Scope<'_>, wanted: Option<WhyLeft>) -> Outcome<Estimate> {
    let accounts = scope.accounts()?;
    let all = scope.rows.len() as u64;
    at_least_one(all, "customers")?;
    let has_reasons = !accounts.why_left.is_empty();
    if wanted.is_some() && !has_reasons {
        return Err(churn_reasons::no_reasons());
    }
    let rows = scope.rows.iter().map(|row| *row as usize);
    let gone: Vec<usize> = rows.filter(|row| accounts.left[*row]).collect();
    let lost = gone.len() as u64;
    let counted = match wanted {
        Some(why) => gone
            .iter()
            .filter(|row| accounts.why_left[**row] == why)
            .count() as u64,
        None => lost,
    };
    let mut parts = vec![
        ("lost", lost as f64),
        ("opening", all as f64),
        ("closing", (all - lost) as f64),
    ];
    if has_reasons {
        let reasons = gone.iter().map(|row| (accounts.why_left[*row], 1.0));
        parts.extend(churn_reasons::parts(reasons));
    }
    parts.push(("numerator", counted as f64));
    parts.push(("denominator", all as f64));
    Ok(Estimate::share(counted, all).with_parts(parts))
}

fn share_left(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_list(scope, None)
}

fn list_voluntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_list(scope, Some(WhyLeft::Voluntary))
}

fn list_involuntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_list(scope, Some(WhyLeft::Involuntary))
}
