//! Exports of shops, web statistics, delivery lists, counters, marketplaces and project lists are
//! recognised unaided: kinds, roles, and the figures that follow.
//!
//! Headers are those of the vendors' exports or common ones; the rows below them are invented.
#![expect(clippy::expect_used, clippy::panic, reason = "test code")]

mod support;

use kept::engine::options::Options;
use kept::engine::report::Status;
use support::report_on;

/// Fails unless the table has the kind, the columns have the roles, and the KPIs have figures.
#[track_caller]
fn check(table: &str, kind: &str, roles: &[(&str, &str)], kpis: &[&str]) {
    let report = report_on(&[("export.csv", table.as_bytes())], &Options::default());
    let report = report.expect("a table");
    let found = &report.tables[0];
    let all: Vec<(&str, Option<&str>)> = found
        .columns
        .iter()
        .map(|column| (column.name.as_str(), column.role.as_deref()))
        .collect();
    assert_eq!(found.kind.as_deref(), Some(kind), "{all:?}");
    for (header, role) in roles {
        let column = all.iter().find(|(name, _)| name == header);
        let column = column.unwrap_or_else(|| panic!("no column {header}"));
        assert_eq!(column.1, Some(*role), "{header} in {all:?}");
    }
    assert!(found.questions.is_empty(), "{:?}", found.questions);
    for kpi in kpis {
        let finding = report.findings.iter().find(|finding| finding.kpi == *kpi);
        let finding = finding.unwrap_or_else(|| panic!("no {kpi} of {all:?}"));
        assert_eq!(finding.status, Status::Ok, "{kpi}: {:?}", finding.refusal);
    }
}

#[test]
fn orders_of_shop_systems() {
    check(
        "Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Cancelled at,Refunded Amount,Id\n\
         #1001,a@x.com,paid,EUR,90.00,10.00,15.00,115.00,2024-01-01 10:00:00 +0900,1,Mug,50.00,,0.00,9001\n\
         #1001,a@x.com,,,,,,,2024-01-01 10:00:00 +0900,1,Cup,40.00,,,\n\
         #1002,b@x.com,paid,EUR,45.00,5.00,7.00,57.00,2024-01-02 10:00:00 +0900,1,Mug,50.00,,10.00,9002\n",
        "order",
        &[
            ("Total", "amount"),
            ("Taxes", "tax"),
            ("Shipping", "shipping"),
            ("Refunded Amount", "refunded"),
            ("Email", "customer"),
        ],
        &["average_transaction_value", "repeat_purchase_rate"],
    );
    // WooCommerce, by a common export plugin.
    check(
        "Order Number,Order Status,Order Date,Email (Billing),Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount\n\
         101,completed,2024-01-15 10:11,a@x.com,4.90,0.00,64.90,10.00\n\
         102,completed,2024-01-16 11:12,b@x.com,4.90,5.00,24.90,3.00\n\
         103,cancelled,2024-01-17 12:13,b@x.com,4.90,0.00,34.90,5.00\n",
        "order",
        &[
            ("Order Number", "order"),
            ("Order Date", "ordered_at"),
            ("Email (Billing)", "customer"),
            ("Order Shipping Amount", "shipping"),
            ("Order Refund Amount", "refunded"),
            ("Order Total Amount", "amount"),
            ("Order Total Tax Amount", "tax"),
        ],
        &["average_transaction_value", "repeat_purchase_rate"],
    );
    // Magento.
    check(
        "ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total (Purchased),Status,Customer Email,Customer Group,Subtotal,Shipping and Handling,Payment Method,Total Refunded\n\
         000001,Main,2024-01-15 10:11:12,Ann,Ann,64.90,64.90,complete,a@x.com,General,60.00,4.90,card,0.00\n\
         000002,Main,2024-01-16 10:11:12,Bob,Bob,24.90,24.90,complete,b@x.com,General,20.00,4.90,card,5.00\n\
         000003,Main,2024-01-17 10:11:12,Bob,Bob,34.90,34.90,processing,b@x.com,General,30.00,4.90,card,0.00\n",
        "order",
        &[
            ("Purchase Date", "ordered_at"),
            ("Customer Email", "customer"),
            ("Shipping and Handling", "shipping"),
            ("Total Refunded", "refunded"),
        ],
        &["average_transaction_value", "repeat_purchase_rate"],
    );
    // Amazon, with tabs.
    check(
        "order-id\torder-item-id\tpurchase-date\tpayments-date\tbuyer-email\tsku\tquantity-purchased\tcurrency\titem-price\titem-tax\tshipping-price\n\
         111-1\t9\t2024-01-15T10:11:12+00:00\t2024-01-15T10:12:12+00:00\ta@m.com\tS1\t1\tUSD\t20.00\t2.00\t3.00\n\
         111-1\t8\t2024-01-15T10:11:12+00:00\t2024-01-15T10:12:12+00:00\ta@m.com\tS2\t1\tUSD\t30.00\t3.00\t0.00\n\
         111-2\t7\t2024-01-16T10:11:12+00:00\t2024-01-16T10:12:12+00:00\tb@m.com\tS1\t1\tUSD\t20.00\t2.00\t3.00\n",
        "order",
        &[
            ("order-id", "order"),
            ("purchase-date", "ordered_at"),
            ("buyer-email", "customer"),
            ("item-price", "amount"),
            ("item-tax", "tax"),
            ("shipping-price", "shipping"),
        ],
        &["average_transaction_value", "repeat_purchase_rate"],
    );
}

