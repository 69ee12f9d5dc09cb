//! Exports of tools that watch how a product is used give the roles of a log, and with them every
//! figure on usage, unaided.
//!
//! Headers are those of the vendors' exports; the rows below them are invented.
#![expect(clippy::expect_used, reason = "test code")]

mod support;

use kept::engine::report::Status;
use support::{finding, options, report_on};

/// Checks the roles of the columns named, and that the log gives its users.
#[track_caller]
fn check(table: &str, roles: &[(&str, &str)], users: f64) {
    let day = options(r#"{"period":{"unit":"year"},"as_of":"2025-12-31"}"#);
    let report = report_on(&[("export", table.as_bytes())], &day).expect("a table");
    let found = &report.tables[0];
    let taken: Vec<(&str, Option<&str>)> = found
        .columns
        .iter()
        .filter(|column| column.role.is_some())
        .map(|column| (column.name.as_str(), column.role.as_deref()))
        .collect();
    assert_eq!(found.kind.as_deref(), Some("event"), "{taken:?}");
    assert!(found.questions.is_empty(), "{:?}", found.questions);
    for (header, role) in roles {
        assert!(
            taken.contains(&(*header, Some(*role))),
            "{header}: {taken:?}"
        );
    }
    let one_each = ["user", "occurred_at", "event"];
    for role in one_each {
        let count = taken.iter().filter(|(_, it)| *it == Some(role)).count();
        assert!(count <= 1, "{role}: {taken:?}");
    }
    let active = finding(&report, "active_users");
    assert_eq!(active.status, Status::Ok, "{:?}", active.refusal);
    assert_eq!(active.value, Some(users), "{taken:?}");
}

/// Five rows of three users on different days, from a line with `{u}`, `{d}` and `{e}` in it.
fn rows(line: &str) -> String {
    let told = [
        ("7001", "03", "login"),
        ("7002", "03", "export"),
        ("7001", "04", "export"),
        ("7003", "11", "login"),
        ("7002", "12", "login"),
    ];
    told.iter()
        .enumerate()
        .map(|(place, (user, day, event))| {
            line.replace("{u}", user)
                .replace("{d}", day)
                .replace("{e}", event)
                .replace("{n}", &format!("9{place}4"))
                + "\n"
        })
        .collect()
}

#[test]
fn mixpanel_json_lines() {
    let table = rows(
        r#"{"event":"{e}","properties":{"time":17409{n}62,"distinct_id":"{u}","$insert_id":"x{n}","$city":"Lyon","$os":"Linux","mp_lib":"web"}}"#,
    );
    check(
        &table,
        &[
            ("event", "event"),
            ("time", "occurred_at"),
            ("distinct_id", "user"),
        ],
        3.0,
    );
}

#[test]
fn amplitude_json_lines() {
    let table = rows(
        r#"{"server_received_time":"2025-03-{d} 10:00:02.000000","app":123,"device_carrier":null,"$schema":null,"city":"Lyon","user_id":"{u}@example.test","uuid":"c4e7-{n}","event_time":"2025-03-{d} 10:00:00.000000","platform":"Web","os_version":"120","amplitude_id":{u}55,"processed_time":"2025-03-{d} 10:00:05.000000","version_name":null,"ip_address":"192.0.2.1","paying":null,"dma":null,"group_properties":{},"user_properties":{"plan":"team"},"client_upload_time":"2025-03-{d} 10:00:01.000000","$insert_id":"i{n}","event_type":"{e}","library":"amplitude-js","device_type":"Linux","server_upload_time":"2025-03-{d} 10:00:01.500000","event_id":{n},"location_lat":null,"os_name":"Chrome","amplitude_event_type":null,"groups":{},"event_properties":{"size":3},"data":{},"device_id":"dev-{u}","language":"English","country":"France","region":"Rhône","session_id":17409{n}62000,"client_event_time":"2025-03-{d} 09:59:59.000000"}"#,
    );
    check(
        &table,
        &[("event_time", "occurred_at"), ("event_type", "event")],
        3.0,
    );
}

#[test]
fn amplitude_table() {
    let header = "server_upload_time,amplitude_id,user_id,device_id,event_type,event_time,client_event_time,client_upload_time,processed_time,session_id,platform,os_name,country,city,language,library,uuid,_insert_id\n";
    let line = "2025-03-{d} 10:00:01,{u}55,,dev-{u},{e},2025-03-{d} 10:00:00,2025-03-{d} 09:59:59,2025-03-{d} 10:00:01,2025-03-{d} 10:00:05,17409{n}62000,Web,Chrome,France,Lyon,English,amplitude-js,c4e7-{n},i{n}";
    check(
        &(header.to_owned() + &rows(line)),
        &[
            ("amplitude_id", "user"),
            ("event_time", "occurred_at"),
            ("event_type", "event"),
        ],
        3.0,
    );
}

#[test]
fn ga4_in_bigquery() {
    let header = "event_date,event_timestamp,event_name,event_params,event_previous_timestamp,event_value_in_usd,event_bundle_sequence_id,event_server_timestamp_offset,user_id,user_pseudo_id,privacy_info,user_properties,user_first_touch_timestamp,user_ltv,device,geo,app_info,traffic_source,stream_id,platform,event_dimensions,ecommerce,items\n";
    let line = "202503{d},17409{n}62000000,{e},,,,{n},,,ps.{u},,,17409{n}62000000,,,,,,1,WEB,,,";
    check(
        &(header.to_owned() + &rows(line)),
        &[
            ("event_timestamp", "occurred_at"),
            ("event_name", "event"),
            ("user_pseudo_id", "user"),
        ],
        3.0,
    );
}

#[test]
fn posthog_batch_export() {
    let header = "uuid,event,properties,elements_chain,distinct_id,person_id,team_id,timestamp,created_at,inserted_at\n";
    let line = "0195-{n},{e},\"{\"\"$lib\"\":\"\"web\"\"}\",,anon-{n},0188-{u},2,2025-03-{d} 10:00:00.000000+00:00,2025-03-{d} 10:00:01.000000+00:00,2025-03-{d} 10:00:04.000000+00:00";
    check(
        &(header.to_owned() + &rows(line)),
        &[
            ("person_id", "user"),
            ("timestamp", "occurred_at"),
            ("event", "event"),
        ],
        3.0,
    );
}

#[test]
fn posthog_without_persons() {
    let header = "uuid,event,properties,distinct_id,team_id,timestamp\n";
    let line = "0195-{n},{e},\"{\"\"$lib\"\":\"\"web\"\"}\",{u},2,2025-03-{d}T10:00:00.000000Z";
    check(
        &(header.to_owned() + &rows(line)),
        &[("distinct_id", "user"), ("timestamp", "occurred_at")],
        3.0,
    );
}

#[test]
fn segment_tracks_table() {
    let header = "id,received_at,uuid,context_library_name,context_page_path,original_timestamp,sent_at,timestamp,uuid_ts,anonymous_id,user_id,event,event_text,context_ip\n";
    let line = "ajs-{n},2025-03-{d} 10:00:03,{n},analytics.js,/a,2025-03-{d} 10:00:00,2025-03-{d} 10:00:01,2025-03-{d} 10:00:02,2025-03-{d} 10:05:00,an-{n},{u},{e},The {e},192.0.2.1";
    check(
        &(header.to_owned() + &rows(line)),
        &[
            ("user_id", "user"),
            ("timestamp", "occurred_at"),
            ("event", "event"),
        ],
        3.0,
    );
}

#[test]
fn segment_json_lines() {
    let table = rows(
        r#"{"anonymousId":"an-{u}","context":{"ip":"192.0.2.1","library":{"name":"analytics.js"}},"event":"{e}","integrations":{},"messageId":"m-{n}","originalTimestamp":"2025-03-{d}T10:00:00.000Z","properties":{"size":3},"receivedAt":"2025-03-{d}T10:00:03.000Z","sentAt":"2025-03-{d}T10:00:01.000Z","timestamp":"2025-03-{d}T10:00:02.000Z","type":"track","userId":"{u}","groupId":"g1"}"#,
    );
    check(
        &table,
        &[
            ("userId", "user"),
            ("timestamp", "occurred_at"),
            ("event", "event"),
        ],
        3.0,
    );
}

#[test]
fn pendo_feature_events() {
    let header = "visitor_id,account_id,feature_id,app_id,timestamp,num_events,num_minutes,server,remote_ip\n";
    let line = "{u},Acme,{e},-323232,2025-03-{d} 10:00:00,3,2,app.example.test,192.0.2.1";
    check(
        &(header.to_owned() + &rows(line)),
        &[
            ("visitor_id", "user"),
            ("account_id", "customer"),
            ("feature_id", "feature"),
            ("timestamp", "occurred_at"),
        ],
        3.0,
    );
}

#[test]
fn pendo_data_sync() {
    let header = "eventId,periodId,appId,visitorId,accountId,type,browserTimestamp,receivedTimestamp,url,userAgent,country,region\n";
    let line = "e{n},202503{d},-323232,{u},Acme,{e},2025-03-{d}T10:00:00Z,2025-03-{d}T10:00:02Z,https://app.example.test,Mozilla,FR,ARA";
    check(
        &(header.to_owned() + &rows(line)),
        &[
            ("visitorId", "user"),
            ("accountId", "customer"),
            ("browserTimestamp", "occurred_at"),
            ("type", "event"),
        ],
        3.0,
    );
}

#[test]
fn pendo_report() {
    let header = "Visitor ID,Account ID,Feature Name,Date,Number of Events\n";
    let line = "{u},Acme,{e},2025-03-{d},3";
    check(
        &(header.to_owned() + &rows(line)),
        &[
            ("Visitor ID", "user"),
            ("Account ID", "customer"),
            ("Feature Name", "feature"),
            ("Date", "occurred_at"),
        ],
        3.0,
    );
}

#[test]
fn heap_all_events() {
    let header = "event_id,user_id,session_id,time,event_table_name,type,library,platform,device_type,country,city,path,title,pageview_id\n";
    let line = "{n}5{u},{u},8{n}1,2025-03-{d} 10:00:00,{e},click,web,Linux,Desktop,France,Lyon,/a,Home,3{n}";
    check(
        &(header.to_owned() + &rows(line)),
        &[
            ("user_id", "user"),
            ("time", "occurred_at"),
            ("event_table_name", "event"),
        ],
        3.0,
    );
}

#[test]
fn heap_event_table() {
    let header = "event_id,session_id,user_id,browser,city,country,device_type,domain,event_name,landing_page,library,pageview_id,path,platform,referrer,region,time,title,type\n";
    let line = "{n}5{u},8{n}1,{u},Firefox,Lyon,France,Desktop,example.test,{e},/a,web,3{n},/a,Linux,,ARA,2025-03-{d} 10:00:00,Home,click";
    check(
        &(header.to_owned() + &rows(line)),
        &[
            ("user_id", "user"),
            ("time", "occurred_at"),
            ("event_name", "event"),
        ],
        3.0,
    );
}

#[test]
fn plain_logs_in_seven_languages() {
    for header in [
        "User,Account,Feature,Date",
        "Benutzer,Kunde,Funktion,Datum",
        "Utilisateur,Client,Fonctionnalité,Date",
        "Usuario,Cliente,Funcionalidad,Fecha",
        "Usuário,Cliente,Funcionalidade,Data",
        "Utente,Cliente,Funzionalità,Data",
        "Gebruiker,Klant,Functie,Datum",
    ] {
        let table = format!("{header}\n{}", rows("{u},Acme,{e},2025-03-{d}"));
        let names: Vec<&str> = header.split(',').collect();
        check(
            &table,
            &[
                (names[0], "user"),
                (names[1], "customer"),
                (names[2], "feature"),
                (names[3], "occurred_at"),
            ],
            3.0,
        );
    }
}

#[test]
fn lists_of_trials_give_the_time_to_value() {
    for header in [
        "Account Name,Trial Start Date,First Value Date",
        "customer_id,signup_date,first_payment_date",
        "Kundennummer,Testbeginn,Erste Zahlung am",
        "Client,Début d'essai,Premier paiement",
        "Cliente,Fecha de alta,Primer pago",
        "Cliente,Data de cadastro,Primeiro pagamento",
        "Cliente,Inizio prova,Primo pagamento",
        "Klant,Start proef,Eerste betaling",
    ] {
        let table = format!(
            "{header}\nA,2025-01-01,2025-01-05\nB,2025-01-03,2025-01-09\nC,2025-01-20,2025-01-22\nD,2025-02-01,\n"
        );
        let report = report_on(&[("list", table.as_bytes())], &options("")).expect("a table");
        let found = finding(&report, "time_to_value");
        assert_eq!(found.value, Some(4.0), "{header}: {:?}", found.refusal);
    }
}

#[test]
fn events_in_a_warehouse_have_a_day_and_a_moment_in_microseconds() {
    let moments = [
        "1736500000000000",
        "1736586400000000",
        "1736672800000000",
        "1736759200000000",
    ];
    let days = moments.iter().zip(10..);
    let rows: Vec<String> = days
        .map(|(moment, day)| format!("202501{day},{moment},page_view,u{}\n", day % 2))
        .collect();
    let header = "event_date,event_timestamp,event_name,user_pseudo_id\n";
    let table = header.to_owned() + &rows.concat();
    check(
        &table,
        &[
            ("event_timestamp", "occurred_at"),
            ("event_name", "event"),
            ("user_pseudo_id", "user"),
        ],
        2.0,
    );
}
