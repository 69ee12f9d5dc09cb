//! Typed figures: a table whose columns, or rows, are terms of formulas.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::roles::synonyms::normal;
use crate::engine::table::Reason;

/// Figures by the name of their term.
#[derive(Clone, Debug)]
pub struct Typed {
    /// Each term with its figure in every row; NaN where there is none.
    terms: Vec<(String, Vec<f64>)>,
    /// The day or the first day of the month of each row, where a column says it.
    pub days: Option<Vec<i32>>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The terms that were asked for, each once, in order.
    asked: RefCell<Vec<&'static str>>,
}

/// Reads typed figures: a column for each term, or two columns of which the first names the term.
pub fn read(reading: &Reading<'_>) -> Option<Typed> {
    let columns = &reading.table.columns;
    let numbers: Vec<Vec<f64>> = (0..columns.len())
        .map(|column| reading.numbers(column).values)
        .collect();
    let mut reasons = reading.reasons();
    let is_number = |column: &Vec<f64>| column.iter().any(|value| !value.is_nan());
    if let ([names, _], [first, second]) = (columns.as_slice(), numbers.as_slice())
        && !is_number(first)
        && is_number(second)
    {
        reading::require_numbers(&reading.numbers(1), &mut reasons);
        let keys = names.keys();
        let rows = second.len();
        let terms = keys.codes.iter().enumerate().map(|(row, code)| {
            // One set of figures: every row of the table holds it.
            (normal(&keys.texts.text(*code)), vec![second[row]; rows])
        });
        return Some(Typed {
            terms: terms.collect(),
            days: None,
            reasons,
            asked: RefCell::default(),
        });
    }
    for (row, reason) in reasons.iter_mut().enumerate() {
        if *reason == Reason::Used && numbers.iter().all(|column| column[row].is_nan()) {
            *reason = Reason::NumberMissing;
        }
    }
    let days = [Role::Month, Role::OccurredAt]
        .into_iter()
        .find_map(|role| reading.instants_of(role));
    let terms = columns.iter().zip(numbers);
    Some(Typed {
        terms: terms
            .filter(|(_, numbers)| is_number(numbers))
            .map(|(column, numbers)| (normal(&column.name), numbers))
            .collect(),
        days: days.as_ref().map(reading::days),
        reasons,
        asked: RefCell::default(),
    })
}

impl Typed {
    /// One set of figures, by the terms' own names.
    pub fn of_figures(figures: &BTreeMap<String, f64>) -> Self {
        let terms = figures
            .iter()
            .map(|(name, figure)| (name.replace('_', " "), vec![*figure]));
        Self {
            terms: terms.collect(),
            days: None,
            reasons: vec![Reason::Used],
            asked: RefCell::default(),
        }
    }

    /// The terms that were asked for so far, each once, in order.
    pub fn asked(&self) -> Vec<&'static str> {
        self.asked.borrow().clone()
    }

    /// The figure of a term in the last of these rows that has one. Terms go by their own name with
    /// blanks for underscores, or by a usual one.
    pub fn figure(&self, term: &'static str, rows: &[u32]) -> Option<f64> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&term) {
            asked.push(term);
        }
        drop(asked);
        let (_, figures) = self.terms.iter().find(|(name, _)| is_called(name, term))?;
        let last = rows.iter().rev().map(|row| figures[*row as usize]);
        last.into_iter().find(|figure| !figure.is_nan())
    }
}

/// Whether a name in normal form means the term.
pub fn is_called(name: &str, term: &str) -> bool {
    let own = term.replace('_', " ");
    name == own
        || USUAL
            .iter()
            .find(|(known, _)| *known == term)
            .is_some_and(|(_, names)| names.split('|').any(|usual| usual == name))
}