#[test]
fn web_statistics_in_seven_languages() {
    check(
        "Date,Sessions,Add to carts,Checkouts,Ecommerce purchases,Purchase revenue\n\
         20240115,1000,120,60,30,1500.50\n20240116,1100,130,66,33,1650.00\n20240117,900,100,50,20,990.00\n",
        "funnel",
        &[
            ("Sessions", "visits"),
            ("Add to carts", "carts"),
            ("Checkouts", "checkouts"),
            ("Ecommerce purchases", "purchases"),
            ("Purchase revenue", "amount"),
        ],
        &[
            "conversion_rate",
            "cart_abandonment_rate",
            "average_transaction_value",
        ],
    );
    // Visitors of a web site are no people at a door.
    for headers in [
        "Date,Unique visitors,Page views,Signups",
        "Month,Visitors,Add to carts,Orders",
        "Monat,Besucher,In den Warenkorb,Bestellungen",
    ] {
        check(
            &format!(
                "{headers}\n2024-01-01,1000,100,40\n2024-02-01,1200,110,50\n2024-03-01,900,90,1\n"
            ),
            "funnel",
            &[],
            &["conversion_rate"],
        );
    }
    for headers in [
        "Monat;Sitzungen;Warenkörbe;Käufe",
        "Mois;Visites;Paniers;Achats",
        "Mes;Sesiones;Carritos;Compras",
        "Mês;Sessões;Carrinhos;Pedidos",
        "Mese;Sessioni;Carrelli;Acquisti",
        "Maand;Sessies;Winkelwagens;Aankopen",
        "Month;Visits;Carts;Orders",
    ] {
        let roles = ["month", "visits", "carts", "purchases"];
        let roles: Vec<(&str, &str)> = headers.split(';').zip(roles).collect();
        check(
            &format!("{headers}\n2024-01;1000;100;40\n2024-02;1200;110;50\n2024-03;900;90;30\n"),
            "funnel",
            &roles,
            &["conversion_rate", "cart_abandonment_rate"],
        );
    }
}

