//! Expansion rate: how many customers pay more than before, and how much more?

use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "expansion_rate",
    edition: 1,
    name: "Expansion rate",
    short: None,
    family: "revenue",
    question: "How many of our customers come to pay us more?",
    definition: "Customers who paid at the start of the period and pay more at its end, divided by all who paid at its start.",
    formula: "customers who pay more ÷ customers at the start",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: REVENUE_NEEDS,
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "customers",
            name: "Customers who pay more",
            rule: "Customers of the start who pay more at the end, divided by the customers of the start.",
            source: "Common in articles on customer-success KPIs",
            estimates: &[(Basis::Ledger, customers), (Basis::Typed, typed_customers)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "revenue",
            name: "Expansion revenue",
            rule: "What customers of the start pay more at the end, divided by what all customers of the start paid.",
            source: "Expansion as ChartMogul names it, Chart Data and MRR movements, help article 203299912, over the opening revenue",
            estimates: &[(Basis::Ledger, revenue), (Basis::Typed, typed_revenue)],
            ledger: &[],
            path: Some(to_revenue),
            unit: None,
        },
        Rule {
            id: "share_of_won",
            name: "Share of what was won",
            rule: "Expansion divided by expansion and new business together.",
            source: "Benchmarkit, 2025 SaaS benchmarks: expansion share of new annual recurring revenue",
            estimates: &[(Basis::Ledger, share_of_won), (Basis::Typed, typed_share)],
            ledger: &[],
            path: Some(to_share_of_won),
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "expanded_customers",
            unit: Unit::Count,
            says: "customers of the start who pay more at the end",
        },
        Part {
            name: "opening_customers",
            unit: Unit::Count,
            says: "customers of the start",
        },
        Part {
            name: "expansion",
            unit: Unit::Money,
            says: "what they pay more",
        },
        Part {
            name: "opening",
            unit: Unit::Money,
            says: "paid at the start by the customers of the start",
        },
        Part {
            name: "new",
            unit: Unit::Money,
            says: "from customers who never paid before",
        },
        Part {
            name: "numerator",
            unit: Unit::Count,
            says: "customers who pay more; under the other rules expansion in money",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "customers it is divided by; under the other rules money",
        },
    ],
    limits: &[
        "A raise that the contract foresaw, and a discount that ran out, count like any other.",
        "Who left and who pays less does not show.",
        "More seats, a dearer plan and a higher price are not told apart.",
    ],
    examples: &[
        Example {
            name: "one_of_four_pays_more",
            pasted: "customer,month,mrr\nA,2025-01,100\nB,2025-01,100\nC,2025-01,100\nD,2025-01,100\nA,2025-02,150\nB,2025-02,100\nC,2025-02,80\nE,2025-02,150\n",
            options: r#"{"as_of":"2025-02-28"}"#,
            gives: Gives::Value(
                0.25,
                &[
                    ("expanded_customers", 1.0),
                    ("opening_customers", 4.0),
                    ("numerator", 1.0),
                    ("denominator", 4.0),
                ],
            ),
        },
        Example {
            name: "half_as_much_again_from_one_of_four_is_an_eighth_of_the_revenue",
            pasted: "customer,month,mrr\nA,2025-01,100\nB,2025-01,100\nC,2025-01,100\nD,2025-01,100\nA,2025-02,150\nB,2025-02,100\nC,2025-02,80\nE,2025-02,150\n",
            options: r#"{"as_of":"2025-02-28","variants":{"expansion_rate":"revenue"}}"#,
            gives: Gives::Value(0.125, &[("expansion", 50.0), ("opening", 400.0)]),
        },
        Example {
            name: "a_quarter_of_what_was_won_is_expansion",
            pasted: "customer,month,mrr\nA,2025-01,100\nB,2025-01,100\nC,2025-01,100\nD,2025-01,100\nA,2025-02,150\nB,2025-02,100\nC,2025-02,80\nE,2025-02,150\n",
            options: r#"{"as_of":"2025-02-28","variants":{"expansion_rate":"share_of_won"}}"#,
            gives: Gives::Value(0.25, &[("expansion", 50.0), ("new", 150.0)]),
        },
        Example {
            name: "typed_customers_give_a_share",
            pasted: "customers at start,expanded customers\n200,30\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.15, &[("denominator", 200.0)]),
        },
        Example {
            name: "typed_revenue_gives_a_share",
            pasted: "opening mrr,expansion mrr,new mrr\n100,10,40\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"expansion_rate":"revenue"}}"#,
            gives: Gives::Value(0.1, &[("numerator", 10.0)]),
        },
        Example {
            name: "typed_expansion_and_new_business_give_a_share",
            pasted: "opening mrr,expansion mrr,new mrr\n100,10,40\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"expansion_rate":"share_of_won"}}"#,
            gives: Gives::Value(0.2, &[("denominator", 50.0)]),
        },
        Example {
            name: "nobody_at_the_start_is_refused",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-03-02,,10\nB,2025-03-03,,10\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Refusal("no_opening"),
        },
        Example {
            name: "nothing_was_won",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,2025-03-10,10\n",
            options: r#"{"as_of":"2025-03-31","variants":{"expansion_rate":"share_of_won"}}"#,
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

const OPENING: &str = "customers at the start";
const MORE: &str = "customers at the start who pay more at the end";
const NEW: &str = "customers who never paid before";

/// Who paid what at the start and pays more at the end, and who is new.
struct Raised {
    opening: Vec<(u32, i64)>,
    raises: Vec<(u32, i128)>,
    new: Vec<(u32, i128)>,
}

impl Raised {
    fn of(scope: &Scope<'_>) -> Outcome<Self> {
        let (ledger, window) = scope.ledger()?;
        let (before, _) = ledger.ends(window)?;
        let paid = before.iter().enumerate().filter(|(_, paid)| **paid > 0);
        let mut raised = Self {
            opening: paid
                .map(|(customer, paid)| (customer as u32, *paid))
                .collect(),
            raises: Vec::new(),
            new: Vec::new(),
        };
        moves(
            ledger,
            window,
            Counting::Ends,
            of_paying,
            |moved| match moved.kind {
                ChangeKind::Expansion => raised.raises.push((moved.customer, moved.amount)),
                ChangeKind::New => raised.new.push((moved.customer, moved.amount)),
                _ => {}
            },
        )?;
        Ok(raised)
    }

    fn paid(&self) -> i128 {
        self.opening.iter().map(|(_, paid)| i128::from(*paid)).sum()
    }

    fn raise(&self) -> i128 {
        self.raises.iter().map(|(_, more)| more).sum()
    }

    fn won_from_new(&self) -> i128 {
        self.new.iter().map(|(_, more)| more).sum()
    }

    fn parts(&self, numerator: f64, denominator: f64) -> Vec<(&'static str, f64)> {
        vec![
            ("expanded_customers", self.raises.len() as f64),
            ("opening_customers", self.opening.len() as f64),
            ("expansion", money(self.raise())),
            ("opening", money(self.paid())),
            ("new", money(self.won_from_new())),
            ("numerator", numerator),
            ("denominator", denominator),
        ]
    }

    /// The raise of each customer of the start, nothing for most.
    fn raises_of_opening(&self) -> Vec<f64> {
        let mut raises = self.raises.iter().peekable();
        let mut of_opening = Vec::with_capacity(self.opening.len());
        for (customer, _) in &self.opening {
            let raise = raises.next_if(|(raised, _)| raised == customer);
            of_opening.push(raise.map_or(0.0, |(_, more)| money(*more)));
        }
        of_opening
    }
}

fn customers(scope: &Scope<'_>) -> Outcome<Estimate> {
    let raised = Raised::of(scope)?;
    let (more, all) = (raised.raises.len() as u64, raised.opening.len() as u64);
    if all == 0 {
        return Err(no_opening());
    }
    Ok(Estimate::share(more, all).with_parts(raised.parts(more as f64, all as f64)))
}

/// A ratio of money with its interval over customers.
fn ratio(scope: &Scope<'_>, raised: &Raised, tally: Tally, pairs: (&[f64], &[f64])) -> Estimate {
    let (numerator, denominator) = (tally.numerator(), tally.denominator());
    let both = pairs.0.iter().copied().zip(pairs.1.iter().copied());
    let (ends, spread) = scope.ratio_spread(both);
    Estimate {
        interval: ends,
        ..Estimate::of(
            numerator as f64 / denominator as f64,
            pairs.0.len() as u64,
            spread,
        )
    }
    .with_parts(raised.parts(money(numerator), money(denominator)))
    .with_tally(tally)
}

fn revenue(scope: &Scope<'_>) -> Outcome<Estimate> {
    let raised = Raised::of(scope)?;
    let mut tally = Tally::ratio(
        Counted::Money,
        &[OPENING, MORE, NEW],
        scope.names_customers(),
    );
    for (customer, paid) in &raised.opening {
        tally.add(OPENING, *customer, 0, *paid);
    }
    for (customer, more) in &raised.raises {
        tally.add(MORE, *customer, *more, 0);
    }
    if tally.denominator() <= 0 {
        return Err(no_opening());
    }
    let starts: Vec<f64> = raised
        .opening
        .iter()
        .map(|(_, paid)| money(i128::from(*paid)))
        .collect();
    let raises = raised.raises_of_opening();
    Ok(ratio(scope, &raised, tally, (&raises, &starts)))
}

fn share_of_won(scope: &Scope<'_>) -> Outcome<Estimate> {
    let raised = Raised::of(scope)?;
    let mut tally = Tally::ratio(
        Counted::Money,
        &[OPENING, MORE, NEW],
        scope.names_customers(),
    );
    for (customer, more) in &raised.raises {
        tally.add(MORE, *customer, *more, *more);
    }
    for (customer, more) in &raised.new {
        tally.add(NEW, *customer, 0, *more);
    }
    let won = raised.raises.len() + raised.new.len();
    at_least_one(won as u64, "new customers and none who pay more")?;
    let mut raises: Vec<f64> = raised.raises.iter().map(|(_, more)| money(*more)).collect();
    let mut all = raises.clone();
    all.extend(raised.new.iter().map(|(_, more)| money(*more)));
    raises.resize(all.len(), 0.0);
    Ok(ratio(scope, &raised, tally, (&raises, &all)))
}

fn to_revenue(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let raised = Raised::of(scope)?;
    let mut raises = raised.raises.iter().peekable();
    let of_raised: i128 = raised
        .opening
        .iter()
        .filter(|(customer, _)| raises.next_if(|(raised, _)| raised == customer).is_some())
        .map(|(_, paid)| i128::from(*paid))
        .sum();
    let paid = raised.paid();
    if paid <= 0 {
        return Err(no_opening());
    }
    let everyone = raised.opening.iter().map(|(customer, _)| *customer);
    let more = || raised.raises.iter().map(|(customer, _)| *customer);
    Ok(vec![
        PathStep::new(
            "customers count with what they paid at the start",
            of_raised as f64 / paid as f64,
            everyone.collect(),
        ),
        PathStep::new(
            "of those who pay more, only what they pay more counts",
            raised.raise() as f64 / paid as f64,
            more().collect(),
        ),
    ])
}

fn to_share_of_won(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let mut steps = to_revenue(scope)?;
    let share = share_of_won(scope)?;
    let raised = Raised::of(scope)?;
    steps.push(PathStep::new(
        "it is divided by expansion and new business instead of the opening revenue",
        share.value,
        raised.new.iter().map(|(customer, _)| *customer).collect(),
    ));
    Ok(steps)
}

fn typed_customers(scope: &Scope<'_>) -> Outcome<Estimate> {
    let more = scope.figure("expanded_customers")?;
    let all = scope.figure("opening_customers")?;
    let Some((more, all)) = heads(more).zip(heads(all)) else {
        return Err(not_heads());
    };
    if all == 0 {
        return Err(no_opening());
    }
    if more > all {
        return Err(not_heads());
    }
    Ok(Estimate::share(more, all).with_parts(vec![
        ("expanded_customers", more as f64),
        ("opening_customers", all as f64),
        ("numerator", more as f64),
        ("denominator", all as f64),
    ]))
}

fn typed_revenue(scope: &Scope<'_>) -> Outcome<Estimate> {
    let expansion = scope.figure("expansion")?;
    let opening = scope.figure("opening_revenue")?;
    if opening <= 0.0 {
        return Err(no_opening());
    }
    Ok(
        Estimate::of(expansion / opening, 1, Spread::StandardError(None)).with_parts(vec![
            ("expansion", expansion),
            ("opening", opening),
            ("numerator", expansion),
            ("denominator", opening),
        ]),
    )
}

fn typed_share(scope: &Scope<'_>) -> Outcome<Estimate> {
    let expansion = scope.figure("expansion")?;
    let new = scope.figure("new_revenue")?;
    let won = expansion + new;
    at_least_one(u64::from(won > 0.0), "new customers and none who pay more")?;
    Ok(
        Estimate::of(expansion / won, 1, Spread::StandardError(None)).with_parts(vec![
            ("expansion", expansion),
            ("new", new),
            ("numerator", expansion),
            ("denominator", won),
        ]),
    )
}
