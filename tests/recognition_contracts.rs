//! Columns of contracts: why they ended, when they were signed, what number they have; and renewals
//! without an amount. Headers are those of exports and of people in seven languages; the rows below
//! them are invented.

#![expect(clippy::expect_used, clippy::panic, reason = "test code")]

mod support;

use kept::engine::options::Options;
use support::report_on;

#[track_caller]
fn check(table: &str, kind: &str, roles: &[(&str, &str)]) {
    let report =
        report_on(&[("export.csv", table.as_bytes())], &Options::default()).expect("a table");
    let found = &report.tables[0];
    let told: Vec<_> = found
        .columns
        .iter()
        .map(|it| (&it.name, &it.role))
        .collect();
    assert_eq!(found.kind.as_deref(), Some(kind), "{told:?}");
    assert!(found.questions.is_empty(), "{:?} {told:?}", found.questions);
    for (header, role) in roles {
        let column = found.columns.iter().find(|column| column.name == *header);
        let column = column.unwrap_or_else(|| panic!("no column {header}"));
        assert_eq!(column.role.as_deref(), Some(*role), "{header} in {told:?}");
    }
}

#[test]
fn reasons_of_billing_systems() {
    check(
        "id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Cancellation Reason,Created (UTC),Start Date (UTC),Canceled At (UTC),Ended At (UTC)\n\
         s1,c1,Team,1,eur,month,49.00,canceled,payment_failed,2024-01-02 10:00,2024-01-02 10:00,2024-06-01 09:00,2024-07-01 00:00\n\
         s2,c2,Team,1,eur,month,49.00,active,,2024-02-02 10:00,2024-02-02 10:00,,\n",
        "subscription",
        &[("Cancellation Reason", "cancellation_reason")],
    );
    check(
        "id,customer,start_date,ended_at,plan.amount,plan.interval,cancellation_details.reason\n\
         s1,c1,2024-01-02,2024-06-01,4900,month,cancellation_requested\n\
         s2,c2,2024-01-02,,4900,month,\n",
        "subscription",
        &[("cancellation_details.reason", "cancellation_reason")],
    );
    check(
        "id,account_id,plan_id,state,activated_at,canceled_at,expires_at,currency,unit_amount,quantity,expiration_reason\n\
         s1,a1,p1,expired,2024-01-02 10:00:00,2024-05-02 10:00:00,2024-06-02 10:00:00,USD,99.0,1,nonpayment\n\
         s2,a2,p1,active,2024-01-02 10:00:00,,,USD,99.0,1,\n",
        "subscription",
        &[("expiration_reason", "cancellation_reason")],
    );
    check(
        "subscription.id,customer.id,subscription.started_at,subscription.cancelled_at,subscription.mrr,subscription.cancel_reason_code\n\
         s1,a1,2024-01-02,2024-06-02,99,Not Paid\n\
         s2,a2,2024-01-02,,99,\n",
        "subscription",
        &[("subscription.cancel_reason_code", "cancellation_reason")],
    );
}

#[test]
fn why_and_when_in_seven_languages() {
    for [customer, start, end, amount, why, signed] in [
        [
            "Customer",
            "Start date",
            "End date",
            "MRR",
            "Churn reason",
            "Signed on",
        ],
        [
            "Kunde",
            "Beginn",
            "Ende",
            "Monatsbetrag",
            "Kündigungsgrund",
            "Unterzeichnet am",
        ],
        [
            "Client",
            "Date de début",
            "Date de fin",
            "Montant mensuel",
            "Motif de résiliation",
            "Date de signature",
        ],
        [
            "Cliente",
            "Fecha de inicio",
            "Fecha de fin",
            "Importe mensual",
            "Motivo de cancelación",
            "Fecha de firma",
        ],
        [
            "Cliente",
            "Data de início",
            "Data de fim",
            "Valor mensal",
            "Motivo do cancelamento",
            "Data de assinatura",
        ],
        [
            "Cliente",
            "Data di inizio",
            "Data di fine",
            "Importo mensile",
            "Motivo della disdetta",
            "Data di firma",
        ],
        [
            "Klant",
            "Startdatum",
            "Einddatum",
            "Maandbedrag",
            "Reden van opzegging",
            "Ondertekend op",
        ],
    ] {
        let table = format!(
            "{customer},{start},{end},{amount},{why},{signed}\n\
             A,2024-01-15,2024-06-20,100,Preis,2023-12-20\nB,2024-02-15,,80,,2024-01-28\nC,2024-03-15,,80,,2024-02-28\n"
        );
        check(
            &table,
            "subscription",
            &[
                (why, "cancellation_reason"),
                (signed, "signed_at"),
                (start, "started_at"),
            ],
        );
    }
}

#[test]
fn contracts_by_their_booking_or_closing() {
    for header in [
        "Booking date",
        "Contract signed date",
        "Closed Won Date",
        "Order date",
        "Close date",
    ] {
        let table = format!(
            "Contract no,Customer,{header},Start date,End date,ARR\n\
             K1,A,2024-01-15,2024-02-01,2025-01-31,1200\nK2,B,2024-02-10,2024-05-01,2025-04-30,2400\n"
        );
        check(
            &table,
            "subscription",
            &[
                (header, "signed_at"),
                ("Contract no", "subscription"),
                ("Start date", "started_at"),
            ],
        );
    }
}

#[test]
fn renewals_need_no_amount_and_know_their_number() {
    for [number, customer, due, outcome] in [
        [
            "Contract number",
            "Customer",
            "Renewal date",
            "Renewal status",
        ],
        [
            "Vertragsnummer",
            "Kunde",
            "Verlängerungsdatum",
            "Verlängerungsstatus",
        ],
        [
            "Numéro de contrat",
            "Client",
            "Date de renouvellement",
            "Statut du renouvellement",
        ],
        [
            "Número de contrato",
            "Cliente",
            "Fecha de renovación",
            "Estado de renovación",
        ],
        [
            "Número do contrato",
            "Cliente",
            "Data de renovação",
            "Status da renovação",
        ],
        [
            "Numero contratto",
            "Cliente",
            "Data di rinnovo",
            "Esito del rinnovo",
        ],
        [
            "Contractnummer",
            "Klant",
            "Verlengingsdatum",
            "Verlengingsstatus",
        ],
    ] {
        let table = format!(
            "{number},{customer},{due},{outcome}\n\
             K-1,A,2024-01-15,Renewed\nK-2,B,2024-02-15,Lost\nK-3,C,2024-03-15,Renewed\n"
        );
        check(
            &table,
            "renewal",
            &[
                (number, "subscription"),
                (due, "due_at"),
                (outcome, "outcome"),
            ],
        );
    }
}

/// A due date and a status stand in many tables.
#[test]
fn invoices_and_tasks_are_no_renewals() {
    for table in [
        "invoice no,customer,due date,status,amount\n1,A,2024-01-15,Paid,100\n2,B,2024-02-15,Open,80\n",
        "task,customer,due date,status\nCall,A,2024-01-15,Open\nMail,B,2024-02-15,Lost\n",
    ] {
        let report =
            report_on(&[("export.csv", table.as_bytes())], &Options::default()).expect("a table");
        assert_ne!(report.tables[0].kind.as_deref(), Some("renewal"), "{table}");
    }
}