#[test]
fn delivery_lists() {
    check(
        "Sales Document,Item,Ship-To,Req. Deliv.Date,Confirmed Delivery Date,Act. Gds Mvmnt Date,Order Quantity,Delivery Quantity\n\
         4711,10,Acme,2024-01-10,2024-01-15,2024-01-14,5,5\n4711,20,Acme,2024-01-10,2024-01-15,2024-01-17,3,3\n4712,10,Bolt,2024-01-20,2024-01-22,2024-01-22,7,6\n",
        "order",
        &[
            ("Sales Document", "order"),
            ("Req. Deliv.Date", "requested_at"),
            ("Confirmed Delivery Date", "promised_at"),
            ("Act. Gds Mvmnt Date", "delivered_at"),
            ("Order Quantity", "quantity"),
            ("Delivery Quantity", "quantity_delivered"),
        ],
        &["on_time_delivery_rate"],
    );
    for headers in [
        "Verkaufsbeleg;Wunschlieferdatum;Bestätigtes Lieferdatum;WA-Ist-Datum;Auftragsmenge;Liefermenge",
        "Numéro de commande;Date de livraison souhaitée;Date de livraison prévue;Date de livraison réelle;Quantité commandée;Quantité livrée",
        "Número de pedido;Fecha de entrega solicitada;Fecha de entrega prevista;Fecha de entrega real;Cantidad pedida;Cantidad entregada",
        "Número do pedido;Data de entrega solicitada;Data de entrega prevista;Data de entrega real;Quantidade pedida;Quantidade entregue",
        "Numero ordine;Data di consegna richiesta;Data di consegna prevista;Data di consegna effettiva;Quantità ordinata;Quantità consegnata",
        "Ordernummer;Gewenste leverdatum;Toegezegde leverdatum;Werkelijke leverdatum;Bestelde hoeveelheid;Geleverde hoeveelheid",
    ] {
        let roles = [
            "order",
            "requested_at",
            "promised_at",
            "delivered_at",
            "quantity",
            "quantity_delivered",
        ];
        let roles: Vec<(&str, &str)> = headers.split(';').zip(roles).collect();
        check(
            &format!(
                "{headers}\nA1;2024-01-10;2024-01-15;2024-01-14;5;5\nA2;2024-01-11;2024-01-16;2024-01-18;6;6\nA3;2024-01-20;2024-01-22;2024-01-22;7;6\n"
            ),
            "order",
            &roles,
            &["on_time_delivery_rate"],
        );
    }
}

#[test]
fn counters_stocks_and_factories() {
    check(
        "Timestamp,Store,Visitors,Passers-by,Transactions\n\
         2024-01-15 10:00,A,40,400,10\n2024-01-15 11:00,A,,,\n2024-01-15 12:00,A,50,500,12\n",
        "operations",
        &[
            ("Timestamp", "occurred_at"),
            ("Visitors", "visitors"),
            ("Passers-by", "passers_by"),
            ("Transactions", "purchases"),
        ],
        &["foot_traffic", "conversion_rate"],
    );
    for headers in [
        "Datum;Filiale;Besucher;Passanten;Öffnungsstunden",
        "Date;Magasin;Visiteurs;Passants;Heures d'ouverture",
        "Fecha;Tienda;Visitantes;Transeúntes;Horas de apertura",
        "Data;Loja;Visitantes;Transeuntes;Horas abertas",
        "Data;Negozio;Visitatori;Passanti;Ore di apertura",
        "Datum;Winkel;Bezoekers;Voorbijgangers;Openingsuren",
    ] {
        let roles = [
            "occurred_at",
            "segment",
            "visitors",
            "passers_by",
            "open_hours",
        ];
        let roles: Vec<(&str, &str)> = headers.split(';').zip(roles).collect();
        check(
            &format!(
                "{headers}\n2024-01-15;A;40;400;8\n2024-01-16;A;50;500;8\n2024-01-17;B;60;600;10\n"
            ),
            "operations",
            &roles,
            &["foot_traffic"],
        );
    }
    check(
        "Month,COGS,Opening Inventory,Closing Inventory\n2024-01,100,50,60\n2024-02,110,60,70\n",
        "operations",
        &[
            ("COGS", "cost_of_goods"),
            ("Opening Inventory", "inventory_opening"),
        ],
        &["inventory_turnover"],
    );
    for headers in [
        "Monat;Wareneinsatz;Lagerbestand",
        "Mois;Coût des ventes;Valeur du stock",
        "Mes;Costo de ventas;Inventario",
        "Mês;CMV;Estoque",
        "Mese;Costo del venduto;Rimanenze",
        "Maand;Kostprijs omzet;Voorraad",
    ] {
        let roles: Vec<(&str, &str)> = headers
            .split(';')
            .zip(["month", "cost_of_goods", "inventory"])
            .collect();
        check(
            &format!("{headers}\n2024-01;1100;550\n2024-02;1200;650\n2024-03;1300;600\n"),
            "operations",
            &roles,
            &["inventory_turnover"],
        );
    }
    check(
        "WorkOrderID,ProductID,OrderQty,StockedQty,ScrappedQty,StartDate,DueDate\n1,722,8,8,0,2024-01-02,2024-01-12\n2,725,15,14,1,2024-01-03,2024-01-13\n3,726,9,9,0,2024-01-04,2024-01-14\n",
        "operations",
        &[("OrderQty", "produced"), ("ScrappedQty", "defective")],
        &["defect_rate"],
    );
    check(
        "serial number,inspection date,is defective\nS1,2024-01-02,no\nS2,2024-01-02,yes\nS3,2024-01-03,no\nS4,2024-01-03,no\nS5,2024-01-04,no\n",
        "operations",
        &[
            ("is defective", "defective"),
            ("inspection date", "occurred_at"),
        ],
        &["defect_rate"],
    );
}