/// Usual names of terms, in normal form, parted by bars.
const USUAL: &[(&str, &str)] = &[
    (
        "opening",
        "start|opening customers|customers at start|customers at the start|customers at beginning|\
         customers at the beginning|customers at start of period|starting customers|\
         beginning customers|customers start|start customers|customers beginning of period|\
         opening mrr|starting mrr|mrr at start|kunden am anfang|kunden zu beginn|anfangsbestand|\
         clients au debut|clientes al inicio|clientes no inicio|clienti iniziali|klanten begin",
    ),
    (
        "closing",
        "end|closing customers|customers at end|customers at the end|customers at end of period|\
         ending customers|customers end|end customers|customers end of period|closing mrr|\
         ending mrr|mrr at end|kunden am ende|endbestand|clients a la fin|clientes al final|\
         clientes no fim|clienti finali|klanten einde",
    ),
    (
        "new",
        "new customers|customers new|customers added|added|acquired|new mrr|neukunden|\
         nouveaux clients|clientes nuevos|novos clientes|nuovi clienti|nieuwe klanten",
    ),
    (
        "departures",
        "churned|churned customers|churn events|lost customers|customers lost|cancelled|canceled|\
         cancellations|lost|verlorene kunden|kundigungen|clients perdus|clientes perdidos|\
         clienti persi|verloren klanten",
    ),
    (
        "returned",
        "reactivated|reactivated customers|came back|win backs",
    ),
    (
        "passed",
        "joined and left|new and churned|churned new customers",
    ),
    (
        "signed_not_begun",
        "signed not live|contracted not live|signed not started|booked not live|booked not started|\
         signed arr not live|contracted not live arr|backlog arr|unterschrieben nicht begonnen|\
         signe non commence|firmado sin empezar|assinado nao iniciado|firmato non iniziato|\
         getekend niet begonnen",
    ),
    (
        "voluntary",
        "voluntary churn|voluntarily churned|voluntary cancellations|lost by decision|\
         freiwillige kundigungen|resiliations volontaires|bajas voluntarias|\
         cancelamentos voluntarios|disdette volontarie|vrijwillige opzeggingen",
    ),
    (
        "involuntary",
        "involuntary churn|delinquent churn|failed payments|lost by failed payment|\
         unfreiwillige kundigungen|resiliations involontaires|bajas involuntarias|\
         cancelamentos involuntarios|disdette involontarie|onvrijwillige opzeggingen",
    ),
    (
        "voluntary_revenue",
        "voluntary churn mrr|voluntary mrr churn|voluntary churned mrr|voluntary revenue churn",
    ),
    (
        "involuntary_revenue",
        "involuntary churn mrr|involuntary mrr churn|involuntary churned mrr|\
         involuntary revenue churn|delinquent churn mrr",
    ),
    ("expansion", "expansion mrr|upsell|upgrades"),
    ("contraction", "contraction mrr|downsell|downgrades"),
    ("churn", "churn mrr|churned mrr|lost mrr"),
    ("reactivation", "reactivation mrr|reactivated mrr"),
    (
        "opening_revenue",
        "opening|start|opening mrr|starting mrr|mrr at start|opening recurring revenue",
    ),
    (
        "new_revenue",
        "new|new mrr|new business|new recurring revenue",
    ),
    (
        "monthly_recurring_revenue",
        "mrr|recurring revenue|closing mrr|ending mrr|mrr at end",
    ),
    (
        "opening_customers",
        "opening|start|customers at start|customers at the start|customers at beginning|\
         customers at the beginning|customers at start of period|starting customers|\
         customers start|start customers|kunden am anfang|kunden zu beginn",
    ),
    (
        "expanded_customers",
        "customers expanded|expanded|upgraded customers|customers with expansion",
    ),
    (
        "due",
        "due for renewal|up for renewal|renewals due|customers due|deliveries due|total deliveries|\
         deliveries|orders due",
    ),
    ("renewed", "renewals|customers renewed|renewed customers"),
    (
        "spend",
        "sales and marketing|sales and marketing spend|s m spend|cost|costs|total spend",
    ),
    (
        "new_customers",
        "new|customers won|customers acquired|acquired customers",
    ),
    (
        "margin",
        "gross margin|margin percent|gross margin percent|bruttomarge|rohertragsmarge|\
         marge brute|margen bruto|margem bruta|margine lordo|brutomarge",
    ),
    (
        "acquisition_cost",
        "cac|customer acquisition cost|cost per customer|cost of a customer|\
         cost per new customer|kundenakquisitionskosten|cout d acquisition|\
         coste de adquisicion|custo de aquisicao|costo di acquisizione|acquisitiekosten",
    ),
    (
        "monthly_revenue",
        "revenue per month|arpa|arpu|arpu monthly|monthly arpa|monthly arpu|\
         monthly revenue per customer|revenue per customer and month|mrr per customer|\
         average revenue per account|average revenue per customer|average revenue per user",
    ),
    (
        "monthly_retention",
        "revenue retention|monthly revenue retention|mrr retention|monthly mrr retention|\
         net revenue retention|retention rate|retention",
    ),
    (
        "average_order_value",
        "aov|average sale|average value|average purchase value|average transaction value|\
         average purchase|average order|average sale value|durchschnittlicher bestellwert|\
         bestellwert|panier moyen|valor medio de pedido|ticket medio|valore medio ordine|\
         gemiddelde bestelwaarde",
    ),
    (
        "purchases_per_year",
        "purchases a year|orders per year|orders a year|annual purchases|yearly purchases|\
         purchases per customer and year|purchase frequency per year|kaufe pro jahr|\
         bestellungen pro jahr|achats par an|compras por ano|acquisti all anno|\
         aankopen per jaar",
    ),
    (
        "number_of_purchases",
        "purchases|orders|purchase frequency|purchases per customer|orders per customer|\
         number of orders|average number of purchases",
    ),
    (
        "years",
        "lifetime years|customer lifespan|lifespan|customer lifetime|years as a customer|\
         average customer lifespan|average lifespan|lifespan years|jahre|annees|anos|anni|jaren",
    ),
    (
        "monthly_churn",
        "churn rate|monthly churn rate|customer churn rate|churn percent",
    ),
    (
        "new_revenue",
        "new arr|new customer arr|new yearly revenue|new annual recurring revenue",
    ),
    (
        "returned_users",
        "returned|retained|retained users|users retained|users who came back",
    ),
    ("cohort_users", "cohort|cohort size|users of the cohort"),
    (
        "adopters",
        "users of the feature|feature users|users who used the feature|adopting users",
    ),
    (
        "entitled",
        "entitled customers|entitled accounts|entitled users|eligible for the feature",
    ),
    (
        "engaged",
        "engaged users|engaged customers|engaged accounts",
    ),
    (
        "eligible",
        "eligible users|eligible customers|eligible accounts",
    ),
    ("total_days", "days in total|sum of days|days together"),
    (
        "reached",
        "reached value|got there|activated|activated users|activated customers",
    ),
    (
        "users",
        "active users|monthly active users|weekly active users|mau|wau|users of the month|\
         aktive nutzer|utilisateurs actifs|usuarios activos|usuarios ativos|utenti attivi|\
         actieve gebruikers",
    ),
    (
        "mean_daily_users",
        "daily active users|average daily users|average daily active users|average dau|\
         mean dau|dau",
    ),
    (
        "met",
        "achieved|targets met|sla met|within sla|eingehalten|respectes|cumplidos|cumpridos|\
         rispettati|gehaald",
    ),
    (
        "missed",
        "breached|targets missed|sla breached|sla violated|violated|verletzt|non respectes|\
         incumplidos|descumpridos|violati|gemist",
    ),
    (
        "overdue",
        "open and breached|open breached|late already|overdue targets|uberfallig",
    ),
    (
        "solved",
        "resolved|closed|solved tickets|tickets solved|resolved tickets|tickets resolved|\
         closed tickets|tickets closed|geloste tickets|tickets resolus|tickets resueltos|\
         tickets resolvidos|ticket risolti|opgeloste tickets",
    ),
    (
        "reopened",
        "reopens|reopened tickets|tickets reopened|wiedereroffnet|rouverts|reabiertos|\
         reabertos|riaperti|heropend",
    ),
    (
        "created",
        "created tickets|tickets created|new tickets|incoming|incoming tickets|\
         tickets received|neue tickets",
    ),
    (
        "opening_backlog",
        "opening|backlog at start|open at start|start",
    ),
    (
        "count",
        "tickets|n|number of tickets|replies|answered tickets|anzahl|nombre|cantidad",
    ),
    (
        "total_hours",
        "hours|sum of hours|hours in total|summe der stunden",
    ),
    (
        "standard_deviation",
        "standard deviation|std dev|stdev|sd|standardabweichung|ecart type",
    ),
    (
        "amount_due",
        "due amount|renewals due amount|arr due|amount up for renewal",
    ),
    (
        "amount_renewed",
        "renewed amount|renewed arr|amount renewed with upsell",
    ),
    (
        "visits",
        "sessions|website visits|total visits|visitors|besuche|sitzungen|visites|visitas|\
         sesiones|sessoes|visite|bezoeken|sessies",
    ),
    (
        "purchases",
        "orders|conversions|transactions|sales count|completed purchases|kaufe|bestellungen|\
         achats|commandes|compras|pedidos|acquisti|ordini|aankopen|bestellingen",
    ),
    ("trials", "trials started|trials begun|free trials"),
    (
        "paid",
        "trials paid|trials converted|converted|converted trials",
    ),
    (
        "carts",
        "carts created|add to carts|baskets|warenkorbe|paniers|carritos|carrinhos|carrelli|\
         winkelwagens",
    ),
    (
        "checkouts",
        "checkouts started|checkouts begun|begin checkouts",
    ),
    (
        "revenue",
        "sales|total revenue|total sales|umsatz|chiffre d affaires|ingresos|ventas|receita|\
         vendas|ricavi|fatturato|omzet",
    ),
    (
        "orders",
        "transactions|number of orders|order count|purchases|bestellungen|commandes|pedidos|\
         ordini|bestellingen",
    ),
    ("refunds", "refunded|refunded amount|returns"),
    ("tax", "taxes|vat|mwst|tva|iva|btw"),
    ("shipping", "shipping costs|freight|versand|versandkosten"),
    (
        "cost_of_goods",
        "cogs|cost of goods sold|cost of sales|wareneinsatz|cout des ventes|costo de ventas|\
         costo del venduto|inkoopwaarde omzet",
    ),
    (
        "sales",
        "revenue|net sales|umsatz|ventes|ventas|vendas|vendite|omzet",
    ),
    ("period_days", "days|days of the period"),
    (
        "visitors",
        "foot traffic|footfall|besucher|visiteurs|visitantes|visitatori|bezoekers",
    ),
    (
        "passers_by",
        "passersby|outside traffic|passanten|passants|transeuntes|passanti",
    ),
    (
        "open_hours",
        "opening hours|hours open|offnungsstunden|heures d ouverture",
    ),
    (
        "area",
        "floor area|square metres|square meters|sqm|verkaufsflache|surface",
    ),
    (
        "on_time",
        "delivered on time|on time deliveries|punktlich|a l heure|a tiempo|op tijd",
    ),
    (
        "due",
        "deliveries due|total deliveries|deliveries|orders due",
    ),
    ("on_time_in_full", "otif|delivered on time in full"),
    ("delivered", "deliveries made|orders delivered"),
    (
        "inspected",
        "units inspected|units checked|checked|gepruft|units produced|produced|received|\
         inspectes|inspeccionadas|inspecionadas|controllate|gecontroleerd",
    ),
    (
        "defective",
        "defective units|rejected|rejects|scrapped|scrap|ausschuss|fehlerhaft|rebuts|\
         defectuosas|defeituosas|scarti|afgekeurd",
    ),
    (
        "defects",
        "defects found|number of defects|fehler|defauts|defectos|defeitos|difetti",
    ),
    (
        "opportunities",
        "opportunities per unit|defect opportunities",
    ),
    ("reworked", "rework|reworked units|nacharbeit"),
    (
        "jobs_completed",
        "completed|completed jobs|gigs completed|completed gigs|jobs done",
    ),
    (
        "jobs_accepted",
        "accepted|accepted jobs|gigs accepted|accepted gigs",
    ),
    (
        "jobs_requested",
        "requested|requested jobs|gigs requested|jobs assigned",
    ),
    ("jobs_open", "in progress|jobs in progress"),
    (
        "jobs_with_issues",
        "with issues|complaints|jobs with complaints",
    ),
    (
        "cancelled_by_customer",
        "customer cancellations|cancelled by customers",
    ),
    (
        "projects_closed",
        "closed projects|projects completed|completed projects|projects",
    ),
    (
        "projects_successful",
        "successful projects|projects succeeded",
    ),
    ("projects_in_scope", "in scope|within scope"),
    ("projects_on_time", "on time|on schedule"),
    ("projects_on_budget", "on budget|within budget"),
    (
        "goals_met",
        "goals achieved|goals reached|objectives met|erreichte ziele",
    ),
    ("goals_set", "goals|goals agreed|objectives|gesetzte ziele"),
    (
        "benefit",
        "value delivered|value realized|savings|customer benefit",
    ),
    ("price", "price paid|total paid|contract value"),
    (
        "repeat_customers",
        "returning customers|repeat buyers|customers with two orders or more",
    ),
    ("customers", "buyers|total customers|all customers"),
    (
        "repeat_orders",
        "orders of returning customers|returning orders",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_goes_by_its_own_and_by_usual_names() {
        assert!(is_called("new customers", "new_customers"));
        assert!(is_called("customers at start", "opening"));
        assert!(!is_called("customers at start", "closing"));
    }

    #[test]
    fn usual_names_are_in_normal_form() {
        for (term, names) in USUAL {
            for name in names.split('|') {
                assert_eq!(normal(name), name, "{term}");
            }
        }
    }
}