#[test]
fn jobs_and_projects() {
    check(
        "Booking ID,Provider,Status,Requested At\nB1,Ann,completed,2024-01-15 10:00\nB2,Ann,cancelled by customer,2024-01-15 11:00\nB3,Bob,completed,2024-01-16 10:00\nB4,Bob,in progress,2024-01-17 10:00\n",
        "operations",
        &[("Booking ID", "job"), ("Status", "status")],
        &["gig_completion_rate"],
    );
    check(
        "Month,Gigs accepted,Gigs completed\n2024-01,100,90\n2024-02,120,100\n",
        "operations",
        &[
            ("Gigs accepted", "jobs_accepted"),
            ("Gigs completed", "jobs_completed"),
        ],
        &["gig_completion_rate"],
    );
    check(
        "Project Name,Planned End Date,Actual End Date,Budget,Actual Cost,Scope met,Status\n\
         Alpha,2024-01-31,2024-01-30,1000,900,yes,completed\nBeta,2024-02-28,2024-03-05,1000,950,yes,completed\nGamma,2024-06-30,,1000,400,,in progress\n",
        "operations",
        &[
            ("Project Name", "project"),
            ("Planned End Date", "planned_end"),
            ("Actual End Date", "actual_end"),
            ("Budget", "planned_cost"),
            ("Actual Cost", "actual_cost"),
            ("Scope met", "projects_in_scope"),
        ],
        &["project_success_rate"],
    );
    for headers in [
        "Projekt;Geplantes Ende;Tatsächliches Ende;Plankosten;Istkosten;Umfang eingehalten",
        "Projet;Fin prévue;Fin réelle;Coût prévu;Coût réel;Périmètre respecté",
        "Proyecto;Fin prevista;Fin real;Coste previsto;Coste real;Alcance cumplido",
        "Projeto;Fim previsto;Fim real;Custo previsto;Custo real;Escopo cumprido",
        "Progetto;Fine prevista;Fine effettiva;Costi previsti;Costi effettivi;Ambito rispettato",
        "Project;Gepland einde;Werkelijk einde;Geplande kosten;Werkelijke kosten;Scope gehaald",
    ] {
        let roles = [
            "project",
            "planned_end",
            "actual_end",
            "planned_cost",
            "actual_cost",
            "projects_in_scope",
        ];
        let roles: Vec<(&str, &str)> = headers.split(';').zip(roles).collect();
        check(
            &format!(
                "{headers}\nA;2024-01-31;2024-01-30;100;90;yes\nB;2024-02-28;2024-03-05;100;95;no\nC;2024-03-31;2024-03-30;100;120;yes\n"
            ),
            "operations",
            &roles,
            &["project_success_rate"],
        );
    }
    check(
        "Customer,Goals set,Goals met,Benefit,Price paid\nAcme,4,3,900,300\nBolt,3,3,500,100\n",
        "account",
        &[
            ("Goals set", "goals_set"),
            ("Goals met", "goals_met"),
            ("Benefit", "benefit"),
            ("Price paid", "price"),
        ],
        &["customer_value"],
    );
}

/// Everyday lists have some of the same headers and are none of these.
#[test]
fn tasks_budgets_and_campaigns_are_no_operations() {
    for table in [
        "Task ID,Name,Status,Created At,Due Date,Completed On,Assignee\nT1,Call,done,2024-01-02,2024-01-05,2024-01-04,Ann\nT2,Mail,open,2024-01-03,2024-01-06,,Bob\n",
        "month,channel,budget,marketing spend\n2024-01,search,1000,900\n2024-02,search,1000,1100\n",
        "date,campaign,sent,delivered,failed\n2024-01-02,a,100,98,2\n2024-01-03,b,200,199,1\n",
        "customer,plan,price,started on,ended on\nA,team,10,2024-01-02,\nB,solo,20,2024-02-02,2024-05-01\n",
        "employee,job,department,marital status,hire date\n1,cook,kitchen,single,2020-01-02\n2,waiter,hall,married,2021-02-03\n",
    ] {
        let report = report_on(&[("export.csv", table.as_bytes())], &Options::default());
        let report = report.expect("a table");
        assert_ne!(
            report.tables[0].kind.as_deref(),
            Some("operations"),
            "{table}"
        );
    }
}

#[test]
fn a_table_of_months_covers_its_last_month_whole() {
    let table = "Month,Sessions,Transactions\n2025-01,1000,30\n2025-02,1100,33\n2025-03,900,20\n";
    let report = report_on(&[("export.csv", table.as_bytes())], &Options::default());
    let report = report.expect("a table");
    let mut findings = report.findings.iter();
    let found = findings.find(|finding| finding.kpi == "conversion_rate");
    let period = found.and_then(|found| found.period).expect("a period");
    assert_eq!(period.start.to_string(), "2025-01-01");
    assert_eq!(period.end.to_string(), "2025-04-01");
}

#[test]
fn what_marketing_and_sales_cost_is_added_up_and_a_part_of_it_is_never_taken_for_all() {
    let customers = "customer,started on,ended on\nA,2025-01-10,\nB,2025-01-20,\nC,2025-02-03,\n";
    let spend_of = |spending: &str| {
        let tables: [(&str, &[u8]); 2] = [
            ("customers.csv", customers.as_bytes()),
            ("costs.csv", spending.as_bytes()),
        ];
        let report = report_on(&tables, &Options::default()).expect("tables");
        let asked: Vec<String> = report.tables[1]
            .questions
            .iter()
            .map(|question| question.code.clone())
            .collect();
        let finding = support::finding(&report, "customer_acquisition_cost");
        (finding.parts.get("spend"), asked)
    };
    for header in [
        "month,marketing spend,sales spend",
        "month,sales cost,marketing cost",
        "Monat,Marketingkosten,Vertriebskosten",
        "mes,gastos de marketing,gastos de ventas",
    ] {
        let found = spend_of(&format!("{header}\n2025-01,100,40\n2025-02,,60\n"));
        assert_eq!(found, (Some(200.0), Vec::new()), "{header}");
    }
    // One holds the other, or may: that is asked.
    let (_, asked) = spend_of("month,marketing spend,ad spend\n2025-01,100,40\n2025-02,90,60\n");
    assert_eq!(asked, ["role"]);
}

#[test]
fn ratings_beside_jobs_and_orders_are_answers_of_their_day() {
    check(
        "job id,date,status,rating\n1,2025-01-02,completed,5\n2,2025-01-03,completed,4\n3,2025-02-04,cancelled,\n4,2025-02-05,completed,5\n",
        "operations",
        &[("status", "status"), ("rating", "score")],
        &["gig_completion_rate", "average_rating"],
    );
    let table = "job id,date,status,rating\n1,2025-01-02,completed,5\n2,2025-01-03,completed,4\n3,2025-02-05,completed,3\n";
    let options = support::options(
        r#"{"as_of":"2025-01-31","period":{"unit":"month"},"kpis":["average_rating"]}"#,
    );
    let report = report_on(&[("export.csv", table.as_bytes())], &options).expect("a table");
    assert_eq!(support::finding(&report, "average_rating").value, Some(4.5));
    // Averages of months are no answers.
    let table = "month,jobs accepted,jobs completed,rating\n2025-01,100,90,5\n2025-02,110,99,4\n";
    let report = report_on(&[("export.csv", table.as_bytes())], &Options::default());
    let report = report.expect("a table");
    assert!(report.findings.iter().all(|it| it.kpi != "average_rating"));
}

#[test]
fn totals_of_web_statistics_are_no_rows_though_no_word_says_so() {
    let rows = "Organic Search,4000,2500,65.2,35\nDirect,3000,1500,50.1,20\nEmail,500,350,80.0,9\n";
    let header =
        "Session default channel group,Sessions,Engaged sessions,Average engagement time,Purchases";
    for table in [
        format!("{header}\n{rows},7500,4350,60.1,64\n"),
        format!("{header}\n{rows}\n,7500,4350,60.1,64\n"),
        format!("{header},\n,7500,4350,60.1,64,Grand total\n{rows}"),
    ] {
        let report = report_on(&[("export.csv", table.as_bytes())], &Options::default());
        let report = report.expect("a table");
        let rate = report
            .findings
            .iter()
            .find(|finding| finding.kpi == "conversion_rate")
            .expect("a finding");
        assert_eq!(rate.n, Some(7_500), "{table}");
    }
}
